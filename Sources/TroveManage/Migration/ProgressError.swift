/// What can be wrong with the table of interrupted scripts: somebody else's table, or an edited one.
public enum ProgressError: Error {
  /// The table is there but lacks columns.
  case missingColumns(table: String, columns: [String])
  /// Rows that no run wrote.
  case damagedRows(table: String, repository: Repository)
}

extension ProgressError: CustomStringConvertible {
  /// What is wrong, and what to do.
  public var description: String {
    switch self {
    case .missingColumns(let table, let columns):
      """
      \(table) is not what this program remembers interrupted scripts in: it has no \
      \(columns.joined(separator: ", "))
      hint: rename the table, and a new one is made when it is needed: \
      ALTER TABLE \(table) RENAME TO old_progress
      """
    case .damagedRows(let table, let repository):
      """
      \(table): what it says of an interrupted script of \(repository.id) makes no sense
      hint: look at its rows and at the script, finish or undo by hand what was begun, then \
      DELETE FROM \(table) WHERE version_table = '\(repository.versionTable)'
      """
    }
  }
}
