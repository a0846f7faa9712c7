internal import CPostgres

/// The server's process that serves a session, told apart from those of other servers.
struct PostgresBackend {
  let process: Int64
  /// When its server was started, in microseconds.
  let serverStart: Int64

  /// The columns that ask for it: behind a pooler libpq knows another number.
  static let columns = "pg_catalog.pg_backend_pid(), \(serverStartColumn)"

  /// The column that asks for ``serverStart``.
  static let serverStartColumn =
    "(extract(epoch FROM pg_catalog.pg_postmaster_start_time()) * 1000000)::bigint"

  /// The process that the values of ``columns`` tell.
  init?(_ values: ArraySlice<Value>) {
    guard let process = values.first?.integer, let start = values.last?.integer else { return nil }
    self.process = process
    serverStart = start
  }
}

/// Asks in a second session who keeps a statement from going on, once it has taken long enough for
/// people to wonder.
///
/// The first session cannot ask: it waits. Whatever goes wrong here is nobody's business.
final class PostgresWatch {
  private let backend: PostgresBackend
  private let server: DatabaseURL.PostgreSQL
  private var session: PostgresConnection?
  /// The statements of the batch.
  private var batch: [Command] = []
  /// How many of them have been answered, as far as is known.
  private var answered = 0
  private var nextLook = ContinuousClock.now
  /// What was said about the batch.
  private var told: Set<String> = []
  private var isVain = false
  /// Who kept the statement from going on when that was last looked for, and when that was.
  private var blocker: LockHolder?
  private var lastLook = ContinuousClock.now

  /// How long a statement may take before anybody looks, and between two looks.
  private static let silence = Duration.seconds(2)

  /// A watch over the statements that `backend` runs on `server`.
  init(of backend: PostgresBackend, on server: DatabaseURL.PostgreSQL) {
    self.backend = backend
    self.server = server
  }

  /// The server has got the statements of `batch`.
  func begin(_ batch: PostgresBatch) {
    self.batch = batch.commands
    blocker = nil
    proceed(to: 0)
  }

  /// The server has come to the statement with that number, as far as is known: it may keep its answers
  /// to several statements back to send them together.
  func proceed(to index: Int) {
    answered = index
    nextLook = .now + Self.silence
  }

  /// The server has answered everything.
  func end() {
    session = nil
    batch = []
    answered = 0
    told = []
    isVain = false
  }

  /// Looks who keeps the statement from going on, when it is time to.
  ///
  /// - Returns: what there is to say, once for each.
  func look() -> String? {
    guard answered < batch.count, !isVain, ContinuousClock.now > nextLook else { return nil }
    defer { nextLook = .now + Self.silence }
    guard let rows = ask() else {
      isVain = true
      return nil
    }
    blocker = rows.first.flatMap(holder)
    lastLook = .now
    guard let blocker, let row = rows.first else { return nil }
    let subject = subject(waitingFor: row[10].text)
    guard told.insert("\(subject) \(blocker.process ?? 0)").inserted else { return nil }
    let others = rows.count > 1 ? " (and by \(rows.count - 1) more)" : ""
    return "\(subject), held by \(blocker)\(others)"
  }

  /// The error with the one who kept the statement from going on, when the server does not say more.
  func explained(_ error: DatabaseError) -> DatabaseError {
    guard let blocker, error.detail == nil, ["55P03", "57014"].contains(error.code),
      .now - lastLook < Self.silence * 2
    else { return error }
    var error = error
    error.detail = blocker.detail
    return error
  }

  /// The statement that waits, when only one can be meant, and the table.
  private func subject(waitingFor table: String?) -> String {
    let name = table?.split(separator: ".").last?.filter { $0 != "\"" }.lowercased()
    let suspects = batch[min(answered, batch.count)...].filter { command in
      name.map { command.text.mentions([$0], dialect: .postgresql) } ?? true
    }
    let statement =
      suspects.count == 1
      ? suspects[0].summary(dialect: .postgresql) : "a statement of the script"
    return "\(statement) waits for a lock" + (table.map { " on \($0)" } ?? "")
  }

  private func holder(_ row: Row) -> LockHolder? {
    var holder = session?.holder(Array(row.prefix(9)))
    if row[9] == .integer(0) { holder?.state = "a prepared transaction" }
    return holder
  }

  private func ask() -> [Row]? {
    if session == nil {
      session = try? unsafe PostgresConnection(server, explaining: { _, _ in .noSession })
    }
    session?.deadline = .now + .seconds(2)
    return try? session?.rows(question)
  }

  /// Asks for the ones who block, those that have been at it for longest first, and the table; without
  /// rows when nobody does, or when the session has come to another server.
  private var question: String {
    """
    SELECT \(PostgresConnection.holderColumns), a.state,
      \(PostgresConnection.moment("coalesce(a.state_change, a.xact_start, a.backend_start)")),
      nullif(nullif(a.query, '<insufficient privilege>'), ''), b.pid, (
        SELECT l.relation::pg_catalog.regclass::text FROM pg_catalog.pg_locks AS l
        WHERE l.pid = w.pid AND l.relation IS NOT NULL AND (NOT l.granted OR l.locktype = 'tuple')
        LIMIT 1)
    FROM pg_catalog.pg_stat_activity AS w
    CROSS JOIN LATERAL (
      SELECT DISTINCT unnest(pg_catalog.pg_blocking_pids(w.pid)) AS pid) AS b
    LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = b.pid
    WHERE w.pid = \(backend.process) AND w.wait_event_type = 'Lock'
      AND \(PostgresBackend.serverStartColumn) = \(backend.serverStart)
    ORDER BY a.xact_start
    """
  }
}

extension PostgresConnection {
  /// The way to the very server that the session is with, for a moment.
  var ownServer: DatabaseURL.PostgreSQL {
    var own = server.setting("connect_timeout", to: "2")
    let host = unsafe PostgresText.sentence(PQhost(handle))
    let address = unsafe PostgresText.sentence(PQhostaddr(handle))
    let port = unsafe PostgresText.sentence(PQport(handle))
    if !host.isEmpty { own = own.setting("host", to: host) }
    if !address.isEmpty, !host.hasPrefix("/") { own = own.setting("hostaddr", to: address) }
    if !port.isEmpty { own = own.setting("port", to: port) }
    return own
  }
}

extension DatabaseError {
  fileprivate static let noSession = Self(.connectionLost, message: "no session")
}
