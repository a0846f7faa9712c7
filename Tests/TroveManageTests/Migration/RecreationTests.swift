import Testing
import TroveManage

@Suite struct RecreationTests {
  private static let scripts = [
    "001_a_default_upgrade.sql":
      "CREATE TABLE parent (id INTEGER PRIMARY KEY); CREATE VIEW seen AS SELECT id FROM parent;",
    "002_b_default_upgrade.sql":
      """
    CREATE TABLE new_child (id INTEGER REFERENCES parent (id));
    ALTER TABLE new_child RENAME TO child;
    INSERT INTO parent VALUES (1);
    """,
    "003_c_sqlite_upgrade.sql": "-- nothing",
    "003_c_postgresql_upgrade.sql":
      "CREATE FUNCTION one() RETURNS INTEGER LANGUAGE sql AS $$ SELECT 1 $$;",
  ]

  @Test(arguments: Engine.allCases)
  func `what the scripts make is made anew, everything else stays and is named`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository("core", scripts: Self.scripts)
    try database.migrate(core)
    try database.execute(
      "INSERT INTO parent VALUES (2)", "INSERT INTO child VALUES (2)",
      "CREATE TABLE mine (id INTEGER)", "INSERT INTO mine VALUES (7)")

    let report = try database.migrator([core]).run(from: .nothing)

    #expect(report.leftAlone == ["mine"])
    #expect(report.after.map(\.version) == [3])
    #expect(try database.rows("SELECT id FROM seen") == [["1"]])
    #expect(try database.rows("SELECT id FROM child") == [])
    #expect(try database.rows("SELECT id FROM mine") == [["7"]])
    #expect(
      try database.rows("SELECT repository_path, version FROM core_version") == [[core, "3"]])
  }

  @Test(arguments: Engine.allCases)
  func `a script that fails leaves the old tables with their rows`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository("core", scripts: Self.scripts)
    try database.migrate(core)
    try database.execute("INSERT INTO parent VALUES (2)")
    try database.folder.write("core/versions/002_b_default_upgrade.sql", "CREATE TABLE broken;")

    let failure = #expect(throws: RunFailure.self) {
      try database.migrator([core]).run(from: .nothing)
    }

    #expect(failure?.report?.after.map(\.version) == [3])
    #expect(try database.rows("SELECT id FROM parent ORDER BY id") == [["1"], ["2"]])
    #expect(try database.rows("SELECT version FROM core_version") == [["3"]])
  }

  @Test func `what somebody else's view needs is not dropped`() throws {
    let database = try TestDatabase(.postgresql)
    let core = try database.folder.writeRepository("core", scripts: Self.scripts)
    try database.migrate(core)
    try database.execute("CREATE VIEW mine AS SELECT id FROM parent")

    let failure = #expect(throws: RunFailure.self) {
      try database.migrator([core]).run(from: .nothing)
    }

    #expect("\(try #require(failure).error)".contains("view mine depends on table parent"))
    #expect(try database.rows("SELECT id FROM mine") == [["1"]])
  }

  @Test(arguments: Engine.allCases)
  func `a database is put under version control once, without running a script`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository("core", scripts: Self.scripts)

    try database.migrator([core]).control(at: 2)

    #expect(try database.rows("SELECT * FROM core_version") == [["core", core, "2"]])
    #expect(try database.tables() == ["core_version", "trove_migrate_journal"])
    #expect(
      try database.rows("SELECT operation, to_version FROM trove_migrate_journal")
        == [["stamp", "2"]])
    #expect(throws: MigrationError.self) { try database.migrator([core]).control(at: 2) }
    #expect(throws: MigrationError.self) { try database.migrator([core]).control(at: 9) }
    #expect(try database.migrate(core).applied.map(\.to) == [3])
  }

  @Test(arguments: Engine.allCases, [Target.latest, .upgrade(to: 1), .downgrade(to: 0)])
  func `a run that needs version control refuses a database without it`(
    engine: Engine, target: Target
  ) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository("core", scripts: Self.scripts)
    let failure = #expect(throws: RunFailure.self) {
      try database.migrator([core]).run(to: target, from: .underControl)
    }
    #expect("\(try #require(failure).error)".contains("not under version control of core"))
    #expect(try database.tables() == [])
  }

  @Test func `only the schema that a script names is touched`() throws {
    let database = try TestDatabase(.postgresql)
    try database.execute("CREATE TABLE person (id INTEGER)", "INSERT INTO person VALUES (7)")
    let core = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql":
          "CREATE SCHEMA IF NOT EXISTS app; CREATE TABLE app.person (id INTEGER);",
        "002_b_default_upgrade.sql": "CREATE TABLE pg_temp.scratch (id INTEGER);",
      ])
    try database.migrate(core)
    try database.execute(
      "INSERT INTO app.person VALUES (1)", "CREATE TABLE scratch (id INTEGER)")

    let report = try database.migrator([core]).run(from: .nothing)

    #expect(report.leftAlone == ["person", "scratch"])
    #expect(try database.rows("SELECT id FROM person") == [["7"]])
    #expect(try database.rows("SELECT id FROM app.person") == [])
  }

  @Test func `a table that has the name of a temporary one stays`() throws {
    let database = try TestDatabase(.sqlite)
    let core = try database.folder.writeRepository(
      "core",
      scripts: ["001_a_default_upgrade.sql": "CREATE TABLE temp.scratch (id INTEGER);"])
    try database.migrate(core)
    try database.execute("CREATE TABLE scratch (id INTEGER)")
    let report = try database.migrator([core]).run(from: .nothing)
    #expect(report.leftAlone == ["scratch"])
  }

  @Test(arguments: Engine.allCases)
  func `what was a view once and is a table now is dropped as a table`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql": "CREATE VIEW v AS SELECT 1 AS id;",
        "002_b_default_upgrade.sql": "DROP VIEW v; CREATE TABLE v (id INTEGER);",
      ])
    try database.migrate(core)
    try database.execute("INSERT INTO v VALUES (1)")
    _ = try database.migrator([core]).run(from: .nothing)
    #expect(try database.rows("SELECT id FROM v") == [])
  }
}
