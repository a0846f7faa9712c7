extension SQLiteConnection {
  /// Another database in the same transaction can neither be rolled back nor detached with it.
  func refuseAttaching(_ script: [Command]) throws(DatabaseError) {
    for (index, command) in script.enumerated()
    where command.begins(with: "attach") || command.begins(with: "detach") {
      throw DatabaseError(
        .statement, message: "a script cannot attach or detach a database",
        hint: "a run changes one database; move the rows with another tool",
        position: .init(command: index))
    }
  }

  /// Runs the statements one by one.
  public func execute(part: [Command]) throws(DatabaseError) { try execute(script: part) }

  /// Whether there are statements, and pragmas among them.
  public func traces(of script: [Command]) -> Set<String> {
    if script.isEmpty { return [] }
    return script.contains { $0.begins(with: "pragma") } ? ["SELECT", "PRAGMA"] : ["SELECT"]
  }

  /// Drops what the script left in the session, and puts back what its pragmas changed.
  func restoreSession(after script: [Command]) throws(DatabaseError) {
    guard !script.isEmpty else { return }
    if try !rows("SELECT 1 FROM temp.sqlite_schema LIMIT 1").isEmpty { try dropTemporaries() }
    guard script.contains(where: { $0.begins(with: "pragma") }) else { return }
    for pragma in Dialect.pragmaDefaults { _ = try rows("PRAGMA \(pragma)") }
    // `busy_timeout` takes the place of our handler.
    waitAsBefore()
  }

  private func dropTemporaries() throws(DatabaseError) {
    let order = "CASE type WHEN 'trigger' THEN 1 WHEN 'view' THEN 2 ELSE 3 END"
    let left = try rows(
      """
      SELECT type, name FROM temp.sqlite_schema
      WHERE type IN ('table', 'view', 'trigger') ORDER BY \(order)
      """)
    for row in left {
      guard let type = row[0].text, let name = row[1].text else { continue }
      _ = try rows("DROP \(type) IF EXISTS temp.\(dialect.identifier(name))")
    }
  }
}

extension Command {
  /// Whether the statement's first word is `word`, given in small letters.
  fileprivate func begins(with word: String) -> Bool {
    let first = text.prefix(word.utf8.count)
    return first.elementsEqual(word.utf8) { $0 | 0x20 == $1 }
  }
}
