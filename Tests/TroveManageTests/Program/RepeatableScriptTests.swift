import Foundation
import Testing
import TroveManage

/// Scripts that run whenever their text has changed.
@Suite struct RepeatableScriptTests {
  /// A site with two versions, and a view of the table `a`.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine)
    try site.writeRepeatable("view_default.sql", view("id"))
    return site
  }

  private static func view(_ expression: String) -> String {
    "DROP VIEW IF EXISTS v;\nCREATE VIEW v AS SELECT \(expression) AS x FROM a;\n"
  }

  private static func repeated(_ site: TestSite) throws -> [String?] {
    try site.database.rows(
      "SELECT script FROM trove_migrate_journal WHERE operation = 'repeatable' ORDER BY id"
    ).map { $0[0] }
  }

  @Test(arguments: Engine.allCases)
  func `they run behind the versions, in the order of their names`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.writeRepeatable(
      "another_default.sql",
      "DROP VIEW IF EXISTS v; DROP VIEW IF EXISTS w;\nCREATE VIEW w AS SELECT 1 AS x FROM b;")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("[3/4] core at 2: another_default.sql\n"))
    #expect(outcome.output.contains("Done: 2 versions and 2 other scripts in 1 transaction"))
    #expect(try Self.repeated(site) == ["another_default.sql", "view_default.sql"])
    #expect(try site.database.rows("SELECT x FROM v").isEmpty)
    #expect(try site.version() == 2)
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
    try site.run("db_diff").expectSuccess()
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `one runs again when its text changes, and it alone`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.writeRepeatable("z_default.sql", "SELECT 1;")
    try site.run("db_sync").expectSuccess()
    try site.writeRepeatable("view_default.sql", Self.view("id + 1"))
    let path = site.folder.path("core/repeatable/view_default.sql")
    let check = try site.run("db_check")
    #expect(check.status == 3)
    #expect(
      check.output.contains(
        "\(path): the repeatable script view_default.sql of core has changed since it ran"))
    #expect(try site.run("db_status").output.contains("0, 1 script to run"))
    let status = try site.run("db_status", "--json")
    #expect(status.output.contains("\"due_scripts\" : [\n        \"\(path)\"\n"))
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.output.contains("Done: 1 script in 1 transaction"))
    #expect(try Self.repeated(site) == ["view_default.sql", "z_default.sql", "view_default.sql"])
    try site.database.execute("INSERT INTO a VALUES (4)")
    #expect(try site.database.rows("SELECT x FROM v") == [["5"]])
    let history = try site.run("db_history")
    #expect(history.output.contains("repeatable at 2"))
  }

  @Test(arguments: Engine.allCases)
  func `other line ends are no other text`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    try site.writeRepeatable("view_default.sql", Self.view("id").replacing("\n", with: "\r\n"))
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
  }

  @Test(arguments: Engine.allCases)
  func `the script for the very engine is taken`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.writeRepeatable("view_\(engine.dialect.rawValue).sql", Self.view("id + 2"))
    let other = Dialect.allCases.first { $0 != engine.dialect }
    try site.writeRepeatable("view_\(other?.rawValue ?? "").sql", "nonsense;")
    try site.writeRepeatable("only_mysql.sql", "nonsense;")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.repeated(site) == ["view_\(engine.dialect.rawValue).sql"])
  }

  @Test(arguments: Engine.allCases)
  func `what a downgrade may have taken away is made again`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write("001_a_default_downgrade.sql", "DROP VIEW v; DROP TABLE a;")
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    try site.run("db_sync").expectSuccess()
    try site.run("db_downgrade", "--version", "0").expectSuccess()
    try site.run("db_upgrade", "--version", "1").expectSuccess()
    #expect(try Self.repeated(site) == ["view_default.sql"])
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT x FROM v").isEmpty)
    #expect(try Self.repeated(site) == ["view_default.sql", "view_default.sql"])
    try site.run("db_recreate").expectSuccess()
    #expect(try site.database.rows("SELECT x FROM v").isEmpty)
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
  }

  @Test(arguments: Engine.allCases)
  func `one that fails takes the whole run back`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.writeRepeatable("view_default.sql", "SELECT 1;\nINSERT INTO c VALUES (1);")
    let path = site.folder.path("core/repeatable/view_default.sql")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      1, naming: ["\(path):2:", "repeatable script of core at version 2", "nothing was changed"])
    #expect(try site.ownTables() == [])
    try site.writeRepeatable("view_default.sql", Self.view("id"))
    try site.run("db_sync").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `one that no transaction can hold is refused before anything runs`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    let path = site.folder.path("core/repeatable/view_default.sql")
    try site.writeRepeatable("view_default.sql", "-- migrate: no-transaction\nSELECT 1;")
    try site.expectFailure(1, "db_sync", naming: ["\(path): no transaction", "hooks/after_sync_"])
    try site.writeRepeatable("view_default.sql", "SELECT 1;\nVACUUM;")
    try site.expectFailure(1, "db_sync", naming: ["\(path):2:1: no transaction", "hint:"])
  }

  @Test(arguments: Engine.allCases)
  func `a plugin's does not touch what core has`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.addPlugin()
    try site.folder.write(
      "plugin/repeatable/v_default.sql", "DROP VIEW v;\nCREATE VIEW v AS SELECT 0 AS x;")
    let outcome = try site.run("db_sync")
    let path = site.folder.path("plugin/repeatable/v_default.sql")
    outcome.expectFailure(
      1,
      naming: ["\(path):1:1: plugin plugin repeatable script v_default.sql", "which core owns"])
    #expect(try site.ownTables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a printed script runs them, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_sync")
    try site.empty()
    try site.writeRepeatable("view_default.sql", Self.view("id"))
    try site.expectSameByShell("db_sync") {
      try site.writeRepeatable("view_default.sql", Self.view("id"))
      try site.run("db_sync").expectSuccess()
      try site.writeRepeatable("view_default.sql", Self.view("id + 3"))
    }
  }

  @Test(arguments: Engine.allCases)
  func `of many runners one runs it`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    try site.writeRepeatable("view_default.sql", Self.view("id + 4"))
    let runners = try (0..<8).map { _ in try site.start(["db_sync"]) }
    for runner in runners { try runner.outcome(within: .seconds(100)).expectSuccess() }
    #expect(try Self.repeated(site).count == 2)
  }
}

extension TestSite {
  /// Puts a plugin with a table of its own beside core.
  func addPlugin() throws {
    try writeConf(plugins: "./plugin")
    try folder.writeRepository(
      "plugin", scripts: ["001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
  }

  /// Writes a repeatable script of core.
  func writeRepeatable(_ name: String, _ text: String) throws {
    try folder.write("core/repeatable/\(name)", text)
  }
}
