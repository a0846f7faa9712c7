extension PostgresConnection {
  /// Sets a savepoint, together with what is sent next.
  public func setReturn() { `defer`(Command("SAVEPOINT \(Self.returnPoint)")) }

  /// Releases the savepoint, together with what is sent next.
  public func forgetReturn() { `defer`(Command("RELEASE SAVEPOINT \(Self.returnPoint)")) }

  /// Rolls back to the savepoint, which stays.
  public func goBack() throws(DatabaseError) {
    _ = try rows("ROLLBACK TO SAVEPOINT \(Self.returnPoint)")
  }

  /// Sends each statement in a query of its own.
  public func runAgain(
    _ script: [Command], afterEach body: (Int) throws(DatabaseError) -> Bool
  ) throws(DatabaseError) {
    for (index, command) in script.enumerated() {
      try execute(part: [command])
      guard try body(index) else { return }
    }
  }

  /// Sets a savepoint, to which the settings belong that are made behind it.
  public func putSessionAside() throws(DatabaseError) {
    guard lockingBackend != nil else { return }
    _ = try rows(
      """
      SAVEPOINT \(Self.aside);
      SET LOCAL SESSION AUTHORIZATION DEFAULT; SET LOCAL ROLE NONE;
      SET LOCAL search_path TO DEFAULT; SET LOCAL standard_conforming_strings = on
      """)
  }

  /// Rolls back to the savepoint, and with it the settings.
  public func takeSessionBack() throws(DatabaseError) {
    guard lockingBackend != nil else { return }
    _ = try rows("ROLLBACK TO SAVEPOINT \(Self.aside); RELEASE SAVEPOINT \(Self.aside)")
  }

  private static let aside = "trove_manage_aside"
  private static let returnPoint = "trove_manage_return"
}
