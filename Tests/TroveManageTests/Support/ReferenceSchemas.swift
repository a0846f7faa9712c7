import TroveManage

/// The schemas that the reference leaves, from its dumps.
struct ReferenceSchemas: Sendable {
  /// The last version that the reference has.
  static let latest = 48

  private static let sqlite = Result { try Self(loading: .sqlite) }
  private static let postgresql = Result { try Self(loading: .postgresql) }

  private let schemas: [SchemaSnapshot]

  /// The schemas on `engine`, loaded once.
  init(_ engine: Engine) throws {
    self = try (engine == .sqlite ? Self.sqlite : Self.postgresql).get()
  }

  private init(loading engine: Engine) throws {
    let versions = 0...Core.latest
    switch engine {
    case .sqlite:
      schemas = try versions.map { try Self.schema(at: $0, SQLiteConnection(.memory)) }
    case .postgresql:
      schemas = try TestDatabase(.postgresql).withSession { session in
        try versions.map { version in
          // Moved away, not dropped: to remove thousands of files takes longer than all the rest.
          try session.execute([
            Command("ALTER SCHEMA public RENAME TO before_\(version)"),
            Command("CREATE SCHEMA public"),
          ])
          return try Self.schema(at: version, session)
        }
      }
    }
  }

  /// The schema at `version`: from its dump; beyond the last one, with what upstream added later.
  subscript(version: Int) -> SchemaSnapshot { schemas[version] }

  /// The name of the dump of `version`.
  static func dump(_ version: Int) -> String { String("00\(version)".suffix(3)) }

  private static func schema(
    at version: Int, _ connection: any Connection
  ) throws -> SchemaSnapshot {
    guard version > 0 else { return SchemaSnapshot([]) }
    try connection.load(dump: dump(min(version, latest)))
    for addition in additions(connection.dialect) where addition.version <= version {
      try connection.execute([Command(addition.statement)])
    }
    return try SchemaSnapshot(of: connection)
  }

  private static func additions(_ dialect: Dialect) -> [(version: Int, statement: String)] {
    let timestamp = dialect == .sqlite ? "DATETIME" : "TIMESTAMP"
    return [
      (49, "ALTER TABLE datastore_versions ADD COLUMN registry_ext TEXT NOT NULL"),
      (49, "ALTER TABLE datastore_versions ADD COLUMN repl_strategy TEXT NOT NULL"),
      (50, "ALTER TABLE backups ADD COLUMN storage_driver TEXT"),
      (51, "ALTER TABLE root_enabled_history ADD COLUMN deleted_at \(timestamp)"),
      (52, "ALTER TABLE instances ADD COLUMN ssl_mode VARCHAR(16)"),
      (52, "ALTER TABLE instances ADD COLUMN ssl_ref TEXT"),
    ]
  }
}

extension Connection {
  /// Executes the reference's dump called `name`, such as `048`.
  func load(dump name: String) throws {
    let path = Checkout.fixtures.appending("reference/\(dialect.rawValue)/\(name).sql").text
    let script = try Script(path: path, text: try FileSystem.read(path), dialect: dialect)
    try execute(script.statements.map { Command($0.text) }, bookkeeping: [])
  }
}

extension TestDatabase {
  /// A database as the reference leaves it at `version`, with the schema of the dump called `dump`.
  static func reference(_ engine: Engine, at version: Int, dump: String) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    try database.connect().load(dump: dump)
    try database.execute(
      """
      INSERT INTO migrate_version (repository_id, repository_path, version)
      VALUES ('Trove Migrations', '\(referencePath)', \(version))
      """)
    return database
  }

  /// The path that the reference writes into its version table.
  static let referencePath = "/usr/lib/python3/dist-packages/trove/db/sqlalchemy/migrate_repo"
}
