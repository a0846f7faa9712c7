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
      for command in limitCommands(for: "SESSION") { try executeAlone(command) }
    } catch {
      unlockSession()
      throw error
    }
  }

  /// Puts the session back, each setting in a query of its own: what a script has set must not decide how
  /// the next one is read.
  public func resetSession() throws(DatabaseError) {
    for command in Self.resets + limitCommands(for: "SESSION") { try executeAlone(command) }
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
    defer { try? set(usual ?? "0") }
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
  /// A pooler may have given us to another process of the server, and a script may have unlocked.
  func beginUnderSessionLock(of backend: PostgresBackend) throws(DatabaseError) {
    let lock = "(\(Self.lockNumber))"
    let question = """
      SELECT CASE WHEN pg_catalog.pg_backend_pid() = \(backend.process)
        AND pg_catalog.pg_try_advisory_xact_lock\(lock)
      THEN pg_catalog.pg_try_advisory_lock\(lock)::int ELSE 0 END
      """
    var answer: [Row] = []
    let commands = [
      Command("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE"), Command(question), Self.rules,
    ]
    try send(PostgresBatch(commands)) { result, _ in answer += result.rows }
    guard answer.first == [.integer(1)] else { throw .lockLost }
    watch = PostgresWatch(of: backend, on: ownServer)
  }

  /// Does what no signal may cut short.
  func withoutInterruption(_ body: () -> Void) {
    let interruption = interruption
    self.interruption = nil
    body()
    self.interruption = interruption
  }
}

// MARK: - Poolers

extension PostgresConnection {
  /// How often a pooler is put to the test, and how long one of its clients waits for a server.
  private static let poolerTests = (count: 3, wait: Duration.seconds(3))

  /// Finds out whether a pooler stands in between, and hands out our server between transactions.
  ///
  /// The server tells its process's number at the start of a session and when it is asked; a pooler
  /// makes a number up. One that pools sessions leaves our server to us. One that pools transactions
  /// gives it to the next client, or serves that one first when it has no other.
  public func requireOwnSession() throws(DatabaseError) {
    let backend = try backendNumber()
    guard unsafe backend != Int64(PQbackendPID(handle)) else { return }
    var clients: [PostgresConnection] = []
    for _ in 0..<Self.poolerTests.count {
      let client = try PostgresConnection(server)
      clients.append(client)
      let theirs = try? client.backendNumber(behind: "BEGIN", within: Self.poolerTests.wait)
      guard theirs != backend else { throw .pooled }
      let ours = try? backendNumber(within: Self.poolerTests.wait)
      guard ours == backend else { throw .pooled }
      if theirs == nil { return }
    }
  }

  /// The number of the server's process that serves us.
  private func backendNumber(
    behind start: String? = nil, within wait: Duration? = nil
  ) throws(DatabaseError) -> Int64? {
    deadline = wait.map { .now + $0 }
    defer { deadline = nil }
    if let start { _ = try rows(start) }
    return try rows("SELECT pg_catalog.pg_backend_pid()").first?[0].integer
  }
}

extension DatabaseError {
  fileprivate static let pooled = Self(
    .refused,
    message: """
      a script of this run needs a session of its own, and the pooler in between gives each \
      transaction another one
      """,
    hint: """
      nothing was changed; run this once with the server's own address in \
      OS_DATABASE__CONNECTION, or through a pool with pool_mode = session
      """)

  fileprivate static let lockLost = Self(
    .statement, message: "the session no longer holds the lock of the run",
    hint: """
      a script must not unlock it, and a pooler must not share the session; run the command again: \
      it goes on with the statement that is not done
      """)
}
