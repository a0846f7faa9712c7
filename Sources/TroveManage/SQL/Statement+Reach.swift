extension Script {
  /// The first statement that changes more than the database in which it runs: roles, databases, tablespaces, the
  /// server's settings, other servers.
  ///
  /// What code does is not seen.
  var firstBeyondDatabase: Statement? {
    guard dialect == .postgresql else { return nil }
    return statements.first { statement in
      var words = StatementWords(statement.text.span, dialect: dialect)
      if words.begins(with: "alter", "system") { return true }
      guard words.take("create") || words.take("alter") || words.take("drop") else { return false }
      return ["role", "group", "database", "tablespace", "subscription"].contains {
        words.begins(with: $0)
      } || words.begins(with: "user") && !words.begins(with: "user", "mapping")
    }
  }
}
