import Testing
import TroveManage

@Suite struct DbVersionTests {
  @Test(arguments: Engine.allCases)
  func `a fresh database has no version`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.expectFailure(1, "db_version", naming: ["version control", "core", "db_sync"])
    let outcome = try site.run("db_version", "--json")
    #expect(outcome.status == 1)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    let message = (document["error"] as? [String: Any])?["message"] as? String
    #expect(message?.contains("version control") == true)
  }

  @Test(arguments: Engine.allCases)
  func `the version is a number alone on its line, so that scripts can use it`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin", scripts: ["20261123001633_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
    try site.run("db_sync").expectSuccess()
    let outcome = try site.run("db_version")
    outcome.expectSuccess("2\n")
    #expect(outcome.messages == "")
    try site.run("db_version", "--repo_path", "plugin").expectSuccess("20261123001633\n")
  }

  @Test(arguments: Engine.allCases)
  func `with --json the version is in the document`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    let document = try site.run("db_version", "--json").document()
    #expect(document["ok"] as? Bool == true)
    let repositories = try #require(document["repositories"] as? [[String: Any]])
    #expect(repositories.map { $0["version"] as? Int } == [2])
  }

  @Test(arguments: Engine.allCases)
  func `a database that sqlalchemy-migrate manages is taken over as it is`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.database.execute(
      """
      CREATE TABLE core_version (
        repository_id VARCHAR(250) NOT NULL,
        repository_path TEXT,
        version INTEGER,
        PRIMARY KEY (repository_id)
      )
      """,
      "INSERT INTO core_version VALUES ('core', '/old/path', 1)", "CREATE TABLE a (id INTEGER)")
    try site.run("db_version").expectSuccess("1\n")
    #expect(try site.database.tables() == ["a", "core_version"])
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT * FROM core_version") == [["core", "/old/path", "2"]])
    #expect(try site.ownTables() == ["a", "b"])
  }

  @Test(arguments: Engine.allCases)
  func `version 0 is a version`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("UPDATE core_version SET version = 0")
    try site.run("db_version").expectSuccess("0\n")
  }
}
