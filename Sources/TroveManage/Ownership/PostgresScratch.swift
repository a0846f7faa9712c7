/// A scratch database on a PostgreSQL server.
struct PostgresScratch {
  private let server: DatabaseURL.PostgreSQL
  private let live: Database
  private let furnishing: ScratchDatabase.Furnishing
  private let warn: (String) -> Void
  private let name: String

  /// One on `server` with the encoding, the collation and the `search_path` of `live`.
  init(
    on server: DatabaseURL.PostgreSQL, like live: Database,
    having furnishing: ScratchDatabase.Furnishing, warn: @escaping (String) -> Void
  ) {
    self.server = server
    self.live = live
    self.furnishing = furnishing
    self.warn = warn
    let digits = String(UInt64.random(in: .min ... .max), radix: 16)
    name = "trove_migrate_scratch_\(digits)"
  }

  /// What `body` returns, which gets the database's address for as long as it runs.
  func use<Result>(
    _ body: (DatabaseURL.PostgreSQL) throws(ScratchError) -> Result
  ) throws(ScratchError) -> Result {
    let connection = try ScratchError.catching { () throws(DatabaseError) in
      try live.connection(for: .reading)
    }
    let traits = try ScratchError.catching { () throws(DatabaseError) in
      try connection.rows(Self.traitsQuery).first ?? []
    }
    let admin = live.sibling(at: .postgresql(server))
    try make(on: admin, traits: traits.map(\.text))
    defer { drop(on: admin) }
    let own = server.setting("dbname", to: name)
    try prepare(own, on: admin, like: connection)
    return try body(own)
  }

  /// Encoding, LC_COLLATE, LC_CTYPE, provider and its locale, as far as the server's version has them.
  private static let traitsQuery = """
    SELECT pg_catalog.pg_encoding_to_char(d.encoding), d.datcollate::text, d.datctype::text,
      r ->> 'datlocprovider', coalesce(r ->> 'datlocale', r ->> 'daticulocale')
    FROM pg_catalog.pg_database AS d CROSS JOIN LATERAL pg_catalog.to_jsonb(d) AS r
    WHERE d.datname = pg_catalog.current_database()
    """

  private func make(on admin: Database, traits: [String?]) throws(ScratchError) {
    var command = "CREATE DATABASE \(Dialect.postgresql.identifier(name)) TEMPLATE template0"
    for (option, value) in zip(["ENCODING", "LC_COLLATE", "LC_CTYPE"], traits) {
      if let value { command += " \(option) \(Dialect.postgresql.literal(value))" }
    }
    if traits.count == 5, let provider = traits[3], provider != "c", let locale = traits[4] {
      let name = provider == "i" ? "ICU" : "BUILTIN"
      command +=
        " LOCALE_PROVIDER \(name.lowercased()) \(name)_LOCALE \(Dialect.postgresql.literal(locale))"
    }
    do throws(DatabaseError) {
      try admin.connection(for: .writing).executeAlone(Command(command))
    } catch {
      let url = DatabaseURL.postgresql(server)
      switch error.code {
      case "42501": throw .notAllowed(on: url, error)
      default: throw error.kind == .statement ? .notMade(on: url, error) : .database(error)
      }
    }
  }

  /// Gives the database the schemas in which scripts make what they do not qualify.
  private func prepare(
    _ own: DatabaseURL.PostgreSQL, on admin: Database, like connection: any Connection
  ) throws(ScratchError) {
    try ScratchError.catching { () throws(DatabaseError) in
      let path = try connection.rows("SHOW search_path").first?[0].text ?? ""
      let schemas = try connection.rows(
        "SELECT pg_catalog.unnest(pg_catalog.current_schemas(false))::text")
      let new = Database(.postgresql(own))
      new.connectWait = live.connectWait
      let session = try new.connection(for: .writing)
      for name in schemas.compactMap({ $0[0].text }) {
        let schema = Dialect.postgresql.identifier(name)
        try session.executeAlone(Command("CREATE SCHEMA IF NOT EXISTS \(schema)"))
      }
      if furnishing == .extensions { try furnish(session, like: connection) }
      guard try session.rows("SHOW search_path").first?[0].text != path else { return }
      let database = Dialect.postgresql.identifier(name)
      let admin = try admin.connection(for: .writing)
      try admin.executeAlone(Command("ALTER DATABASE \(database) SET search_path = \(path)"))
    }
  }

  /// Makes the extensions of the live database, but for those that we may not make.
  private func furnish(
    _ session: any Connection, like connection: any Connection
  ) throws(DatabaseError) {
    let extensions = try connection.rows(
      """
      SELECT e.extname::text, n.nspname::text FROM pg_catalog.pg_extension AS e
      JOIN pg_catalog.pg_namespace AS n ON n.oid = e.extnamespace ORDER BY e.oid
      """)
    for row in extensions {
      let names = row.compactMap(\.text).map { Dialect.postgresql.identifier($0) }
      guard names.count == 2 else { continue }
      try? session.executeAlone(Command("CREATE SCHEMA IF NOT EXISTS \(names[1])"))
      try? session.executeAlone(
        Command("CREATE EXTENSION IF NOT EXISTS \(names[0]) SCHEMA \(names[1])"))
    }
  }

  /// Drops the database; on a server that is too old for FORCE (before PostgreSQL 13) without.
  private func drop(on admin: Database) {
    let command = "DROP DATABASE IF EXISTS \(Dialect.postgresql.identifier(name))"
    do throws(DatabaseError) {
      do throws(DatabaseError) {
        try admin.connection(for: .writing).executeAlone(Command("\(command) WITH (FORCE)"))
      } catch {
        if error.kind == .connectionLost { try admin.reconnect(within: .seconds(10)) }
        try admin.connection(for: .writing).executeAlone(Command(command))
      }
    } catch {
      let url = DatabaseURL.postgresql(server.setting("dbname", to: name))
      warn("the scratch database \(url) is left, drop it by hand: \(error.message)")
    }
  }
}
