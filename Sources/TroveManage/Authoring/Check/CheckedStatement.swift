/// A statement of a script that is checked, read once for all rules.
struct CheckedStatement {
  let statement: Statement
  let tokens: [StatementToken]
  let alteration: TableAlteration?
  let creation: TableCreation?
  let index: IndexCreation?

  init(_ statement: Statement, dialect: Dialect) {
    self.statement = statement
    tokens = StatementToken.list(statement.text.span, dialect: dialect)
    alteration = TableAlteration(tokens)
    creation = TableCreation(tokens)
    index = IndexCreation(tokens)
  }

  /// A cursor before the first token.
  var cursor: StatementCursor { StatementCursor(tokens[...]) }

  /// Whether the statement begins with the key words.
  func begins(with words: String...) -> Bool {
    tokens.count >= words.count && zip(tokens, words).allSatisfy { $0.isWord($1) }
  }

  /// Whether the key words stand one behind the other outside of parentheses.
  func has(_ words: String...) -> Bool {
    let own = tokens.filter { $0.depth == 0 }
    guard own.count >= words.count else { return false }
    return (0...(own.count - words.count)).contains { start in
      zip(own[start...], words).allSatisfy { $0.isWord($1) }
    }
  }

  /// Whether the statement gives a name to the table: what it makes, or renames one to.
  var namesMade: [StatementToken] {
    var names = [creation?.name].compactMap(\.self)
    for case .renameTable(let name) in alteration?.actions.map(\.action) ?? [] {
      names.append(name)
    }
    return names
  }

  /// The names behind `DROP kind [CONCURRENTLY] [IF EXISTS]`.
  func dropped(_ kind: String) -> [StatementToken] {
    var cursor = cursor
    guard cursor.take("drop") else { return [] }
    if kind == "table" { _ = cursor.take("foreign") }
    guard cursor.take(kind) else { return [] }
    cursor.skip(["concurrently", "if", "exists"])
    return cursor.rest.parts.compactMap { part in
      var cursor = StatementCursor(part)
      return cursor.name()
    }
  }

  /// The table that the statement writes rows of, as far as it is named first.
  var writtenTable: StatementToken? {
    var cursor = cursor
    if cursor.take("insert") {
      if cursor.take("or") { cursor = StatementCursor(cursor.rest.dropFirst()) }
      guard cursor.take("into") else { return nil }
    } else if cursor.take("replace") || cursor.take("merge") {
      guard cursor.take("into") else { return nil }
    } else if cursor.take("delete") {
      guard cursor.take("from") else { return nil }
    } else if cursor.take("truncate") {
      _ = cursor.take("table")
    } else if cursor.take("update") {
      if cursor.take("or") { cursor = StatementCursor(cursor.rest.dropFirst()) }
    } else {
      return nil
    }
    _ = cursor.take("only")
    return cursor.name()
  }
}
