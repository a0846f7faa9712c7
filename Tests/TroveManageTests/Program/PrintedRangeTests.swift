import Foundation
import Testing
import TroveManage

/// `db_sync --from A --to B`, which asks no database.
@Suite struct PrintedRangeTests {
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY);",
        "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER); INSERT INTO b VALUES (1);",
        "003_c_default_upgrade.sql": "CREATE TABLE c (id INTEGER);",
        "003_c_default_downgrade.sql": "DROP TABLE c;",
        "002_b_default_downgrade.sql": "DROP TABLE b;",
      ], plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: ["001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER REFERENCES a (id));"])
    return site
  }

  /// The words of the printed script; no database is there to be asked.
  private static func script(_ site: TestSite, _ arguments: String...) throws -> String {
    try site.folder.write(
      "offline.conf", "[DEFAULT]\ndb_plugins = ./plugin\n[migrate]\ncore_repo_path = core\n")
    var all = ["--config-file", site.folder.path("offline.conf"), "db_sync", "--sql"] + arguments
    all += ["--dialect", site.engine.dialect.rawValue]
    let outcome = try TestProgram.run(all, folder: site.folder.path)
    outcome.expectSuccess()
    return outcome.output
  }

  @Test(arguments: Engine.allCases, TransactionScope.allCases)
  func `a way up and a way down lead where they say`(
    engine: Engine, scope: TransactionScope
  ) throws {
    let site = try Self.site(engine)
    for (from, to) in [(0, 2), (2, 3), (3, 1), (1, 3)] {
      let script = try Self.script(
        site, "--from", "\(from)", "--to", "\(to)", "--transaction", scope.rawValue)
      let shell = try site.runShell(script)
      #expect(shell.status == 0, "\(shell.messages)")
      #expect(try site.version() == to)
    }
    #expect(try site.ownTables() == ["a", "b", "c"])
    let plugin = site.folder.path("plugin")
    let script = try Self.script(site, "--from", "0", "--to", "1", "--repo_path", plugin)
    #expect(try site.runShell(script).status == 0)
    if engine == .postgresql { try site.run("db_adopt", "--yes").expectSuccess() }
    try site.run("db_check").expectSuccess()
    try site.run("db_diff").expectSuccess()
    // A run knows who owns what.
    try site.folder.write("plugin/versions/002_q_default_upgrade.sql", "DROP TABLE c;")
    try site.run("db_sync").expectFailure(1, naming: ["002_q_default_upgrade.sql:1:1", "core"])
  }

  @Test(arguments: Engine.allCases)
  func `one that db_sync made goes on`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_version_control", "--version", "0").expectSuccess()
    try site.run("db_upgrade", "--version", "1").expectSuccess()
    let script = try Self.script(site, "--from", "1", "--to", "3")
    let shell = try site.runShell(script)
    #expect(shell.status == 0, "\(shell.messages)")
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
    #expect(try site.runShell(script).messages.contains("core does not stand at version 1"))
  }

  @Test func `a scratch database lets PostgreSQL's owners be printed`() throws {
    let site = try Self.site(.postgresql)
    let script = try Self.script(
      site, "--from", "0", "--to", "3", "--scratch", TestDatabase.serverURL(database: "postgres"))
    #expect(try site.runShell(script).status == 0)
    #expect(try site.database.rows("SELECT count(*) FROM trove_migrate_objects") == [["3"]])
    try site.run("db_check").expectFailureStatus(3)
  }

  @Test(arguments: Engine.allCases)
  func `the dialect is that of the connection, whose database is not asked`(engine: Engine) throws {
    let site = try Self.site(engine)
    let url =
      engine == .sqlite
      ? "sqlite:////no/such/file" : "postgresql://nobody:\(TestSite.password)@192.0.2.1/none"
    try site.writeConf(url: url)
    let outcome = try site.run("db_sync", "--dry_run", "--from", "3", "--to", "1")
    outcome.expectSuccess()
    #expect(outcome.output.contains("core: 3 -> 1, 2 versions\n"))
    #expect(outcome.output.contains("DROP TABLE: DROP TABLE c\n"))
    try site.run("db_sync", "--sql", "--from", "1", "--to", "2").expectSuccess()
  }

  static let mistakes: [(arguments: [String], facts: [String])] = [
    (["--dry_run", "--sql"], ["--dry_run", "--sql"]),
    (["--from", "1", "--sql"], ["--to"]),
    (["--to", "1", "--sql"], ["--from"]),
    (["--from", "0", "--to", "1"], ["--sql", "--dry_run"]),
    (["--from", "0", "--to", "7", "--sql"], ["--to 7", "core"]),
    (["--from", "7", "--to", "1", "--dry_run"], ["--from 7", "core"]),
    (["--from", "x", "--to", "1", "--sql"], ["'x'"]),
    (["--dialect", "sqlite", "--sql"], ["--dialect"]),
    (["--from", "0", "--to", "1", "--sql", "--dialect", "mysql"], ["mysql"]),
    (["--scratch", "sqlite:///x", "--dry_run"], ["--scratch"]),
    (["--from", "0", "--to", "1", "--sql", "--allow_late"], ["--allow_late"]),
  ]

  @Test(arguments: mistakes)
  func `wrong combinations are refused`(sample: (arguments: [String], facts: [String])) throws {
    let site = try Self.site(.sqlite)
    try site.expectFailure(2, ["db_sync"] + sample.arguments, naming: sample.facts)
  }

  @Test func `without a connection the engine has to be named`() throws {
    let folder = try TestFolder()
    let arguments = ["db_sync", "--dry_run", "--repo_path", Checkout.core.text, "--from", "1"]
    let outcome = try TestProgram.run(arguments + ["--to", "2"], folder: folder.path)
    outcome.expectFailure(2, naming: ["--dialect sqlite", "--dialect postgresql"])
    try TestProgram.run(
      arguments + ["--to", "2", "--dialect", "postgresql"], folder: folder.path
    ).expectSuccess()
    #expect(try folder.contents().isEmpty)
  }

  @Test func `a protected database's way down is not printed`() throws {
    let site = try Self.site(.sqlite)
    try site.writeConf(options: "protected = true")
    try site.expectFailure(1, "db_sync", "--sql", "--from", "3", "--to", "1", naming: ["protected"])
  }
}

extension TestProgram.Outcome {
  fileprivate func expectFailureStatus(_ expected: Int32) {
    #expect(status == expected, "\(messages)")
  }
}
