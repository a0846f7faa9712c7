/// What can be wrong with the journal: somebody else's table, or an edited one.
///
/// Nothing but history is lost with it, so that every way out is a statement of SQL.
public enum JournalError: Error {
  /// The table is there but lacks columns.
  case missingColumns(table: String, columns: [String])
  /// A column of the table cannot hold what belongs there.
  case wrongType(table: String, column: String, type: String)
  /// Rows that no run wrote: the first, what it holds, and how many there are.
  case damagedRow(table: String, id: Value, text: String, count: Int)
}

extension JournalError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingColumns(let table, let columns):
      """
      \(table) is not a journal of this program: it has no \(columns.joined(separator: ", "))
      hint: rename or drop the table; a new one is made, and only history is lost: \
      ALTER TABLE \(table) RENAME TO old_journal
      """
    case .wrongType(let table, let column, let type):
      """
      \(table) is not a journal of this program: its \(column) is of the type \
      \(type.isEmpty ? "none" : type)
      hint: rename or drop the table; a new one is made, and only history is lost: \
      ALTER TABLE \(table) RENAME TO old_journal
      """
    case .damagedRow(let table, let id, let text, let count):
      """
      \(table): the row with id \(id.shown) is none that a run wrote: \(text)\
      \(count > 1 ? "; there are \(count) such rows" : "")
      hint: \(Self.mend(table, id: id)); or rename or drop the table: only history is lost
      """
    }
  }

  /// The statement that takes the row out; one whose id does not say which it is cannot be.
  private static func mend(_ table: String, id: Value) -> String {
    switch id {
    case .integer(let number): "DELETE FROM \(table) WHERE id = \(number)"
    case .null: "DELETE FROM \(table) WHERE id IS NULL"
    case .text(let text): "DELETE FROM \(table) WHERE id = \(Dialect.sqlite.literal(text))"
    case .real, .blob: "ALTER TABLE \(table) RENAME TO old_journal"
    }
  }
}
