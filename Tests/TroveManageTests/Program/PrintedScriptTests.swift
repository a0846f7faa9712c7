import Foundation
import Testing
import TroveManage

/// `db_sync --sql`, run by psql and sqlite3.
@Suite struct PrintedScriptTests {
  /// Core makes, fills and changes; the plugin refers to core's table; both have something odd.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_make_some_default_upgrade.sql": """
        CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(40));
        INSERT INTO a VALUES (1, 'it''s; -- a \\ "note"'), (2, 'and
        two lines');
        CREATE VIEW v AS SELECT id FROM a;
        """,
        "002_setting_default_upgrade.sql": engine == .sqlite
          ? "PRAGMA recursive_triggers = ON; CREATE TEMP TABLE t (x INTEGER); CREATE TABLE b (id INTEGER);"
          : "CREATE SCHEMA other; SET search_path TO other; CREATE TABLE b (id SERIAL);",
        "003_more_default_upgrade.sql": "CREATE TABLE c (id INTEGER PRIMARY KEY);\n",
        "003_more_default_downgrade.sql": "DROP TABLE c;\n",
        "002_setting_default_downgrade.sql": engine == .sqlite
          ? "DROP TABLE b;" : "DROP SCHEMA other CASCADE;",
      ], plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER PRIMARY KEY REFERENCES a (id));",
        "002_q_default_upgrade.sql":
          "ALTER TABLE p ADD COLUMN q INTEGER; INSERT INTO p VALUES (1, 2);",
      ])
    return site
  }

  /// Nothing is pending or amiss.
  private static func expectSound(_ site: TestSite) throws {
    try site.run("db_check").expectSuccess()
    try site.run("db_diff").expectSuccess()
    let status = try site.run("db_status", "--json").document()
    #expect(status["ok"] as? Bool == true)
  }

  @Test(arguments: Engine.allCases, TransactionScope.allCases)
  func `a shell makes the database that db_sync makes`(
    engine: Engine, scope: TransactionScope
  ) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_sync", "--transaction", scope.rawValue)
    try Self.expectSound(site)
    #expect(try site.run("db_sync").output.hasPrefix("Nothing to do"))
  }

  @Test(arguments: Engine.allCases)
  func `a database goes on from where it stands`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_sync") {
      try site.run("db_version_control", "--version", "0").expectSuccess()
      try site.run("db_upgrade", "--version", "2").expectSuccess()
    }
    try Self.expectSound(site)
  }

  @Test(arguments: Engine.allCases)
  func `one that sqlalchemy-migrate made goes on, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_sync") {
      try site.run("db_version_control", "--version", "0").expectSuccess()
      try site.run("db_upgrade", "--version", "1").expectSuccess()
      for table in try site.database.tables() where table.hasPrefix("trove_migrate_") {
        try site.database.execute("DROP TABLE \(table)")
      }
    }
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `one repository is printed alone`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_sync", "--repo_path", site.folder.path("plugin")) {
      try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    }
    try Self.expectSound(site)
  }

  @Test(arguments: Engine.allCases)
  func `the way down is printed, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_downgrade", "1") { try site.run("db_sync").expectSuccess() }
    #expect(try site.version() == 1)
  }

  @Test(arguments: Engine.allCases)
  func `core as it is shipped is printed whole`(engine: Engine) throws {
    let site = try TestSite(engine)
    try site.expectSameByShell("db_sync", "--repo_path", Checkout.core.text)
    try site.run("db_sync", "--repo_path", Checkout.core.text).expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a script outside a transaction stands outside of BEGIN and COMMIT`(engine: Engine) throws {
    let site = try Self.site(engine)
    let lone = engine == .sqlite ? "VACUUM;" : "CREATE INDEX CONCURRENTLY a_note ON a (note);"
    try site.write("004_alone_default_upgrade.sql", "INSERT INTO a VALUES (3, 'x');\n\(lone)\n")
    try site.write("005_e_default_upgrade.sql", "CREATE TABLE e (id INTEGER);")
    try site.expectSameByShell("db_sync")
    try Self.expectSound(site)
    try site.empty()
    let text = try site.run("db_sync", "--sql").output
    let position = try #require(text.range(of: lone)?.lowerBound)
    let lines = text[..<position].split(separator: "\n")
    #expect(lines.count { $0.hasPrefix("BEGIN") } == lines.count { $0 == "COMMIT;" })
    #expect(text.hasSuffix("COMMIT;\n"))
  }

  @Test(arguments: Engine.allCases)
  func `the script does nothing where the database stands elsewhere`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    try site.run("db_downgrade", "2").expectSuccess()
    let script = try site.run("db_sync", "--sql").output
    try site.run("db_sync").expectSuccess()
    let before = try site.contents()
    let shell = try site.runShell(script)
    #expect(shell.status != 0)
    #expect(shell.messages.contains("core does not stand at version 2: the script stops here"))
    #expect(try site.contents() == before)
    // Neither in one that is empty.
    try site.empty()
    let (status, messages) = try site.runShell(script)
    #expect(status != 0 && messages.contains("core_version"), "\(messages)")
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a statement that fails ends the script, and nothing of it stays`(engine: Engine) throws {
    let site = try Self.site(engine)
    let script = try site.run("db_sync", "--sql").output
    try site.database.execute("CREATE TABLE p (mine INTEGER)")
    let shell = try site.runShell(script)
    #expect(shell.status != 0 && shell.messages.contains("p"), "\(shell.messages)")
    #expect(try site.database.tables() == ["p"])
  }

  @Test func `rows without a parent end the script as they end a run`() throws {
    let site = try Self.site(.sqlite)
    try site.write(
      "004_dangling_default_upgrade.sql",
      "CREATE TABLE k (a INTEGER REFERENCES a (id));\nINSERT INTO k VALUES (9);")
    // The rehearsal meets it first.
    try site.run("db_sync", "--sql").expectFailure(1, naming: ["scratch database", "k"])
    #expect(try site.ownTables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `nothing to do is a script that does nothing`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    let outcome = try site.run("db_sync", "--sql")
    outcome.expectSuccess()
    #expect(outcome.output.split(separator: "\n").allSatisfy { $0.hasPrefix("--") })
  }

  @Test(arguments: Engine.allCases)
  func `a version in Python is refused by name`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade("pass"))
    try site.expectFailure(
      1, "db_sync", "--sql", naming: ["002_b.py", "upgrade 1 -> 2 of core", "repo_convert"])
  }

  @Test func `a statement that reaches beyond the database is not tried beside it`() throws {
    let site = try Self.site(.postgresql)
    let role = "r_\(site.database.roleSuffix)"
    let name = "004_role_default_upgrade.sql"
    try site.write(name, "CREATE TABLE d (id INTEGER);\nCREATE ROLE \(role);")
    try site.expectFailure(
      1, "db_sync", "--sql", naming: ["\(site.script(name)):2:1", "--scratch", "--from 3 --to 4"])
    let roles = "SELECT 1 FROM pg_roles WHERE rolname = '\(role)'"
    #expect(try site.database.rows(roles).isEmpty)
    try site.run("db_sync", "--dry_run").expectSuccess()
    let arguments = ["--from", "3", "--to", "4", "--dialect", "postgresql"]
    let printed = try site.run(["db_sync", "--sql"] + arguments)
    printed.expectSuccess()
    #expect(printed.output.contains("CREATE ROLE \(role);\n"))
    #expect(try site.database.rows(roles).isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `what another repository hangs on a table is written down anew, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.folder.write(
      "plugin/versions/003_view_default_upgrade.sql",
      "CREATE VIEW pv AS SELECT a.id, a.note FROM a;")
    try site.write(
      "004_longer_default_upgrade.sql",
      engine == .sqlite
        ? "ALTER TABLE a ADD COLUMN more INTEGER;" : "ALTER TABLE a RENAME COLUMN note TO words;")
    try site.expectSameByShell("db_upgrade") {
      try site.run("db_version_control", "--version", "0").expectSuccess()
      try site.run("db_upgrade", "--version", "3").expectSuccess()
      try site.run("db_sync", "--repo_path", site.folder.path("plugin")).expectSuccess()
    }
    try site.run("db_check").expectSuccess()
  }

  @Test func `values of secret options are warned about, and shown where they are needed`() throws {
    let site = try Self.site(.sqlite)
    try site.writeConf(plugins: "./plugin", options: "[service]\npassword = hush")
    try site.write(
      "004_secret_default_upgrade.sql",
      "-- migrate: variables\nINSERT INTO a VALUES (7, ${service.password});")
    let outcome = try site.run("db_sync", "--sql")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("shows values of secret options"))
    #expect(!outcome.messages.contains("hush") && outcome.output.contains("(7, 'hush')"))
    #expect(try site.runShell(outcome.output).status == 0)
    #expect(try site.database.rows("SELECT note FROM a WHERE id = 7") == [["hush"]])
  }

  @Test(arguments: Engine.allCases)
  func `late versions and interrupted scripts are refused by name`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "004_d_default_upgrade.sql": "CREATE TABLE d (id INTEGER);",
      ])
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.expectFailure(1, "db_sync", "--sql", naming: ["--allow_late"])
    try site.expectFailure(1, "db_sync", "--sql", "--allow_late", naming: ["003_c", "is late"])
    let shown = try site.run("db_sync", "--dry_run", "--allow_late")
    shown.expectSuccess()
    #expect(shown.output.contains("core: stays at 4, 1 version, 1 of them late\n"))
    try site.folder.remove("core/versions/003_c_default_upgrade.sql")
    try site.write(
      "005_e_default_upgrade.sql",
      "-- migrate: no-transaction\nCREATE TABLE e (id INTEGER);\nCREATE TABLE e (id INTEGER);")
    #expect(try site.run("db_sync").status == 1)
    try site.expectFailure(1, "db_sync", "--sql", naming: ["005_e", "was interrupted"])
    let dry = try site.run("db_sync", "--dry_run")
    dry.expectSuccess()
    #expect(dry.output.contains("an interrupted run has done 1 statement of 2"))
  }

  @Test(arguments: Engine.allCases)
  func `with --json the script is a member of the document`(engine: Engine) throws {
    let site = try Self.site(engine)
    let document = try site.run("db_sync", "--sql", "--json").document()
    let script = try #require(document["sql"] as? String)
    let shell = try site.runShell(script)
    #expect(shell.status == 0, "\(shell.messages)")
    try Self.expectSound(site)
  }

  @Test(arguments: Engine.allCases)
  func `what was changed outside migrations is warned about`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    try site.database.execute("ALTER TABLE a ADD COLUMN mine INTEGER")
    let outcome = try site.run("db_sync", "--sql")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("the schema is not what the scripts make"))
    #expect(outcome.messages.contains(": a"))
  }
}
