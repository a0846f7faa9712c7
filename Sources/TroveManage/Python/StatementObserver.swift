/// Told of the statements of scripts, one by one.
protocol StatementObserver: AnyObject {
  /// A statement ran.
  ///
  /// - Parameters:
  ///   - statement: the statement.
  ///   - result: what it has returned.
  ///   - duration: how long it took, with the way to the server.
  ///   - connection: the session, in the open transaction.
  /// - Throws: ``DatabaseError`` when the database cannot say what it has done.
  func note(
    _ statement: Statement, _ result: QueryResult, after duration: Duration,
    on connection: any Connection
  ) throws(DatabaseError)
}
