extension CheckedScript {
  /// Why the script cannot run whenever its text has changed.
  var obstaclesToRepetition: [Diagnostic] {
    var found: [Diagnostic] = []
    if directives.contains(.noTransaction) {
      let place = TextLocation.beginning(of: path)
      found.append(
        Diagnostic(.repeatableOutside, at: place, "it asks to run outside a transaction"))
    }
    var dropped: Set<String> = []
    for statement in statements {
      if case .lone = statement.role {
        found.append(
          Diagnostic(.repeatableOutside, at: statement.location, "no transaction can hold this"))
      }
      let tokens = StatementToken.list(statement.text.span, dialect: dialect)
      if tokens.first?.isWord("drop") == true {
        dropped.formUnion(tokens.filter(\.isName).map(\.text))
      }
      guard let made = tokens.madeOnce, !dropped.contains(made.text) else { continue }
      found.append(
        Diagnostic(
          .notRepeatable, at: statement.location(ofByte: made.offset),
          "\(made.text) may be there already"))
    }
    return found
  }
}

extension [StatementToken] {
  /// The name of what the statement makes, and fails to where it is there already; `nil` when it makes
  /// nothing, or nothing that lasts.
  fileprivate var madeOnce: StatementToken? {
    var cursor = StatementCursor(self[...])
    guard cursor.take("create") else { return nil }
    let head = dropFirst().prefix { $0.depth == 0 && !$0.isWord("on") && !$0.isWord("as") }.prefix(
      9)
    guard
      !head.contains(where: { token in
        ["replace", "exists", "temp", "temporary"].contains { token.isWord($0) }
      })
    else { return nil }
    cursor.skip([
      "unique", "unlogged", "recursive", "materialized", "global", "local", "virtual", "foreign",
      "constraint", "table", "view", "index", "trigger", "function", "procedure", "aggregate",
      "sequence", "type", "domain", "schema", "extension", "policy",
    ])
    return cursor.name()
  }
}
