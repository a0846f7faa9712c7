extension Database {
  /// Waits until a session can be opened that answers; nothing is written.
  ///
  /// A SQLite file is ready when it can be read, or can be made in a folder that is there.
  ///
  /// - Parameters:
  ///   - limit: how long to wait at the most; zero for a single try.
  ///   - interruption: what ends the wait early.
  ///   - notice: called once with the hosts, when the wait has lasted long enough for people to wonder.
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/unreachable`` when the time is over, and at
  ///   once what waiting cannot mend.
  public func waitUntilReady(
    _ limit: Duration, interruption: Interruption?, notice: (String) -> Void
  ) throws(DatabaseError) {
    switch url {
    case .sqlite(let database): try SQLiteConnection.checkReadable(database.storage)
    case .postgresql(let server):
      try waitUntilReady(server, limit, interruption: interruption, notice: notice)
    }
  }

  private func waitUntilReady(
    _ server: DatabaseURL.PostgreSQL, _ limit: Duration, interruption: Interruption?,
    notice: (String) -> Void
  ) throws(DatabaseError) {
    let start = ContinuousClock.now
    var isNoticed = false
    var attempt = 0
    while true {
      if let signal = interruption?.signal { throw .interrupted(by: signal) }
      let left = limit - (ContinuousClock.now - start)
      do throws(DatabaseError) {
        return try PostgresConnection.checkReady(server, within: left, interruption: interruption)
      } catch {
        let waited = ContinuousClock.now - start
        guard error.kind == .unreachable, waited < limit else { throw error }
        if !isNoticed, waited >= LockWait.silence {
          notice(server.hosts)
          isNoticed = true
        }
        let pause = min(LockWait.pause(attempt: attempt) * 5, limit - waited)
        try Interruption.pause(pause, heeding: interruption)
        attempt += 1
      }
    }
  }
}

extension PostgresConnection {
  /// Opens a session and lets it answer, within `limit` or a little more.
  ///
  /// Behind a pooler a session alone says nothing about the server.
  static func checkReady(
    _ server: DatabaseURL.PostgreSQL, within limit: Duration, interruption: Interruption?
  ) throws(DatabaseError) {
    let seconds = max(2, min(5, limit.components.seconds + 1))
    // A signal is not heard while libpq connects.
    let hasty =
      server["connect_timeout"] == nil
      ? server.setting("connect_timeout", to: "\(seconds)") : server
    let connection = try PostgresConnection(hasty)
    connection.interruption = interruption
    connection.deadline = .now + .seconds(seconds)
    do throws(DatabaseError) {
      _ = try connection.rows("SELECT 1")
    } catch {
      guard error.kind == .connectionLost else { throw error }
      throw DatabaseError(
        .unreachable, code: error.code,
        message: error.message.isEmpty ? "the server does not answer" : error.message,
        hint: "the session was opened, but not answered: check the server, or the pooler before it")
    }
  }
}

extension DatabaseURL.PostgreSQL {
  /// The hosts and ports, for people.
  fileprivate var hosts: String {
    guard let names = self["host"] ?? self["hostaddr"] else { return "the server" }
    let ports = self["port"]?.split(separator: ",", omittingEmptySubsequences: false) ?? []
    let hosts = names.split(separator: ",", omittingEmptySubsequences: false)
    return hosts.enumerated().map { index, host in
      let port = ports.count == 1 ? ports[0] : ports.indices.contains(index) ? ports[index] : ""
      return "\(host):\(port.isEmpty ? "5432" : port)"
    }.joined(separator: ", ")
  }
}
