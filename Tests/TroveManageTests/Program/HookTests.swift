import Foundation
import Testing
import TroveManage

/// Scripts around a run to the latest version.
@Suite struct HookTests {
  /// A site with two versions whose hooks write into the table `told`.
  private static func site(_ engine: Engine, after: String = "") throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine)
    try site.writeHook(
      "before_sync_default.sql",
      "CREATE TABLE IF NOT EXISTS told (word TEXT);\nINSERT INTO told VALUES ('before');")
    try site.writeHook("after_sync_default.sql", "INSERT INTO told VALUES ('after');\n\(after)")
    return site
  }

  private static func told(_ site: TestSite) throws -> [String?] {
    try site.database.rows("SELECT word FROM told").map { $0[0] }
  }

  private static func lone(_ engine: Engine) -> String {
    engine == .sqlite ? "VACUUM;" : "CREATE INDEX CONCURRENTLY IF NOT EXISTS a_id ON a (id);"
  }

  @Test(arguments: Engine.allCases)
  func `they run around everything else of a repository, in its transaction`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    try site.writeRepeatable("r_default.sql", "INSERT INTO told VALUES ('between');")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("[1/5] core at 0: before_sync_default.sql\n"))
    #expect(outcome.messages.contains("[5/5] core at 2: after_sync_default.sql\n"))
    #expect(outcome.output.contains("3 other scripts in 1 transaction"))
    #expect(try Self.told(site) == ["before", "between", "after"])
    let journal = try site.database.rows(
      """
      SELECT operation, from_version, to_version FROM trove_migrate_journal
      WHERE operation LIKE '%sync' ORDER BY id
      """)
    #expect(journal == [["before_sync", "0", "0"], ["after_sync", "2", "2"]])
  }

  @Test(arguments: Engine.allCases)
  func `without anything to do they do not run`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
    #expect(try Self.told(site) == ["before", "after"])
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.told(site) == ["before", "after", "before", "after"])
  }

  @Test(arguments: Engine.allCases)
  func `ways to other versions than the latest leave them out`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    try site.run("db_version_control").expectSuccess()
    try site.run("db_upgrade", "--version", "2").expectSuccess()
    try site.run("db_downgrade", "--version", "1").expectSuccess()
    #expect(try site.ownTables() == ["a"])
    try site.run("db_upgrade").expectSuccess()
    #expect(try Self.told(site) == ["before", "after"])
  }

  @Test(arguments: Engine.allCases)
  func `one that fails takes the whole run back`(engine: Engine) throws {
    let site = try Self.site(engine, after: "INSERT INTO nowhere VALUES (1);")
    let path = site.folder.path("core/hooks/after_sync_default.sql")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      1, naming: ["\(path):2:", "hook after_sync of core at version 2", "nothing was changed"])
    #expect(try site.ownTables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `versions that are committed one by one have them in transactions of their own`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, after: "INSERT INTO nowhere VALUES (1);")
    let outcome = try site.run("db_sync", "--transaction", "version")
    outcome.expectFailure(1, naming: ["core: 0 -> 2"])
    #expect(try Self.told(site) == ["before"])
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `one that a run has not come to is owed, whatever else there is to do`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, after: "INSERT INTO nowhere VALUES (1);")
    try site.run("db_sync", "--transaction", "version").expectFailure(1, naming: ["core: 0 -> 2"])
    let path = site.folder.path("core/hooks/after_sync_default.sql")
    let check = try site.run("db_check")
    #expect(check.status == 3)
    #expect(check.output.contains("\(path): the hook after_sync of core has not run since"))
    #expect(try site.run("db_status").output.contains("0, 1 script to run"))
    try site.writeHook("after_sync_default.sql", "INSERT INTO told VALUES ('after');")
    let runners = try (0..<8).map { _ in try site.start(["db_sync"]) }
    for runner in runners { try runner.outcome(within: .seconds(100)).expectSuccess() }
    #expect(try Self.told(site) == ["before", "after"])
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a version that is gone on with has had its hook before`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.writeHook(
      "before_sync_default.sql",
      "-- migrate: no-transaction\nCREATE TABLE told (word TEXT);\nINSERT INTO told VALUES ('before');"
    )
    let text = "-- migrate: no-transaction\nCREATE TABLE c (id INTEGER);\n"
    try site.write("003_c_default_upgrade.sql", text + "INSERT INTO nowhere VALUES (1);")
    try site.run("db_sync").expectFailure(1, naming: ["core: 2, upgrade to 3 interrupted"])
    try site.write("003_c_default_upgrade.sql", text + "INSERT INTO c VALUES (1);")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.told(site) == ["before", "after"])
    #expect(try site.version() == 3)
  }

  @Test(arguments: Engine.allCases)
  func `one outside a transaction is gone on with, though nothing else is to do`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, after: "\(Self.lone(engine))\nINSERT INTO nowhere VALUES (1);")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["core: 2, after_sync interrupted after 2 statements"])
    #expect(try Self.told(site) == ["before", "after"])
    let check = try site.run("db_check")
    #expect(check.status == 4)
    #expect(check.output.contains("the hook after_sync of core at version 2 was interrupted"))
    try site.expectFailure(
      1, "db_upgrade", "--version", "2", naming: ["hook after_sync of core", "hint: db_sync"])

    let path = site.folder.path("core/hooks/after_sync_default.sql")
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try FileManager.default.removeItem(atPath: path)
    try site.expectFailure(1, "db_sync", naming: ["hook after_sync of core", "hint:"])
    try site.writeHook(
      "after_sync_default.sql", text.replacing("nowhere VALUES (1)", with: "told VALUES ('end')"))
    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(next.messages.contains("an interrupted run has done 2 statements of 3"))
    #expect(try Self.told(site) == ["before", "after", "end"])
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `one that was interrupted before the versions comes first again`(engine: Engine) throws {
    let site = try Self.site(engine)
    let text = "-- migrate: no-transaction\nCREATE TABLE told (word TEXT);\n"
    try site.writeHook("before_sync_default.sql", text + "INSERT INTO nowhere VALUES (1);")
    try site.run("db_sync").expectFailure(1, naming: ["before_sync interrupted after 1 statement"])
    #expect(try site.ownTables() == ["told"])
    try site.writeHook("before_sync_default.sql", text + "INSERT INTO told VALUES ('first');")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.told(site) == ["first", "after"])
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `an interrupted one is ended before the next run begins its own`(engine: Engine) throws {
    let site = try Self.site(engine, after: "\(Self.lone(engine))\nINSERT INTO nowhere VALUES (1);")
    try site.run("db_sync").expectFailure(1, naming: ["after_sync interrupted"])
    try site.writeHook(
      "after_sync_default.sql",
      "INSERT INTO told VALUES ('after');\n\(Self.lone(engine))\nINSERT INTO told VALUES ('end');")
    try site.writeRepeatable("r_default.sql", "INSERT INTO told VALUES ('between');")
    try site.run("db_sync").expectSuccess()
    #expect(
      try Self.told(site) == ["before", "after", "end", "before", "between", "after", "end"])
  }

  @Test(arguments: Engine.allCases)
  func `a plugin's does not touch what core has`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.addPlugin()
    try site.folder.write("plugin/hooks/before_sync_default.sql", "DELETE FROM told;")
    let path = site.folder.path("plugin/hooks/before_sync_default.sql")
    try site.run("db_sync").expectFailure(
      1, naming: ["\(path):1:1: plugin plugin hook before_sync", "which core owns"])
    #expect(try site.ownTables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a printed script runs them, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.expectSameByShell("db_sync")
  }

  @Test(arguments: [
    (
      "hooks/after_default.sql", "'after' is no hook",
      "hint: the hooks are before_sync and after_sync"
    ),
    ("hooks/after_sync.sql", "'sync' is no dialect", "hint:"),
    ("hooks/after_sync_postgres.sql", "'postgres' is no dialect", "use postgresql"),
    ("repeatable/v.sql", "the name is not NAME_DIALECT.sql", "error:"),
    ("repeatable/_sqlite.sql", "the name is not NAME_DIALECT.sql", "error:"),
    ("repeatable/v_sqlite3.sql", "'sqlite3' is no dialect", "use sqlite"),
  ])
  func `a name that is none is told with its file`(
    name: String, reason: String, hint: String
  ) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.folder.write("core/\(name)", "SELECT 1;")
    try site.expectFailure(
      1, "db_sync", naming: ["\(site.folder.path("core/\(name)")): \(reason)", hint])
  }

  @Test func `other files are nobody's business`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    for name in ["hooks/README", "hooks/.after.sql", "repeatable/x.sql~", "repeatable/notes.md"] {
      try site.folder.write("core/\(name)", "nonsense")
    }
    try site.run("db_sync").expectSuccess()
  }
}

extension TestSite {
  /// Writes a hook of core.
  func writeHook(_ name: String, _ text: String) throws {
    try folder.write("core/hooks/\(name)", text)
  }
}
