internal import CPostgres

extension PostgresConnection {
  /// The number of the advisory lock that runners take.
  static let lockNumber = Dialect.lockNumber

  /// Begins a transaction that holds the runners' advisory lock to its end, so that it works
  /// through a transaction pooler and can never be left behind.
  ///
  /// The lock is asked for again and again, not waited for: a waiting query would hold a snapshot,
  /// and `CREATE INDEX CONCURRENTLY` of the runner inside would wait for it.
  public func begin(_ lock: LockWait) throws(DatabaseError) {
    do throws(DatabaseError) {
      try keepTrying(lock) { () throws(DatabaseError) in try tryToBegin() }
    } catch {
      rollback()
      throw error
    }
  }

  /// Tries `attemptLock` until it succeeds or the wait is over.
  func keepTrying(
    _ lock: LockWait, _ attemptLock: () throws(DatabaseError) -> Bool
  ) throws(DatabaseError) {
    let start = ContinuousClock.now
    var attempt = 0
    var notice: ((LockHolder?) -> Void)? = lock.notice
    while try !attemptLock() {
      let waited = ContinuousClock.now - start
      guard waited < lock.limit else {
        throw DatabaseError(
          .lockTimeout, message: "another runner holds the lock of this database",
          detail: lockHolder()?.detail, hint: LockWait.hint)
      }
      if waited > LockWait.silence {
        notice?(lockHolder())
        notice = nil
      }
      let pause = min(LockWait.pause(attempt: attempt), lock.limit - waited)
      try Interruption.pause(pause, heeding: interruption)
      attempt += 1
    }
  }

  /// Asks for the advisory lock by the function `function`.
  ///
  /// - Returns: the server's process that has it now; `nil` when another one has.
  func tryLock(
    _ function: String, behind start: [Command] = [], before end: [Command] = []
  ) throws(DatabaseError) -> PostgresBackend? {
    var answers: [Int: [Row]] = [:]
    let question = """
      SELECT pg_catalog.\(function)(\(Self.lockNumber))::int,
        pg_catalog.pg_is_in_recovery()::int, \(PostgresBackend.columns)
      """
    // A query of its own, since a query sees what was there before it asked for the lock.
    let placeQuestion = [placeQuestion].compactMap(\.self)
    let commands = start + [Command(question), Command(Self.clientCheck)] + placeQuestion + end
    let lookup = tableLookup
    try send(PostgresBatch(commands + lookup.commands)) { result, index in
      answers[index] = result.rows
    }
    let answer = answers[start.count, default: []]
    // Sooner than a script's first statement would, which is not to blame.
    guard answer.first?[1] != .integer(1) else { throw .standby }
    checksClient = answers[start.count + 1]?.isEmpty == false
    place =
      placeQuestion.isEmpty
      ? nil : answers[start.count + 2]?.first.flatMap { CatalogPlace($0[...]) }
    guard let row = answer.first, row[0] == .integer(1) else { return nil }
    note(try lookup.tables(from: answers[commands.count, default: []], dialect))
    return PostgresBackend(row.dropFirst(2))
  }

  private func tryToBegin() throws(DatabaseError) -> Bool {
    if let backend = lockingBackend { return try beginUnderSessionLock(of: backend) }
    let begin = Command("BEGIN ISOLATION LEVEL READ COMMITTED")
    let limits = [Self.rules] + limitCommands()
    guard let backend = try tryLock("pg_try_advisory_xact_lock", behind: [begin], before: limits)
    else {
      rollback()
      return false
    }
    watch = PostgresWatch(of: backend, on: ownServer)
    return true
  }

  /// Lets the server look for us while it works: the statement of a killed runner would keep the
  /// lock otherwise.
  ///
  /// Only Linux is sure to be able to, from PostgreSQL 14 on (19.3.2).
  static let clientCheck = """
    SELECT pg_catalog.set_config(name, '1s', true)
    FROM (VALUES ('client_connection_check_interval')) AS setting (name)
    WHERE pg_catalog.current_setting(name, true) IS NOT NULL AND pg_catalog.version() LIKE '%linux%'
    """

  /// Commits.
  ///
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/connectionLost`` when the answer never
  ///   came: the transaction may then stand or not.
  public func commit() throws(DatabaseError) {
    do throws(DatabaseError) {
      // A COMMIT of a failed transaction is answered by ROLLBACK, not by an error.
      try rejectFailedTransaction()
      try execute([Command("COMMIT")], ending: PQTRANS_IDLE)
      watch = nil
    } catch {
      var error = error
      // A signal does not undo what the server may have done by now.
      if unsafe PQtransactionStatus(handle) == PQTRANS_ACTIVE { error.kind = .connectionLost }
      rollback()
      throw error
    }
  }

  private func rejectFailedTransaction() throws(DatabaseError) {
    guard try transactionStatus() == PQTRANS_INTRANS else { throw .transactionEnded }
  }

  private func execute(
    _ commands: [Command], ending status: PGTransactionStatusType
  ) throws(DatabaseError) {
    try send(PostgresBatch(commands)) { _, _ in }
    guard unsafe PQtransactionStatus(handle) == status else { throw .transactionEnded }
  }

  /// Undoes the transaction; a session that is broken has none.
  public func rollback() {
    watch = nil
    forgetDeferred()
    // Nobody cares any more what became of it.
    try? settle()
    guard unsafe PQtransactionStatus(handle) != PQTRANS_IDLE else { return }
    // The signal that ended the run must not cancel its rollback.
    withoutInterruption { try? execute([Command("ROLLBACK")], ending: PQTRANS_IDLE) }
  }
}

extension DatabaseError {
  fileprivate static let standby = Self(
    .refused, code: "25006", message: "the server is a standby, which takes no writes",
    hint: """
      name all hosts in the URL, so that the one that takes writes is looked for: \
      postgresql://host1,host2/database?target_session_attrs=read-write
      """)
}
