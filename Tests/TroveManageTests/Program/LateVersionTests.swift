import Foundation
import Testing
import TroveManage

/// Versions that appear below the one that the database stands at.
@Suite struct LateVersionTests {
  /// A site at 5 with 1 and 5 done, in which 3 appeared, with 7 ahead.
  private static func site(_ engine: Engine, late: String = "CREATE TABLE c (id INTEGER);") throws
    -> TestSite
  {
    let site = try TestSite(engine)
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    try site.write("005_e_default_upgrade.sql", "CREATE TABLE e (id INTEGER);")
    try site.write("001_a_default_downgrade.sql", "DROP TABLE a;")
    try site.write("005_e_default_downgrade.sql", "DROP TABLE e;")
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", late)
    try site.write("003_c_default_downgrade.sql", "DROP TABLE c;")
    return site
  }

  private static func journal(_ site: TestSite) throws -> [[String?]] {
    try site.database.rows(
      "SELECT operation, from_version, to_version FROM trove_migrate_journal ORDER BY id")
  }

  @Test(arguments: Engine.allCases)
  func `late versions are refused by the names of their files, with what allows them`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    let facts = [
      "3 of core appeared after the database had reached 5", "003_c_default_upgrade.sql",
      "hint: db_sync --allow_late",
    ]
    try site.expectFailure(1, "db_sync", naming: facts)
    try site.expectFailure(1, "db_upgrade", naming: facts)
    try site.expectFailure(1, "db_downgrade", "1", naming: facts)
  }

  @Test(arguments: Engine.allCases, ["run", "repository", "version"])
  func `with --allow_late they run before the newer ones, and are late no more`(
    engine: Engine, scope: String
  ) throws {
    let site = try Self.site(engine)
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d AS SELECT * FROM c;")
    try site.write("007_g_default_upgrade.sql", "CREATE TABLE g AS SELECT * FROM d;")
    let outcome = try site.run("db_sync", "--allow_late", "--transaction", scope)
    outcome.expectSuccess()
    #expect(outcome.output.contains("core: 5 -> 7\ncore: late 3, 4\nDone: 3 versions"))
    #expect(try site.ownTables() == ["a", "c", "d", "e", "g"])
    #expect(try site.version() == 7)
    #expect(
      try Self.journal(site).dropFirst(2) == [
        ["upgrade", "1", "3"], ["upgrade", "3", "4"], ["upgrade", "5", "7"],
      ])
    try site.run("db_status").expectSuccess()
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 7\n")
  }

  @Test(arguments: Engine.allCases)
  func `the version's row stays where it is, and db_downgrade undoes what was late`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    let outcome = try site.run("db_upgrade", "--allow_late")
    outcome.expectSuccess()
    #expect(outcome.output.hasPrefix("core: late 3\nDone: 1 version in"))
    #expect(try site.version() == 5)
    try site.run("db_downgrade", "1").expectSuccess()
    #expect(try site.ownTables() == ["a"])
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "c", "e"])
    try site.run("db_status").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `each late version is late until it ran itself`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync", "--allow_late").expectSuccess()
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b (id INTEGER);")
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    let status = try site.run("db_status", "--json")
    #expect(status.status == 4)
    let repositories = try #require(try status.document()["repositories"] as? [[String: Any]])
    #expect(repositories.map { $0["late"] as? [Int] } == [[2, 4]])
    try site.run("db_sync", "--allow_late").expectSuccess()
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 5\n")
  }

  @Test(arguments: Engine.allCases)
  func `a late version does not make one late whose file is gone for a while`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("005_e_default_upgrade.sql", "CREATE TABLE e (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    let file = "core/versions/002_b_default_upgrade.sql"
    try site.folder.remove(file)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync", "--allow_late").expectSuccess()
    try site.folder.write(file, "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 5\n")
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `a late version that fails leaves the database as it was`(
    engine: Engine, scope: String
  ) throws {
    let site = try Self.site(engine, late: "CREATE TABLE c (id INTEGER); SELECT * FROM nowhere;")
    try site.write("007_g_default_upgrade.sql", "CREATE TABLE g (id INTEGER);")
    let outcome = try site.run("db_sync", "--allow_late", "--transaction", scope)
    outcome.expectFailure(1, naming: ["003_c_default_upgrade.sql:1:", "nowhere", "core: 5"])
    #expect(try site.ownTables() == ["a", "e"])
    #expect(try site.version() == 5)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync", "--allow_late").expectSuccess()
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `many runners at once run a late version once`(engine: Engine, scope: String) throws {
    let site = try Self.site(engine, late: "CREATE TABLE c (id INTEGER);")
    let arguments = ["db_sync", "--allow_late", "--transaction", scope]
    let runners = try (0..<8).map { _ in try site.start(arguments) }
    for runner in runners { try runner.outcome(within: .seconds(100)).expectSuccess() }
    #expect(try Self.journal(site).count == 3)
    #expect(try site.version() == 5)
  }

  // MARK: Outside a transaction

  private static func outside(_ engine: Engine, last: String) -> String {
    let lone = engine == .sqlite ? "VACUUM;" : "CREATE INDEX CONCURRENTLY a_id ON a (id);"
    return "INSERT INTO a VALUES (1);\n\(lone)\nINSERT INTO a VALUES (2);\n\(last)"
  }

  @Test(arguments: Engine.allCases)
  func `a late script outside a transaction goes on where it was interrupted`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, late: Self.outside(engine, last: "SELECT * FROM nowhere;"))
    try site.write("007_g_default_upgrade.sql", "CREATE TABLE g (id INTEGER);")
    let failure = try site.run("db_sync", "--allow_late")
    failure.expectFailure(1, naming: ["core: 5, upgrade to 3 interrupted after 3 statements"])
    try site.expectFailure(1, "db_sync", naming: ["hint: db_sync --allow_late"])
    // One more that appears below it does not keep it from going on.
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b (id INTEGER);")
    try site.write("003_c_default_upgrade.sql", Self.outside(engine, last: "-- done"))
    try site.run("db_sync", "--allow_late").expectSuccess()
    #expect(try site.database.rows("SELECT id FROM a ORDER BY id") == [["1"], ["2"]])
    #expect(
      try Self.journal(site).dropFirst(2) == [
        ["upgrade", "1", "3"], ["upgrade", "1", "2"], ["upgrade", "5", "7"],
      ])
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 7\n")
    #expect(try site.database.rows("SELECT * FROM trove_migrate_progress").isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `an interrupted newer script is done before a late one`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.folder.remove("core/versions/003_c_default_upgrade.sql")
    try site.folder.remove("core/versions/003_c_default_downgrade.sql")
    try site.write(
      "007_g_default_upgrade.sql", Self.outside(engine, last: "SELECT * FROM nowhere;"))
    #expect(try site.run("db_sync").status == 1)
    try site.write("007_g_default_upgrade.sql", Self.outside(engine, last: "-- done"))
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.write("008_h_default_upgrade.sql", "CREATE TABLE h AS SELECT * FROM c;")
    try site.run("db_sync", "--allow_late").expectSuccess()
    #expect(
      try Self.journal(site).dropFirst(2) == [
        ["upgrade", "5", "7"], ["upgrade", "1", "3"], ["upgrade", "7", "8"],
      ])
    #expect(try site.version() == 8)
    try site.run("db_status").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `many runners at once run each statement of a late script once`(engine: Engine) throws {
    let site = try Self.site(engine, late: Self.outside(engine, last: "INSERT INTO a VALUES (3);"))
    let runners = try (0..<8).map { _ in try site.start(["db_sync", "--allow_late"]) }
    for runner in runners { try runner.outcome(within: .seconds(100)).expectSuccess() }
    #expect(try site.database.rows("SELECT id FROM a ORDER BY id") == [["1"], ["2"], ["3"]])
    #expect(try Self.journal(site).count == 3)
    #expect(try site.version() == 5)
  }

  @Test(arguments: Engine.allCases)
  func `a killed run leaves a late version late or done`(engine: Engine) throws {
    let long =
      engine == .postgresql
      ? "SELECT pg_sleep(300);"
      : "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n;"
    let site = try Self.site(engine)
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);\n\(long)")
    let runner = try site.start(["db_sync", "--allow_late", "--transaction", "version"])
    try waitUntil("the first late version") { try Self.journal(site).count == 3 }
    runner.send(SIGKILL)
    _ = try runner.outcome(within: .seconds(30))
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    try site.run("db_sync", "--allow_late").expectSuccess()
    #expect(try site.ownTables() == ["a", "c", "d", "e"])
    #expect(try Self.journal(site).count == 4)
    #expect(try site.version() == 5)
  }
}
