/// `CREATE INDEX`, read from its text alone.
struct IndexCreation {
  /// The index's name; `nil` when the engine makes one up.
  let name: StatementToken?
  let table: StatementToken
  let isConcurrent: Bool
  /// The words and names behind the table's.
  let words: Set<String>

  /// Reads a statement; `nil` for any other.
  init?(_ tokens: [StatementToken]) {
    var cursor = StatementCursor(tokens[...])
    guard cursor.take("create") else { return nil }
    _ = cursor.take("unique")
    guard cursor.take("index") else { return nil }
    isConcurrent = cursor.take("concurrently")
    _ = cursor.take("if", "not", "exists")
    name = cursor.begins(with: "on") ? nil : cursor.name()
    guard cursor.take("on") else { return nil }
    _ = cursor.take("only")
    guard let table = cursor.name() else { return nil }
    self.table = table
    words = Set(cursor.rest.filter(\.isName).map(\.text))
  }
}
