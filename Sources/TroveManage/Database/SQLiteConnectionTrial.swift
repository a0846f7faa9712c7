internal import CSQLite

extension SQLiteConnection {
  /// Runs the statement, whose rows nobody reads: they may hold what is no text.
  public func tryOut(_ command: Command) throws(DatabaseError) -> QueryResult {
    var result = QueryResult()
    let start = ContinuousClock.now
    try asScript([command]) { _ throws(DatabaseError) in
      try forEachStatement(of: command.text) { (statement) throws(DatabaseError) in
        let before = unsafe sqlite3_total_changes64(handle)
        while try statement.step() {}
        guard !statement.isReadOnly else { return }
        result.isReadOnly = false
        // What triggers change does not count; a definition leaves the number of the statement before it.
        let changed = unsafe sqlite3_total_changes64(handle) != before
        result.count = changed ? unsafe Int(sqlite3_changes64(handle)) : 0
      }
    }
    statementHandler?(command, .now - start)
    return result
  }

  /// Looks for rows whose parent is missing that were not there before.
  public func checkCommit() throws(DatabaseError) {
    if let dangling { try refuseDanglingRows(besides: dangling) }
    try refuseReplacedFile()
  }
}
