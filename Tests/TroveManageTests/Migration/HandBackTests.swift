import Testing
import TroveManage

@Suite struct HandBackTests {
  private static let shape = [
    Engine.sqlite: """
    SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info('migrate_version')
    """,
    .postgresql: """
    SELECT attname::text, format_type(atttypid, atttypmod), attnotnull::int, NULL, attnum
    FROM pg_attribute WHERE attrelid = 'migrate_version'::regclass AND attnum > 0 ORDER BY attnum
    """,
  ]

  /// Its schema at 30, without its version table.
  private func databaseOfReference(_ engine: Engine) throws -> TestDatabase {
    let database = try TestDatabase(engine)
    let dump = Checkout.fixtures.appending("reference/\(engine.rawValue)/030.sql").text
    let script = try Script(path: dump, text: FileSystem.read(dump), dialect: engine.dialect)
    let connection = try database.connect()
    try connection.execute(script.statements.map { Command($0.text) })
    try database.execute("DROP TABLE migrate_version")
    return database
  }

  @Test(arguments: Engine.allCases)
  func `a database of sqlalchemy-migrate goes on, and is handed back`(engine: Engine) throws {
    let database = try databaseOfReference(engine)
    let core = Checkout.core.text
    try Reference.control(database, repository: core, version: 30)
    let shape = try database.rows(Self.shape[engine, default: ""])
    #expect(shape.count == 3)

    try database.migrate(core, to: .upgrade(to: 48))

    #expect(try Reference.version(database, repository: core) == "48")
    #expect(try database.rows(Self.shape[engine, default: ""]) == shape)
    #expect(
      try database.rows("SELECT * FROM migrate_version") == [["Trove Migrations", core, "48"]])
  }

  @Test(arguments: Engine.allCases)
  func `a database of ours is taken over by sqlalchemy-migrate and comes back`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let repository = try database.folder.writeRepository(
      "r",
      scripts: [
        "001_a_\(engine.rawValue)_upgrade.sql": "CREATE TABLE a (id INTEGER);",
        "002_b_\(engine.rawValue)_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "003_c_\(engine.rawValue)_upgrade.sql": "CREATE TABLE c (id INTEGER);",
      ])
    try database.migrate(repository, to: .upgrade(to: 1))
    try database.folder.write("r/versions/003_c_\(engine.rawValue)_downgrade.sql", "DROP TABLE c;")

    try Reference.upgrade(database, repository: repository)

    #expect(try database.standings(repository).map(\.version) == [3])
    #expect(try database.migrate(repository).applied.isEmpty)
    #expect(try database.migrate(repository, to: .downgrade(to: 2)).applied.map(\.to) == [2])
    #expect(try Reference.version(database, repository: repository) == "2")
  }
}
