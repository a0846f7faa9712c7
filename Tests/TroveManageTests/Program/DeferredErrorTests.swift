import Testing
import TroveManage

/// Foreign keys that only the commit looks at: PostgreSQL's deferred ones, and all of SQLite's, because
/// they are off while scripts run.
@Suite struct DeferredErrorTests {
  private static func site(_ engine: Engine) throws -> TestSite {
    let deferral = engine == .sqlite ? "" : " DEFERRABLE INITIALLY DEFERRED"
    return try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE child (parent INTEGER REFERENCES parent (id)\(deferral));
        """,
        "002_b_default_upgrade.sql": "INSERT INTO child VALUES (42);",
        "003_c_default_upgrade.sql": "CREATE TABLE c (id INTEGER);",
      ])
  }

  /// What the engine knows of the row.
  private static func facts(_ engine: Engine) -> [String] {
    switch engine {
    case .sqlite: ["child", "parent", "rowid 1", "SQLITE_CONSTRAINT_FOREIGNKEY"]
    case .postgresql: ["child_parent_fkey", "Key (parent)=(42)", "\"parent\"", "23503"]
    }
  }

  @Test(arguments: Engine.allCases)
  func `a foreign key that the commit refuses undoes the run`(engine: Engine) throws {
    let site = try Self.site(engine)
    let standing = ["nothing was changed", "core: no version yet"]
    try site.run("db_sync").expectFailure(1, naming: Self.facts(engine) + standing)
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `the script whose rows the commit refuses is named`(engine: Engine) throws {
    let site = try Self.site(engine)
    let script = site.script("002_b_default_upgrade.sql")
    let outcome = try site.run("db_sync", "--transaction", "version")
    outcome.expectFailure(
      1, naming: ["error: \(script)"] + Self.facts(engine) + ["core from 1 to 2", "core: 1"])
    #expect(try site.version() == 1)
    #expect(try site.ownTables() == ["child", "parent"])
  }

  @Test(arguments: Engine.allCases)
  func `the script whose rows the commit refuses is named among many`(engine: Engine) throws {
    let site = try Self.site(engine)
    let script = site.script("002_b_default_upgrade.sql")
    try site.run("db_sync").expectFailure(1, naming: ["error: \(script)"])
  }

  @Test func `rows that dangled on SQLite before a run do not stop it`() throws {
    let site = try Self.site(.sqlite)
    try site.run("db_sync").expectFailure(1, naming: ["child"])
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.database.execute("PRAGMA foreign_keys = OFF", "INSERT INTO child VALUES (42)")
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["b", "c", "child", "d", "parent"])
  }
}
