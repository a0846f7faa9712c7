import Testing
import TroveManage

/// Core's repository, as it ships.
enum Core {
  static let folder = Checkout.core.text
  static let latest = 52

  /// A datastore with one version, as they are between 17 and 47.
  static let datastore = """
    INSERT INTO datastores (id, name) VALUES ('d1', 'MySQL');
    INSERT INTO datastore_versions (id, datastore_id, name, image_id, active, manager)
    VALUES ('v1', 'd1', '5.5', 'img', TRUE, 'mysql');
    """

  /// The datastore and its version that stand in for those that an instance does not have.
  static let legacyDatastore = "10000000-0000-0000-0000-000000000001"
  static let legacyVersion = "20000000-0000-0000-0000-000000000002"
  /// The UUID that stands in for an image that nobody knows.
  static let noImage = "00000000-0000-0000-0000-000000000000"

  /// A module, as they are between 37 and 39.
  static func module(
    _ id: String, tenant: String = "'ten'", visible: String = "TRUE", autoApply: String = "FALSE"
  ) -> String {
    """
    INSERT INTO modules (id, name, type, contents, tenant_id, auto_apply, visible, live_update,
      md5, created, updated, deleted)
    VALUES ('\(id)', '\(id)', 't', 'c', \(tenant), \(autoApply), \(visible), FALSE, 'x',
      '2020-01-01 00:00:00', '2020-01-01 00:00:00', FALSE);
    """
  }
}

extension TestDatabase {
  /// A database on `engine` whose core stands at `version`, and `statements` executed in it.
  static func core(
    _ engine: Engine, at version: Int, _ statements: String...
  ) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    if version > 0 { try database.upgradeCore(to: version) }
    for statement in statements { try database.execute(statement) }
    return database
  }

  /// Takes core up to `version`.
  func upgradeCore(
    to version: Int, variables: @escaping (ScriptVariable) -> String? = { _ in nil }
  ) throws {
    try migrate(Core.folder, to: .upgrade(to: version), variables: variables)
  }

  /// Takes core down to `version`.
  func downgradeCore(to version: Int) throws {
    try migrate(Core.folder, to: .downgrade(to: version))
  }

  /// Expects that core cannot go to `target`, and that the attempt changes nothing at all.
  ///
  /// - Returns: why.
  func refusal(
    to target: Target, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> MigrationError {
    let connection = try connect()
    let before = try DatabaseContents(of: connection)
    let failure = #expect(throws: RunFailure.self, sourceLocation: sourceLocation) {
      try migrate(Core.folder, to: target)
    }
    let after = try DatabaseContents(of: connection)
    let difference = after.schema.difference(from: before.schema)
    #expect(difference == [], sourceLocation: sourceLocation)
    #expect(after.records == before.records, sourceLocation: sourceLocation)
    #expect(after.bookkeeping == before.bookkeeping, sourceLocation: sourceLocation)
    return try #require(failure, sourceLocation: sourceLocation).error
  }

  /// Deletes all rows of the repositories' tables.
  func clear() throws {
    let connection = try connect()
    let tables = try DatabaseContents(of: connection).columns.keys
    // Whatever refers to whatever: SQLite does not look unless it is told to.
    let isolated = engine == .postgresql ? ["SET session_replication_role = replica"] : []
    let deletions = tables.map { "DELETE FROM \"\($0)\"" }
    for statement in isolated + deletions { try connection.execute([Command(statement)]) }
  }

  /// Takes core to `version`, up or down.
  func moveCore(to version: Int) throws {
    let current = try coreVersion() ?? 0
    try migrate(
      Core.folder, to: version < current ? .downgrade(to: version) : .upgrade(to: version))
  }

  /// The version that core stands at.
  func coreVersion() throws -> Int? {
    try standings(Core.folder).first?.version
  }

  /// The tables without those that begin with `trove_migrate_`, sorted.
  func tablesButOurs() throws -> [String] {
    try tables().filter { !$0.hasPrefix("trove_migrate_") }
  }

  /// What `body` returns, which gets a session that does not outlive the database.
  func withSession<Result>(_ body: (any Connection) throws -> Result) throws -> Result {
    try body(connect())
  }

  /// All rows of every table of the repositories.
  func records() throws -> [String: Set<DatabaseContents.Record>] {
    try DatabaseContents(of: connect()).records
  }
}
