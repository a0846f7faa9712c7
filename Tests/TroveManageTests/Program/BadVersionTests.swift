import Testing
import TroveManage

@Suite struct BadVersionTests {
  @Test(arguments: Engine.allCases)
  func `a database ahead of the repository is left alone`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.folder.remove("core/versions/002_b_default_upgrade.sql")
    let facts = [site.folder.path("core"), "version 2", "core", "latest is 1"]

    try site.expectFailure(1, "db_sync", naming: facts + ["core: 2", "nothing was changed"])
    try site.expectFailure(1, "db_sync", "--repo_path", "core", naming: ["version 2"])
    let status = try site.run("db_status")
    #expect(status.status == 4)
    #expect(status.output.contains("unknown"))
    status.expectNoInnards()
    try site.run("db_version").expectSuccess("2\n")
  }

  @Test(arguments: Engine.allCases)
  func `a plugin ahead of its repository stops core, too`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin", scripts: ["007_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
    try site.run("db_sync").expectSuccess()
    try site.folder.remove("plugin/versions/007_p_default_upgrade.sql")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    let facts = [site.folder.path("plugin"), "version 7", "core: 2", "plugin: 7"]
    try site.expectFailure(1, "db_sync", naming: facts)
    #expect(try site.run("db_status").status == 4)
  }

  @Test(arguments: Engine.allCases)
  func `a version that appeared late is neither applied nor silent`(engine: Engine) throws {
    let site = try TestSite(engine)
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    try site.write("005_e_default_upgrade.sql", "CREATE TABLE e (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")

    let facts = [site.folder.path("core"), "3 of core", "core: 5"]
    try site.expectFailure(1, "db_sync", naming: facts)
    let status = try site.run("db_status")
    #expect(status.status == 4)
    #expect(status.output.contains("  5        5       0        3     0       "))
  }

  @Test(arguments: Engine.allCases, ["db_sync", "db_status", "db_version"])
  func `a table of other columns is not taken for a version table`(
    engine: Engine, command: String
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.database.execute("CREATE TABLE core_version (id INTEGER, version INTEGER)")
    try site.expectFailure(
      1, command, naming: ["core_version", "id, version", "migrate.cfg"])
  }

  @Test(arguments: Engine.allCases, ["db_sync", "db_status", "db_version"])
  func `a row without a version is no version`(engine: Engine, command: String) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    for value in ["NULL", "-1"] {
      try site.database.execute("UPDATE core_version SET version = \(value)")
      try site.expectFailure(1, command, naming: ["core_version", value, "core"])
    }
  }

  @Test func `a text is no version`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("UPDATE core_version SET version = 'two'")
    try site.expectFailure(1, "db_sync", naming: ["core_version", "'two'", "core"])
  }

  @Test(arguments: ["9.3e18", "1.5", "''", "'2 '", "x'02'"], ["db_sync", "db_status"])
  func `what SQLite keeps in the place of a version is shown, and the way to mend it`(
    value: String, command: String
  ) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    // A column without a type turns no text into a number.
    try site.database.execute(
      "ALTER TABLE core_version RENAME TO old",
      "CREATE TABLE core_version (repository_id TEXT PRIMARY KEY, repository_path TEXT, version)",
      "INSERT INTO core_version SELECT repository_id, repository_path, \(value) FROM old",
      "DROP TABLE old")
    let shown = ["9.3e18": "9.3e+18", "x'02'": "a blob of 1 bytes"][value] ?? value
    try site.expectFailure(
      1, command,
      naming: [
        "main.\"core_version\": the version of core is \(shown)", "hint:",
        "UPDATE main.\"core_version\" SET version = N WHERE repository_id = 'core'",
      ])
  }

  @Test(arguments: Engine.allCases, ["1", "2", "NULL"])
  func `two rows of one repository are named, not chosen from`(
    engine: Engine, second: String
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute(
      "ALTER TABLE core_version RENAME TO old",
      "CREATE TABLE core_version AS SELECT * FROM old", "DROP TABLE old",
      "INSERT INTO core_version VALUES ('core', '/other', \(second))")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    for command in ["db_sync", "db_status", "db_version"] {
      try site.expectFailure(
        1, command,
        naming: ["core_version", "2 rows of core", second, "primary key", "DELETE FROM"])
    }
    try site.database.execute(
      "DELETE FROM core_version", "INSERT INTO core_version VALUES ('core', '/other', 2)")
    try site.run("db_sync").expectSuccess()
    #expect(try site.version() == 3)
  }

  @Test(arguments: Engine.allCases)
  func `the largest number is a version that the repository does not have`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    if engine == .postgresql {
      try site.database.execute("ALTER TABLE core_version ALTER COLUMN version TYPE BIGINT")
    }
    try site.database.execute("UPDATE core_version SET version = \(Int64.max)")
    try site.expectFailure(1, "db_sync", naming: ["\(Int64.max) of core", "latest is 2"])
    #expect(try site.run("db_status").status == 4)
  }

  @Test(arguments: Engine.allCases)
  func `a script that meddles with its own version row is named`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("003_c_default_upgrade.sql", "UPDATE core_version SET version = 7;")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: [site.script("003_c_default_upgrade.sql"), "core"])
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a script that drops its version table is named`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "DROP TABLE core_version;")
    let facts = [site.script("003_c_default_upgrade.sql"), "core: 2"]
    try site.run("db_sync").expectFailure(1, naming: facts)
    #expect(try site.version() == 2)
  }
}
