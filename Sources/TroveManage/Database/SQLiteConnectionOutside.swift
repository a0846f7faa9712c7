extension SQLiteConnection: OutsideTransaction {
  /// Nothing: a file has no pooler.
  public func requireOwnSession() {}

  /// Locks nothing: SQLite's lock is that of a transaction.
  public func lockSession(_: LockWait) { isOutside = true }

  /// Drops what the script left in the session, and puts back what its pragmas changed, those included
  /// that a transaction would not let change.
  public func resetSession() throws(DatabaseError) {
    for pragma in ["synchronous = FULL", "temp_store = DEFAULT", "locking_mode = NORMAL"] {
      _ = try rows("PRAGMA \(pragma)")
    }
    try restoreSession(after: [Command("PRAGMA")])
  }

  /// Puts the session back.
  public func unlockSession() {
    rollback()
    isOutside = false
    try? resetSession()
  }

  /// Runs the statement.
  public func executeAlone(_ command: Command) throws(DatabaseError) {
    try execute(script: [command])
  }

  /// Runs the statement.
  public func executeBriefly(_ command: Command) throws(DatabaseError) {
    try executeAlone(command)
  }

  /// Runs the bookkeeping and the statements.
  ///
  /// In this order, since there is no lock of a session: when another runner was faster, the
  /// bookkeeping fails before a statement happens twice.
  public func executeKeepingSession(
    _ script: [Command], bookkeeping: [Command]
  ) throws(DatabaseError) {
    try execute(bookkeeping, countedFrom: script.count)
    guard !script.isEmpty else { return }
    dangling = try danglingRows()
    try execute(script: script)
  }

  /// SQLite has no partitions.
  public func isPartitioned(_: CatalogName) -> Bool { false }

  /// Nothing: what SQLite refuses inside a transaction can be repeated.
  public func mark(before _: LoneStatement) -> String { "" }

  /// Nothing is left.
  public func aftermath(
    of _: LoneStatement, since _: String, patience _: Patience
  ) -> Aftermath {
    Aftermath()
  }
}
