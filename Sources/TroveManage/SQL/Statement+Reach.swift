extension Script {
  /// The first statement that changes more than the database in which it runs.
  var firstBeyondDatabase: Statement? {
    statements.first { $0.reachesBeyondDatabase(dialect) }
  }
}

extension Statement {
  /// Whether the statement changes more than the database in which it runs: roles, databases, tablespaces, the
  /// server's settings, other servers.
  ///
  /// What code does is not seen.
  func reachesBeyondDatabase(_ dialect: Dialect) -> Bool {
    guard dialect == .postgresql else { return false }
    var words = StatementWords(text.span, dialect: dialect)
    if words.begins(with: "alter", "system") { return true }
    guard words.take("create") || words.take("alter") || words.take("drop") else { return false }
    return ["role", "group", "database", "tablespace", "subscription"].contains {
      words.begins(with: $0)
    } || words.begins(with: "user") && !words.begins(with: "user", "mapping")
  }
}
