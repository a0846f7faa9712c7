/// `CREATE TABLE`, read from its text alone.
struct TableCreation {
  let name: StatementToken
  let isTemporary: Bool
  let hasIfNotExists: Bool
  let columns: [ColumnDefinition]
  let constraints: [ConstraintDefinition]
  /// Whether the table's columns are all in the statement.
  let isWhole: Bool

  /// Reads a statement; `nil` for any other.
  init?(_ tokens: [StatementToken]) {
    var cursor = StatementCursor(tokens[...])
    guard cursor.take("create") else { return nil }
    cursor.skip(["global", "local", "unlogged"])
    isTemporary = cursor.take("temp") || cursor.take("temporary")
    guard cursor.take("table") else { return nil }
    hasIfNotExists = cursor.take("if", "not", "exists")
    guard let name = cursor.name() else { return nil }
    self.name = name
    guard cursor.begins(with: "(") else {
      (columns, constraints, isWhole) = ([], [], false)
      return
    }
    let parts = cursor.rest.inParentheses.parts
    let constraints = parts.map { ConstraintDefinition($0) }
    self.constraints = constraints.compactMap(\.self)
    columns = zip(parts, constraints).compactMap { $1 == nil ? ColumnDefinition($0) : nil }
    isWhole =
      !parts.contains { $0.first?.isWord("like") == true }
      && !cursor.rest.contains {
        $0.depth == name.depth && $0.kind == .word && ["inherits", "as"].contains($0.text)
      }
  }

  var hasPrimaryKey: Bool {
    columns.contains(where: \.isKey) || constraints.contains { $0.kind == .primaryKey }
  }
}
