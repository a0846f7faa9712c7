internal import CPostgres

/// A session with a PostgreSQL server.
@safe public final class PostgresConnection: Connection {
  /// PostgreSQL's SQL.
  public let dialect = Dialect.postgresql
  /// Looked at while the server works and while another runner holds the lock.
  public var interruption: Interruption?
  /// Never asked: the marks from before and after a script tell what it did.
  public var warden: (any ScriptWarden)?
  /// PostgreSQL has nothing that asks.
  public var asksWarden: Bool { false }
  /// Called with each statement after it ran.
  ///
  /// Of those sent together, the first takes the way to the server upon itself.
  public var statementHandler: ((Command, Duration) -> Void)?
  /// Set for each transaction, so that a pooler hands nothing on to the next client.
  public var limits = StatementLimits()
  /// Whether each transaction begins by saying that it is read only.
  ///
  /// What `SET` changes for a session, a pooler would hand on to the next client.
  var access = Database.Access.readWrite
  /// Called with each NOTICE and WARNING that the server sends, as one line.
  public var noticeHandler: (String) -> Void {
    get { notices.handler }
    set { notices.handler = newValue }
  }

  let handle: OpaquePointer
  /// The server's process in which the session holds the runners' lock; `nil` when it does not.
  var lockingBackend: PostgresBackend?
  /// When the server was asked to stop.
  private var cancelled: ContinuousClock.Instant?
  /// Whether the server can look for us while it works.
  var checksClient = false
  /// Looks who keeps a statement from going on, while a transaction of ours stands.
  var watch: PostgresWatch?
  /// Until when the server may take for an answer; `nil` for as long as it likes.
  var deadline: ContinuousClock.Instant?
  /// What the server was reached with.
  let server: DatabaseURL.PostgreSQL
  private let notices = PostgresNotices()
  /// What was last asked about tables.
  var tableLookup = PostgresTableLookup()
  /// What the catalog has said about tables; `nil` once another statement may have changed it.
  private(set) var knownTables: [String: Table]?
  /// Where the open transaction stood when it was asked last.
  var place: CatalogPlace?
  /// How often the server was sent something and waited for.
  private(set) var roundTrips = 0
  /// Statements of our own that go with the next ones.
  private(set) var deferred: [Command] = []
  /// What was sent ahead: its answer is still to be heard.
  var unanswered: PostgresBatch?

  /// Connects to `server`.
  ///
  /// What the URL does not say comes from the environment (`PGHOST`, `PGPASSWORD`, …) and from
  /// libpq's defaults (PostgreSQL documentation, 34.1.2 and 34.15).
  ///
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/refused`` or
  ///   ``DatabaseError/Kind/unreachable``.
  public convenience init(_ server: DatabaseURL.PostgreSQL) throws(DatabaseError) {
    try unsafe self.init(server, explaining: { unsafe Self.connectError($0, server: $1) })
  }

  /// Connects to `server`; `explain` says why that was not possible.
  init(
    _ server: DatabaseURL.PostgreSQL,
    explaining explain: (OpaquePointer, DatabaseURL.PostgreSQL) -> DatabaseError
  ) throws(DatabaseError) {
    if let reason = unsafe trove_load_libpq() {
      throw .noClientLibrary(unsafe String(cString: reason))
    }
    var all = server.setting("client_encoding", to: "UTF8")
    if all["connect_timeout"] == nil { all = all.setting("connect_timeout", to: "10") }
    if all[Self.nameKeyword] == nil { all = all.setting(Self.nameKeyword, to: "trove-manage") }
    let connection = unsafe PostgresKeywords(all).withPointers { keywords, values in
      unsafe PQconnectdbParams(keywords, values, 0)
    }
    guard let connection = unsafe connection else {
      throw DatabaseError(.refused, message: "out of memory")
    }
    guard unsafe PQstatus(connection) == CONNECTION_OK else {
      let error = unsafe explain(connection, all)
      unsafe PQfinish(connection)
      throw error
    }
    unsafe handle = connection
    self.server = server
    unsafe notices.attach(to: connection)
  }

  deinit { unsafe PQfinish(handle) }

  /// The rows of a query of our own.
  public func rows(_ query: String) throws(DatabaseError) -> [Row] { try rows([Command(query)]) }

  /// The rows of queries of our own.
  func rows(_ queries: [Command]) throws(DatabaseError) -> [Row] {
    var rows: [Row] = []
    try send(PostgresBatch(queries)) { result, _ in rows += result.rows }
    return rows
  }

  /// Sends everything in one query string: one round trip.
  ///
  /// The server reads the whole string before it runs any of it, so nothing that the script sets
  /// changes how the bookkeeping is read, and the resets between the two undo what it set.
  public func execute(_ script: [Command], bookkeeping: [Command]) throws(DatabaseError) {
    if script.isEmpty { return try execute(own: bookkeeping) }
    let resets = resets(after: script)
    do throws(DatabaseError) {
      try execute(script + resets + bookkeeping, havingScript: script.count)
    } catch {
      throw error.withoutCommands(resets.count, after: script.count)
    }
  }

  /// Sends statements of our own, behind which the tables are likely to be asked for.
  private func execute(own commands: [Command]) throws(DatabaseError) {
    guard !commands.isEmpty else { return }
    let lookup = tableLookup
    var answer: [Row] = []
    try execute(commands + lookup.commands, havingScript: 0) { (index, rows) in
      if index == commands.count { answer = rows }
    }
    note(try lookup.tables(from: answer, dialect))
  }

  /// What undoes the settings that a script has left in the session, for the rest of the transaction.
  func resets(after script: [Command]) -> [Command] {
    Self.resets + Self.releases(after: script) + [Self.rules] + limitCommands()
  }

  /// Sends the commands and checks what each has changed, and that the transaction is as before.
  ///
  /// - Parameters:
  ///   - commands: what is sent.
  ///   - count: how many of the commands are a script's.
  ///   - done: called with the number of each command that was answered, and its rows.
  /// - Throws: ``DatabaseError`` for the first command that fails, with its position.
  func execute(
    _ commands: [Command], havingScript count: Int, done: (Int, [Row]) -> Void = { _, _ in }
  ) throws(DatabaseError) {
    guard !commands.isEmpty else { return }
    let status = try transactionStatus()
    try send(PostgresBatch(commands)) { (result, index) throws(DatabaseError) in
      defer { done(index, result.rows) }
      try result.check(commands[index], at: index)
    }
    guard unsafe PQtransactionStatus(handle) == status else {
      throw .transactionEnded.at(.init(command: max(count - 1, 0)))
    }
  }

  /// What brings the session back to how it was when it began; `RESET ALL` leaves the roles alone.
  ///
  /// Prepared statements are left: a pooler may have some of its own.
  static let resets = [
    Command("RESET SESSION AUTHORIZATION"), Command("RESET ROLE"), Command("RESET ALL"),
    Command("CLOSE ALL"), Command("DISCARD TEMP"),
  ]

  /// Scripts are split by the rules of the standard; what the role or database says comes too late.
  static let rules = Command("SET LOCAL standard_conforming_strings = on")

  /// What sets the limits, for `LOCAL`, the rest of the transaction, or for the `SESSION`.
  func limitCommands(for scope: String = "LOCAL") -> [Command] {
    let check = checksClient ? Duration.seconds(1) : nil
    return [
      ("statement_timeout", limits.duration), ("lock_timeout", limits.lockWait),
      ("client_connection_check_interval", check),
    ]
    .compactMap { name, limit in
      limit.map { Command("SET \(scope) \(name) = \(max(1, $0.milliseconds))") }
    }
  }

  /// Remembers what the catalog has just said about tables.
  func note(_ tables: [String: Table]) { knownTables = tables }

  /// Lets a statement go with the next ones.
  func `defer`(_ command: Command) { deferred.append(command) }

  /// Sends nothing of what was deferred.
  func forgetDeferred() { deferred = [] }

  /// Sends the batch, behind what was deferred, and hands over each command's result in turn.
  func send(
    _ batch: PostgresBatch,
    each body: (borrowing PostgresResult, Int) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    try settle()
    knownTables = nil
    if access == .readOnly, !batch.isReadOnly, unsafe PQtransactionStatus(handle) == PQTRANS_IDLE {
      deferred.insert(PostgresBatch.readOnly, at: 0)
    }
    guard deferred.isEmpty else {
      let before = deferred
      deferred = []
      do throws(DatabaseError) {
        try send(PostgresBatch(before + batch.commands)) { (result, index) throws(DatabaseError) in
          if index >= before.count { try body(result, index - before.count) }
        }
      } catch {
        throw error.withoutCommands(before.count, after: 0)
      }
      return
    }
    try dispatch(batch)
    try collect(batch, each: body)
  }

  /// Sends the batch, or its one statement apart from the values, and nothing before it.
  func dispatch(
    _ batch: PostgresBatch, binding values: [Value]? = nil
  ) throws(DatabaseError) {
    roundTrips += 1
    let sent =
      if let values {
        unsafe batch.send(to: handle, binding: values)
      } else {
        unsafe batch.withText { unsafe PQsendQuery(handle, $0) }
      }
    guard sent == 1 else { throw sessionError() }
  }

  /// Hands over the result of each command of a batch that was sent.
  func collect(
    _ batch: PostgresBatch,
    each body: (borrowing PostgresResult, Int) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    var index = 0
    var failure: DatabaseError?
    watch?.begin(batch)
    defer { watch?.end() }
    var start = ContinuousClock.now
    while let result = try nextResult() {
      if failure == nil {
        do throws(DatabaseError) {
          if let error = result.error {
            throw error.located(in: batch, failing: index)
          }
          try body(result, min(index, batch.count - 1))
        } catch {
          failure = watch?.explained(error) ?? error
        }
      }
      if let statementHandler, let command = batch.command(index) {
        statementHandler(command, .now - start)
        start = .now
      }
      if result.isCopyIn { unsafe PQputCopyEnd(handle, "a script has no data for COPY") }
      // The lines have nowhere to go; the statement's own result comes after them.
      if result.isCopyOut { try skipCopiedLines() } else { index += 1 }
      watch?.proceed(to: index)
    }
    if let signal = interruption?.signal, failure?.code == "57014" {
      throw .interrupted(by: signal)
    }
    if unsafe PQstatus(handle) != CONNECTION_OK { throw sessionError(after: failure) }
    if let failure { throw failure }
  }

  /// Waits for the next result; `nil` after the last.
  ///
  /// A signal cancels what the server does, once, and the wait goes on for its answer.
  private func nextResult() throws(DatabaseError) -> PostgresResult? {
    while unsafe PQisBusy(handle) == 1 { try waitForInput() }
    return unsafe PostgresResult(PQgetResult(handle))
  }

  /// Waits for more from the server.
  ///
  /// A server that does not answer a cancel request in time is left to find out by itself that
  /// nobody listens any more.
  func waitForInput() throws(DatabaseError) {
    if let signal = interruption?.signal {
      if let cancelled {
        guard .now - cancelled < .seconds(5) else { throw .interrupted(by: signal) }
      } else {
        cancelled = .now
        cancel()
      }
    }
    if let deadline, .now > deadline { throw sessionError() }
    guard wait(), unsafe PQconsumeInput(handle) == 1 else { throw sessionError() }
    if cancelled == nil, let words = watch?.look() { noticeHandler(words) }
  }

  private func sessionError(after failure: DatabaseError? = nil) -> DatabaseError {
    let message = unsafe PostgresText.sentence(PQerrorMessage(handle))
    return DatabaseError(
      .connectionLost, code: failure?.code, message: failure?.message ?? message,
      hint:
        "the session with the server broke; run the command again: nothing of the open transaction is left"
    )
  }
}
