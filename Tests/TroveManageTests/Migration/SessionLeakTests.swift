import Testing
import TroveManage

/// What a script does to the session, or to what is not its own, stays without effect on the others.
@Suite struct SessionLeakTests {
  private static func core(
    _ database: TestDatabase, _ first: String, _ second: String
  ) throws -> String {
    try database.folder.writeRepository(
      "core",
      scripts: [
        "001_t_default_upgrade.sql":
          "CREATE TABLE t (v VARCHAR(9)); INSERT INTO t VALUES ('old');",
        "002_a_default_upgrade.sql": first, "003_b_default_upgrade.sql": second,
      ])
  }

  @Test(arguments: Engine.allCases)
  func `a temporary table does not hide a table from the next script`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try Self.core(
      database, "CREATE TEMPORARY TABLE t AS SELECT 'temp' AS v;", "UPDATE t SET v = 'new';")
    try database.migrate(core)
    #expect(try database.rows("SELECT v FROM t") == [["new"]])
  }

  @Test func `a pragma of SQLite does not outlive its script`() throws {
    let database = try TestDatabase(.sqlite)
    let core = try Self.core(
      database,
      """
      CREATE TABLE child (t INTEGER REFERENCES t (v));
      PRAGMA legacy_alter_table = ON;
      """, "ALTER TABLE t RENAME TO u;")
    try database.migrate(core)
    let schema = try database.rows("SELECT sql FROM sqlite_schema WHERE name = 'child'")
    #expect(schema[0][0]?.contains("REFERENCES \"u\"") == true)
  }

  @Test func `a script cannot attach a database on SQLite`() throws {
    let database = try TestDatabase(.sqlite)
    let core = try Self.core(database, "SELECT 1; ATTACH ':memory:' AS other;", "SELECT 1;")
    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }
    let text = "\(try #require(failure).error)"
    #expect(text.contains("002_a_default_upgrade.sql:1:11: a script cannot attach"), "\(text)")
    #expect(try database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `going back to a savepoint of another script is noticed`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try Self.core(
      database, "SAVEPOINT s; CREATE TABLE a (id INTEGER);",
      "ROLLBACK TO SAVEPOINT s; CREATE TABLE b (id INTEGER);")
    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }
    #expect(failure?.report?.applied.isEmpty == true)
    #expect(try database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a script that sets another repository's version is rolled back`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try Self.core(database, "SELECT 1;", "SELECT 2;")
    let plugin = try database.folder.writeRepository(
      "plugin",
      scripts: ["001_p_default_upgrade.sql": "UPDATE core_version SET version = 1;"])
    let failure = #expect(throws: RunFailure.self) { try database.migrate(core, plugin) }
    let text = "\(try #require(failure).error)"
    #expect(text.contains("set the version of core to 1 instead of 3"), "\(text)")
    #expect(try database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `the defaults of role and database do not change how a script is read`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    if engine == .postgresql {
      let name = try #require(try database.rows("SELECT current_database()::text")[0][0])
      try database.execute(
        "ALTER DATABASE \(name) SET standard_conforming_strings = off",
        "ALTER DATABASE \(name) SET default_transaction_isolation = 'serializable'")
    }
    let core = try Self.core(
      database, "INSERT INTO t VALUES ('a\\'); INSERT INTO t VALUES ('b');",
      "INSERT INTO t VALUES ('c\\');")
    try database.migrate(core)
    #expect(try database.rows("SELECT count(*) FROM t") == [["4"]])
  }

  @Test func `a foreign key that cannot be checked does not hide one that can`() throws {
    let database = try TestDatabase(.sqlite)
    try database.execute(
      "CREATE TABLE junk (x INTEGER)", "CREATE TABLE junkchild (j INTEGER REFERENCES junk (x))",
      "INSERT INTO junkchild VALUES (1)")
    let core = try Self.core(
      database,
      """
      CREATE TABLE parent (id INTEGER PRIMARY KEY);
      CREATE TABLE child (p INTEGER REFERENCES parent (id));
      """, "INSERT INTO child VALUES (7);")
    let failure = #expect(throws: RunFailure.self) { try database.migrate(core) }
    #expect("\(try #require(failure).error)".contains("row(s) of child"))
    #expect(try database.tables() == ["junk", "junkchild"])
  }
}
