import Foundation
import Testing
import TroveManage

/// Scripts that run outside a transaction, statement by statement.
@Suite struct OutsideScriptTests {
  /// A script whose statements each leave a row, with one among them that no transaction can hold.
  private static func script(_ engine: Engine, last: String = "INSERT INTO a VALUES (3);") -> String
  {
    let lone = engine == .sqlite ? "VACUUM;" : "CREATE INDEX CONCURRENTLY a_id ON a (id);"
    return "INSERT INTO a VALUES (1);\n\(lone)\nINSERT INTO a VALUES (2);\n\(last)\n"
  }

  private static func site(_ engine: Engine, last: String = "INSERT INTO a VALUES (3);") throws
    -> TestSite
  {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("003_c_default_upgrade.sql", script(engine, last: last))
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    return site
  }

  private static func rows(_ site: TestSite) throws -> [String?] {
    try site.database.rows("SELECT id FROM a ORDER BY id").map { $0[0] }
  }

  @Test(arguments: Engine.allCases)
  func `the plan says what runs outside a transaction, and why`(engine: Engine) throws {
    let site = try Self.site(engine)
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    let path = site.script("003_c_default_upgrade.sql")
    #expect(outcome.messages.contains("core 2 -> 3 runs outside a transaction"))
    #expect(
      outcome.messages.contains("\(path):2:1: \(engine == .sqlite ? "VACUUM" : "CREATE INDEX")"))
    #expect(outcome.output.contains("core: 0 -> 4\n"))
    #expect(try Self.rows(site) == ["1", "2", "3"])
    let journal = try site.database.rows(
      "SELECT to_version, statements FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["1", "1"], ["2", "1"], ["3", "4"], ["4", "1"]])
    #expect(try site.database.rows("SELECT * FROM trove_migrate_progress").isEmpty)
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 4\n")
  }

  @Test(arguments: Engine.allCases)
  func `a script may ask for it`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write(
      "003_c_default_upgrade.sql", "-- migrate: no-transaction\nCREATE TABLE c (id INTEGER);")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    let path = site.script("003_c_default_upgrade.sql")
    #expect(outcome.messages.contains("\(path) asks for it"))
    #expect(try site.ownTables() == ["a", "b", "c"])
  }

  @Test(arguments: Engine.allCases)
  func `a statement that fails keeps those before it, and the next run goes on there`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    let outcome = try site.run("db_sync")
    let path = site.script("003_c_default_upgrade.sql")
    outcome.expectFailure(
      1,
      naming: [
        "\(path):4:", "nowhere", "core: 2, upgrade to 3 interrupted after 3 statements",
      ])
    #expect(!outcome.messages.contains("nothing was changed"))
    #expect(try Self.rows(site) == ["1", "2"])
    let status = try site.run("db_status")
    status.expectSuccess()
    #expect(status.output.contains("2, upgrade to 3 interrupted after 3 statements"))

    try site.write("003_c_default_upgrade.sql", Self.script(engine))
    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(next.messages.contains("an interrupted run has done 3 statements of 4"))
    #expect(try Self.rows(site) == ["1", "2", "3"])
    #expect(try site.version() == 4)
    #expect(try site.database.rows("SELECT * FROM trove_migrate_progress").isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `an interrupted script is in the JSON document`(engine: Engine) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    let failure = try site.run("--json", "db_sync")
    let repositories = try #require(try failure.document()["repositories"] as? [[String: Any]])
    let interrupted = try #require(repositories.first?["interrupted"] as? [String: Any])
    #expect(interrupted["statements_done"] as? Int == 3)
    #expect(interrupted["operation"] as? String == "upgrade")
    #expect(interrupted["from"] as? Int == 2)
    #expect(interrupted["to"] as? Int == 3)
  }

  @Test(arguments: Engine.allCases)
  func `the part that ran must not be edited, the rest may`(engine: Engine) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    #expect(try site.run("db_sync").status == 1)
    let edited = Self.script(engine).replacing("VALUES (1)", with: "VALUES (11)")
    try site.write("003_c_default_upgrade.sql", edited)
    let path = site.script("003_c_default_upgrade.sql")
    try site.expectFailure(
      1, "db_sync", naming: ["\(path):1:1: statement 1 was run", "hint: put it back"])
    try site.write(
      "003_c_default_upgrade.sql", "-- migrate: no-transaction\nINSERT INTO a VALUES (1);")
    try site.expectFailure(1, "db_sync", naming: [path, "statement 2 was run"])
    // Comments, line ends and what is new behind it are the author's.
    try site.write(
      "003_c_default_upgrade.sql",
      "-- mended\n"
        + Self.script(engine, last: "INSERT INTO a VALUES (4), (5);\n").replacing(
          "\n", with: "\r\n"))
    try site.run("db_sync").expectSuccess()
    #expect(try Self.rows(site) == ["1", "2", "4", "5"])
  }

  @Test(arguments: Engine.allCases)
  func `no other way is taken while a script is interrupted`(engine: Engine) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    #expect(try site.run("db_sync").status == 1)
    let facts = [
      "the upgrade of core from 2 to 3 was interrupted after 3", "hint: db_sync goes on",
    ]
    try site.expectFailure(1, "db_downgrade", "--version", "1", naming: facts)
    try site.expectFailure(1, "db_upgrade", "--version", "2", naming: facts)
    try site.folder.remove("core/versions/003_c_default_upgrade.sql")
    try site.expectFailure(1, "db_sync", naming: facts)
  }

  @Test(arguments: Engine.allCases)
  func `a downgrade may run outside a transaction, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write("004_d_default_downgrade.sql", "DROP TABLE d;")
    let lone = engine == .sqlite ? "VACUUM;" : "DROP INDEX CONCURRENTLY a_id;"
    try site.write("003_c_default_downgrade.sql", "DELETE FROM a;\n\(lone)")
    try site.run("db_sync").expectSuccess()
    try site.run("db_downgrade", "--version", "2").expectSuccess()
    #expect(try site.version() == 2)
    #expect(try Self.rows(site) == [])
  }

  @Test(arguments: Engine.allCases)
  func `db_recreate forgets an interrupted script`(engine: Engine) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    #expect(try site.run("db_sync").status == 1)
    try site.write("003_c_default_upgrade.sql", Self.script(engine))
    try site.run("db_recreate").expectSuccess()
    #expect(try Self.rows(site) == ["1", "2", "3"])
    #expect(try site.version() == 4)
  }

  @Test func `a db_recreate that drops and then fails does not say that nothing was changed`()
    throws
  {
    let site = try TestSite(.sqlite, ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"])
    try site.run("db_sync").expectSuccess()
    try site.write("001_a_default_upgrade.sql", "VACUUM nowhere;")
    try site.database.execute("CREATE TABLE theirs (id INTEGER)")
    let outcome = try site.run("db_recreate")
    outcome.expectFailure(
      1, naming: ["nowhere", "everything was dropped before", "core: no version yet"])
    #expect(!outcome.messages.contains("nothing was changed"))
  }

  @Test func `db_recreate may begin with a script outside a transaction`() throws {
    let site = try TestSite(
      .sqlite, ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER); VACUUM;"])
    try site.run("db_sync").expectSuccess()
    try site.database.execute("INSERT INTO a VALUES (1)")
    try site.run("db_recreate").expectSuccess()
    #expect(try Self.rows(site) == [])
  }

  @Test(arguments: Engine.allCases)
  func `many runners at once apply each statement once`(engine: Engine) throws {
    let site = try Self.site(engine)
    let runners = try (0..<12).map { _ in try site.start(["db_sync"]) }
    for runner in runners { try runner.outcome(within: .seconds(100)).expectSuccess() }
    #expect(try Self.rows(site) == ["1", "2", "3"])
    #expect(try site.version() == 4)
    let journal = try site.database.rows("SELECT to_version FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["1"], ["2"], ["3"], ["4"]])
  }

  @Test(arguments: Engine.allCases)
  func `what cannot go on after an interruption is refused before anything runs`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    for (statement, fact) in [
      ("CREATE TEMP TABLE t (id INTEGER)", "as long as the session"),
      ("SAVEPOINT s", "belongs to a transaction"), ("BEGIN", "belongs to a transaction"),
    ] {
      try site.write(
        "003_c_default_upgrade.sql", "-- migrate: no-transaction\n\(statement);\nSELECT 1;")
      let path = site.script("003_c_default_upgrade.sql")
      try site.expectFailure(1, "db_sync", naming: ["\(path):2:1: ", fact, "hint: "])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a database with an interrupted script is not put under version control`(
    engine: Engine
  ) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql":
          "-- migrate: no-transaction\nCREATE TABLE a (id INTEGER); SELEC;"
      ])
    #expect(try site.run("db_sync").status == 1)
    try site.expectFailure(
      1, "db_version_control",
      naming: ["the upgrade of core from 0 to 1 was interrupted", "DELETE FROM"])
  }

  @Test(arguments: Engine.allCases)
  func `the way out that an interrupted script names works`(engine: Engine) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    #expect(try site.run("db_sync").status == 1)
    try site.database.execute("UPDATE core_version SET version = 3")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["was interrupted after 3 statements", "set the version"])
    let statement = try #require(outcome.messages.firstMatch(of: /DELETE FROM .*/)).output
    try site.database.execute(String(statement))
    try site.run("db_sync").expectSuccess()
    #expect(try site.version() == 4)
  }

  @Test func `progress that goes away while its script runs ends the run`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.write(
      "003_c_default_upgrade.sql",
      "-- migrate: no-transaction\nINSERT INTO a VALUES (1); SELECT pg_sleep(2); INSERT INTO a VALUES (2);"
    )
    let runner = try site.start(["db_sync"])
    try waitUntil("the first row") { (try? Self.rows(site)) == ["1"] }
    try site.database.execute("DELETE FROM trove_migrate_progress")
    try runner.outcome(within: .seconds(30)).expectFailure(
      1, naming: ["somebody has removed from", "trove_migrate_progress"])
    #expect(try Self.rows(site) == ["1"])
  }

  @Test(arguments: Engine.allCases)
  func `progress that was edited into nonsense exits with 4 and the mend`(engine: Engine) throws {
    let site = try Self.site(engine, last: "INSERT INTO nowhere VALUES (3);")
    #expect(try site.run("db_sync").status == 1)
    try site.database.execute("DELETE FROM trove_migrate_progress WHERE statement = 2")
    let facts = ["trove_migrate_progress", "makes no sense", "DELETE FROM"]
    try site.expectFailure(4, "db_sync", naming: facts)
    try site.expectFailure(4, "db_status", naming: facts)
  }
}
