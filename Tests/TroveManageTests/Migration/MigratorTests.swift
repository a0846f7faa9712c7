import Foundation
import Testing
import TroveManage

@Suite struct MigratorTests {
  @Test(arguments: Engine.allCases)
  func `a run brings core and plugins to their latest versions, core first`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY);",
        "002_b_default_upgrade.sql":
          "CREATE TABLE b (id INTEGER PRIMARY KEY); INSERT INTO a VALUES (1);",
      ])
    let plugin = try database.folder.writeRepository(
      "plugin",
      scripts: ["001_p_default_upgrade.sql": "CREATE TABLE p (a INTEGER REFERENCES a (id));"])

    let report = try database.migrate(core, plugin)

    #expect(report.applied.map(\.to) == [1, 2, 1])
    #expect(try database.rows("SELECT * FROM core_version") == [["core", core, "2"]])
    #expect(try database.rows("SELECT * FROM plugin_version") == [["plugin", plugin, "1"]])
    #expect(try database.rows("SELECT id FROM a") == [["1"]])
    let journal = try database.rows(
      "SELECT repository_id, operation, from_version, to_version, script, statements, run_by"
        + " FROM trove_migrate_journal ORDER BY id")
    #expect(
      journal == [
        ["core", "upgrade", "0", "1", "001_a_default_upgrade.sql", "1", "tester@localhost"],
        ["core", "upgrade", "1", "2", "002_b_default_upgrade.sql", "2", "tester@localhost"],
        ["plugin", "upgrade", "0", "1", "001_p_default_upgrade.sql", "1", "tester@localhost"],
      ])
    #expect(try database.migrate(core, plugin).applied.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `a script that fails in the third repository leaves nothing behind`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let folders = try ["core", "one", "two"].map { name in
      try database.folder.writeRepository(
        name,
        scripts: [
          "001_a_default_upgrade.sql": "CREATE TABLE \(name)_a (id INTEGER);",
          "002_b_default_upgrade.sql":
            name == "two"
            ? "CREATE TABLE two_b (id INTEGER);\nDROP   TABLE two_c;"
            : "CREATE TABLE \(name)_b (id INTEGER);",
        ])
    }

    let failure = #expect(throws: RunFailure.self) {
      try database.migrate(folders[0], folders[1], folders[2])
    }

    let text = "\(try #require(failure).error)"
    #expect(text.hasPrefix("\(folders[2])/versions/002_b_default_upgrade.sql:2:"), "\(text)")
    #expect(failure?.report?.applied.isEmpty == true)
    #expect(failure?.report?.rolledBack.map(\.to) == [1, 2, 1, 2, 1])
    #expect(failure?.report?.after.map(\.version) == [nil, nil, nil])
    #expect(try database.tables() == [])
  }

  @Test(arguments: Engine.allCases, [TransactionScope.repository, .version])
  func `smaller transactions keep what was committed before a failure`(
    engine: Engine, scope: TransactionScope
  ) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"])
    let plugin = try database.folder.writeRepository(
      "plugin",
      scripts: [
        "001_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "002_c_default_upgrade.sql": "CREATE TABLE c (id INTEGER); INSERT INTO nowhere VALUES (1);",
      ])

    let failure = #expect(throws: RunFailure.self) {
      try database.migrate(core, plugin, scope: scope)
    }

    let kept = scope == .version ? 1 : nil
    #expect(failure?.report?.after.map(\.version) == [1, kept])
    #expect(try database.standings(core, plugin).map(\.version) == [1, kept])
    #expect(try database.tables().contains("b") == (kept == 1))
    #expect(try !database.tables().contains("c"))
  }

  @Test(arguments: Engine.allCases)
  func `downgrades run in the opposite order and forget the versions`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core",
      scripts: [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
        "001_a_default_downgrade.sql": "DROP TABLE a;",
        "005_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "005_b_default_downgrade.sql": "DROP TABLE b;",
      ])
    try database.migrate(core)

    #expect(try database.migrate(core, to: .downgrade(to: 1)).applied.map(\.to) == [1])
    #expect(try database.standings(core).map(\.version) == [1])
    #expect(try database.migrate(core, to: .downgrade(to: 0)).applied.map(\.to) == [0])
    #expect(try database.rows("SELECT version FROM core_version") == [["0"]])
    #expect(try database.migrate(core, to: .upgrade(to: 1)).applied.map(\.to) == [1])
    #expect(throws: RunFailure.self) { try database.migrate(core, to: .downgrade(to: 5)) }
    #expect(throws: RunFailure.self) { try database.migrate(core, to: .upgrade(to: 3)) }
  }

  @Test(arguments: Engine.allCases)
  func `repositories may share a version table`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let one = try database.folder.writeRepository(
      "one", table: "shared", scripts: ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"]
    )
    let two = try database.folder.writeRepository(
      "two", table: "shared", scripts: ["003_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);"]
    )

    try database.migrate(one, two)

    let rows = try database.rows("SELECT repository_id, version FROM shared ORDER BY 1")
    #expect(rows == [["one", "1"], ["two", "3"]])
  }

  @Test(arguments: Engine.allCases)
  func `a timestamp as a version widens the reference's column`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    try database.execute(
      """
      CREATE TABLE stamps_version (repository_id VARCHAR(250) NOT NULL, repository_path TEXT,
        version INTEGER, PRIMARY KEY (repository_id))
      """,
      "INSERT INTO stamps_version VALUES ('stamps', '/old/place', 1)")
    let repository = try database.folder.writeRepository(
      "stamps",
      scripts: [
        "001_a_default_upgrade.sql": "-- done",
        "20261123001633_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "20261123001634_c_default_upgrade.sql": "CREATE TABLE c (id INTEGER);",
      ])

    try database.migrate(repository)

    let rows = try database.rows("SELECT repository_path, version FROM stamps_version")
    #expect(rows == [["/old/place", "20261123001634"]])
    #expect(try database.migrate(repository).applied.isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `with nothing to do nothing is written`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let empty = try database.folder.writeRepository("empty", scripts: [:])
    #expect(try database.migrate(empty).applied.isEmpty)
    #expect(try database.tables() == [])
  }

  @Test func `with nothing to do a missing database file stays missing`() throws {
    let database = try TestDatabase(.sqlite)
    let empty = try database.folder.writeRepository("empty", scripts: [:])
    try database.migrate(empty)
    #expect(FileSystem.kind(of: database.folder.path("test.sqlite")) == nil)
  }
}
