internal import CPostgres

extension PostgresConnection: OutsideTransaction {
  /// Takes the runners' advisory lock for the session, and sets its limits.
  ///
  /// A session's lock is no transaction: `CREATE INDEX CONCURRENTLY` of this session does not wait for
  /// it, and the runner that polls for it holds no snapshot for longer than a moment.
  public func lockSession(_ lock: LockWait) throws(DatabaseError) {
    var backend: PostgresBackend?
    try keepTrying(lock) { () throws(DatabaseError) in
      backend = try tryLock("pg_try_advisory_lock")
      return backend != nil
    }
    lockingBackend = backend
    do throws(DatabaseError) {
      for command in sessionCommands { try executeAlone(command) }
    } catch {
      unlockSession()
      throw error
    }
  }

  /// What a session outside a transaction begins with.
  private var sessionCommands: [Command] {
    [Command("SET standard_conforming_strings = on")] + limitCommands(for: "SESSION")
  }

  /// Puts the session back, each setting in a query of its own: what a script has set must not decide how
  /// the next one is read.
  public func resetSession() throws(DatabaseError) {
    for command in Self.resets + [Command("UNLISTEN *")] + sessionCommands {
      try executeAlone(command)
    }
  }

  /// Puts the session back, limits included, and unlocks.
  public func unlockSession() {
    guard lockingBackend != nil else { return }
    lockingBackend = nil
    rollback()
    withoutInterruption {
      for command in Self.resets + [Command("SELECT pg_catalog.pg_advisory_unlock_all()")] {
        try? executeAlone(command)
      }
    }
  }

  /// Sends the statement in a query of its own, which is what the server asks for.
  public func executeAlone(_ command: Command) throws(DatabaseError) {
    watch = lockingBackend.map { PostgresWatch(of: $0, on: ownServer) }
    defer { watch = nil }
    try send(PostgresBatch([command])) { _, _ in }
  }

  /// Sends the statement with a `lock_timeout` of two seconds, and puts that of the session back.
  public func executeBriefly(_ command: Command) throws(DatabaseError) {
    func set(_ value: String) throws(DatabaseError) {
      let value = dialect.literal(value)
      _ = try rows("SELECT pg_catalog.set_config('lock_timeout', \(value), false)")
    }
    let usual = try rows("SELECT pg_catalog.current_setting('lock_timeout')").first?[0].text
    try set("2s")
    deadline = .now + .seconds(30)
    defer {
      try? set(usual ?? "0")
      deadline = nil
    }
    try executeAlone(command)
  }

  /// Sends the statements and the bookkeeping in one query; for the latter, the roles that the script may
  /// have set are put aside.
  public func executeKeepingSession(
    _ script: [Command], bookkeeping: [Command]
  ) throws(DatabaseError) {
    let aside = [
      Command("SET LOCAL SESSION AUTHORIZATION DEFAULT"), Command("SET LOCAL ROLE NONE"),
    ]
    do throws(DatabaseError) {
      try execute(script + aside + bookkeeping, havingScript: script.count)
    } catch {
      throw error.withoutCommands(aside.count, after: script.count)
    }
  }

  /// Begins a transaction in the session that holds the lock, and holds it for the transaction once more.
  ///
  /// A pooler may have given us to another process of the server, which must not get the lock. A script
  /// may have unlocked: then it is asked for again.
  ///
  /// - Returns: whether nobody else has it.
  func beginUnderSessionLock(of backend: PostgresBackend) throws(DatabaseError) -> Bool {
    let lock = "(\(Self.lockNumber))"
    let isOurs = "pg_catalog.pg_backend_pid() = \(backend.process)"
    let question = """
      SELECT (\(isOurs))::int,
        CASE WHEN \(isOurs) AND pg_catalog.pg_try_advisory_xact_lock\(lock)
        THEN pg_catalog.pg_try_advisory_lock\(lock)::int ELSE 0 END
      """
    var answer: [Row] = []
    let commands = [
      Command("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"), Command(question), Self.rules,
    ]
    try send(PostgresBatch(commands)) { result, _ in answer += result.rows }
    guard let row = answer.first, row[0] == .integer(1) else { throw .sessionShared }
    guard row[1] == .integer(1) else {
      rollback()
      return false
    }
    watch = PostgresWatch(of: backend, on: ownServer)
    place = nil
    return true
  }

  /// Does what no signal may cut short, nor a dead network make last for ever.
  func withoutInterruption(_ body: () -> Void) {
    let interruption = interruption
    self.interruption = nil
    deadline = .now + .seconds(10)
    body()
    deadline = nil
    self.interruption = interruption
  }
}

extension DatabaseError {
  fileprivate static let sessionShared = Self(
    .statement,
    message: "a pooler has given the session to somebody else in the middle of a script",
    hint: """
      run the command again with the server's own address in OS_DATABASE__CONNECTION: it goes on with \
      the statement that is not done
      """)
}
