extension PostgresConnection {
  /// What a server with 25 connections has room for; asking costs a trip to the server.
  public var harmlessLocks: Int? { 1500 }

  /// What the settings say (PostgreSQL documentation, 20.12 "max_locks_per_transaction"): measured, a server
  /// takes between 0.9 and 2 times as many.
  public func lockRoom() throws(DatabaseError) -> LockRoom? {
    let row = try rows(
      """
      SELECT current_setting('max_locks_per_transaction')::int,
        current_setting('max_connections')::int + current_setting('max_prepared_transactions')::int
      """
    ).first
    guard let perTransaction = row?[0].integer, let transactions = row?[1].integer else {
      return nil
    }
    return LockRoom(perTransaction: Int(perTransaction), transactions: Int(transactions))
  }
}
