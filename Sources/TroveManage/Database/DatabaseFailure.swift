/// An error that may be the database's.
protocol DatabaseFailure: Error {
  /// The error of what the database said.
  static func database(_ error: DatabaseError) -> Self
}

extension DatabaseFailure {
  /// What `body` returns; what it throws, as one of these.
  static func catching<Result>(
    _ body: () throws(DatabaseError) -> Result
  ) throws(Self) -> Result {
    do {
      return try body()
    } catch {
      throw .database(error)
    }
  }
}
