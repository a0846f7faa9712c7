extension SQLiteConnection {
  /// Sets `PRAGMA foreign_keys`, which stays until the session ends.
  public func prepareForRows() throws(DatabaseError) { _ = try rows("PRAGMA foreign_keys = ON") }

  /// Takes the write lock: a transaction that reads first and then writes fails at once when another one has
  /// written in between, however long it would wait (lang_transaction.html §2.2).
  public func beginWork() throws(DatabaseError) { _ = try rows("BEGIN IMMEDIATE") }

  /// Binds the values by `sqlite3_bind`.
  public func run(
    _ statement: String, binding values: [Value]
  ) throws(DatabaseError) -> QueryResult {
    var result = QueryResult()
    let start = ContinuousClock.now
    try forEachStatement(of: Array(statement.utf8)[...]) { (compiled) throws(DatabaseError) in
      result = try run(compiled, with: values)
    }
    statementHandler?(Command(statement), .now - start)
    return result
  }

  /// Nobody else's databases are attached.
  public func searchPath() -> [String] { ["main"] }
}
