internal import CPostgres

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
      let client = try PostgresConnection(ownServer)
      clients.append(client)
      let theirs = try client.backendNumberInTransaction(within: Self.poolerTests.wait)
      guard theirs != backend else { throw .pooled }
      let ours = try? backendNumber(within: Self.poolerTests.wait)
      guard ours == backend else { throw .pooled }
      if theirs == nil { return }
    }
  }

  /// The number of the server's process that serves us.
  private func backendNumber(within wait: Duration? = nil) throws(DatabaseError) -> Int64? {
    deadline = wait.map { .now + $0 }
    defer { deadline = nil }
    return try rows("SELECT pg_catalog.pg_backend_pid()").first?[0].integer
  }

  /// The same in a transaction that is left open; `nil` when no process was to be had in time.
  ///
  /// - Throws: ``DatabaseError`` of a pooler that has no transactions: it pools statements.
  private func backendNumberInTransaction(
    within wait: Duration
  ) throws(DatabaseError) -> Int64? {
    do throws(DatabaseError) {
      deadline = .now + wait
      _ = try rows("BEGIN")
      return try backendNumber(within: wait)
    } catch {
      guard error.kind == .connectionLost else { throw .pooled }
      return nil
    }
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
      run this once with the server's own address in OS_DATABASE__CONNECTION, or through a pool with \
      pool_mode = session
      """)
}
