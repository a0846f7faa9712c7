internal import CPostgres

extension PostgresConnection {
  /// Who holds the runners' lock; `nil` when nobody does any more, or the server does not say.
  ///
  /// The server shows ordinary users no more than process, user and program of another user's session
  /// (PostgreSQL documentation, 28.2.3).
  func lockHolder() -> LockHolder? {
    let number = UInt64(Self.lockNumber)
    let rows = try? rows(
      """
      SELECT \(Self.holderColumns), NULL, \(Self.moment("coalesce(a.xact_start, a.backend_start)")), NULL
      FROM pg_catalog.pg_locks AS l
      LEFT JOIN pg_catalog.pg_stat_activity AS a ON a.pid = l.pid
      WHERE l.locktype = 'advisory' AND l.granted AND l.classid = \(number >> 32)
        AND l.objid = \(number & 0xFFFF_FFFF) AND l.objsubid = 1 AND l.database = (
          SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      """)
    return rows?.first.flatMap { holder($0) }
  }

  /// The columns of `pg_stat_activity`, called `a`, that say who somebody is.
  static let holderColumns = """
    a.pid, coalesce(nullif(a.application_name, ''), nullif(a.backend_type, 'client backend')),
    a.usename::text, pg_catalog.host(a.client_addr), (a.backend_start IS NOT NULL)::int
    """

  /// The columns for a moment: the second, and how many seconds ago.
  static func moment(_ time: String) -> String {
    """
    extract(epoch FROM \(time))::bigint,
    extract(epoch FROM pg_catalog.clock_timestamp() - \(time))::bigint
    """
  }

  /// The holder of a row of ``holderColumns``, the state, its ``moment(_:)``, and the statement.
  func holder(_ row: Row) -> LockHolder? {
    guard row.count == 9 else { return nil }
    var holder = LockHolder()
    holder.process = row[0].integer.map(Int.init)
    holder.program = row[1].text
    holder.user = row[2].text
    holder.place = row[3].text
    if holder.place == nil, row[4].integer == 1, holder.user != nil {
      holder.place = isLocal ? "this machine" : "the server's machine"
    }
    holder.state = row[5].text
    if let seconds = row[6].integer, let age = row[7].integer {
      holder.since = Moment(seconds: seconds, age: .seconds(age))
    }
    holder.statement = row[8].text.map { text in
      let bytes = Array(text.utf8)
      let last = bytes.lastIndex { !" ;\n".utf8.contains($0) }
      return SQLSummary.of(bytes[...(last ?? 0)], dialect: dialect)
    }
    return holder
  }

  /// Whether the session goes through a socket of this machine.
  private var isLocal: Bool {
    guard let host = unsafe PQhost(handle) else { return false }
    let name = unsafe String(cString: host)
    return name.hasPrefix("/") || name.hasPrefix("@")
  }
}
