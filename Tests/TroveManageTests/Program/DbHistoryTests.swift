import Foundation
import Testing
import TroveManage

/// `db_history` lists what ran and what failed.
@Suite struct DbHistoryTests {
  private static func history(
    _ site: TestSite, _ arguments: String...
  ) throws -> [[String: Any]] {
    let outcome = try site.run(["--json", "db_history"] + arguments)
    outcome.expectSuccess()
    return try #require(try outcome.document()["history"] as? [[String: Any]])
  }

  /// What happened, entry by entry, in words.
  private static func words(_ history: [[String: Any]]) -> [String] {
    history.map { entry in
      let words = ["repository", "operation", "from", "to", "outcome"].map { "\(entry[$0] ?? "")" }
      return words.joined(separator: " ")
    }
  }

  private static func failures(_ site: TestSite) throws -> [[String?]] {
    guard try site.database.tables().contains("trove_migrate_failures") else { return [] }
    return try site.database.rows(
      "SELECT script, line, message FROM trove_migrate_failures ORDER BY id")
  }

  @Test(arguments: Engine.allCases)
  func `everything that happened is listed, the newest last`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    try site.run("db_version_control").expectSuccess()
    try site.run("db_sync").expectSuccess()
    try site.run("db_downgrade", "1").expectSuccess()
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id BIGINT);")
    try site.run("db_repair", "--yes").expectSuccess()
    try site.run("db_recreate").expectSuccess()
    let all = [
      "core stamp 0 0 done", "core upgrade 0 1 done", "core upgrade 1 2 done",
      "core downgrade 2 1 done", "core repair 1 1 done", "core drop 1 0 done",
      "core upgrade 0 1 done", "core upgrade 1 2 done",
    ]
    let before = try site.contents()
    let history = try Self.history(site)
    #expect(Self.words(history) == all)
    #expect(Self.words(try Self.history(site, "--limit", "3")) == all.suffix(3))
    let outcome = try site.run("db_history")
    outcome.expectSuccess()
    let lines = outcome.output.split(separator: "\n")
    #expect(lines.count == 9 && lines[0].hasPrefix("WHEN"), "\(outcome.output)")
    for (line, words) in zip(lines.dropFirst(), ["stamp at 0", "upgrade 0 -> 1", "upgrade 1 -> 2"])
    {
      #expect(line.contains(" \(words) "))
    }
    for words in ["downgrade 2 -> 1", "repair of 1", "drop at 1", "001_a_default_upgrade.sql"] {
      #expect(outcome.output.contains(" \(words) "))
    }
    #expect(try site.contents() == before)
    let entry = try #require(history.last)
    let time = try #require(entry["time"] as? String)
    #expect(time.wholeMatch(of: /20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\d\dZ/) != nil, "\(time)")
    #expect((entry["run_by"] as? String)?.contains("@") == true)
    #expect((entry["program"] as? String)?.hasPrefix("trove-manage") == true)
    #expect(entry["script"] as? String == "002_b_default_upgrade.sql")
    #expect(entry["duration_milliseconds"] as? Int != nil)
  }

  @Test(arguments: Engine.allCases)
  func `a step that failed is listed with its line, and what the engine said`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.write(
      "003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);\nSELECT * FROM nowhere;")
    try site.run("db_sync").expectFailure(1, naming: ["nowhere", "nothing was changed"])
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    let history = try Self.history(site)
    #expect(
      Self.words(history) == [
        "core upgrade 0 1 done", "core upgrade 1 2 done", "core upgrade 2 3 failed",
        "core upgrade 2 3 done",
      ])
    let failure = history[2]
    #expect(failure["line"] as? Int == 2)
    #expect(failure["script"] as? String == "003_c_default_upgrade.sql")
    let message = try #require(failure["message"] as? String)
    #expect(message.contains("nowhere") && message.hasSuffix("]"))
    let said = try site.run("db_history").output
    #expect(said.contains("failed in line 2: \(message)\n"), "\(said)")
  }

  @Test(arguments: Engine.allCases)
  func `a failed first run leaves nothing in the database`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("003_c_default_upgrade.sql", "SELECT * FROM nowhere;")
    #expect(try site.run("db_sync").status == 1)
    #expect(try site.database.tables() == [])
    // Once a version is committed, there is a journal, and so a place for the failure.
    #expect(try site.run("db_sync", "--transaction", "version").status == 1)
    #expect(try Self.failures(site).map { $0[1] } == ["1"])
  }

  @Test(arguments: Engine.allCases)
  func `a script outside a transaction that fails is listed, too`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.write(
      "003_c_default_upgrade.sql",
      "-- migrate: no-transaction\nINSERT INTO a VALUES (1);\nSELECT * FROM nowhere;")
    #expect(try site.run("db_sync").status == 1)
    #expect(try Self.failures(site).map { $0[1] } == ["3"])
  }

  @Test(arguments: Engine.allCases)
  func `secrets are not in what is remembered, and long messages are cut`(engine: Engine) throws {
    let site = try TestSite(engine, options: "password = \(TestSite.password)")
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER, x INTEGER);")
    try site.run("db_sync").expectSuccess()
    let long = String(repeating: "x", count: 2000)
    let bad =
      engine == .postgresql
      ? "SELECT CAST(${migrate.password} AS INTEGER);"
      : "SELECT load_extension(${migrate.password});"
    try site.write("002_b_default_upgrade.sql", "-- migrate: variables\n\(bad)")
    #expect(try site.run("db_sync").status == 1)
    try site.write("002_b_default_upgrade.sql", "SELECT * FROM \(long);")
    #expect(try site.run("db_sync").status == 1)
    for row in try Self.failures(site) {
      let message = try #require(row[2])
      #expect(!message.contains(TestSite.password) && message.count <= 1000, "\(message)")
    }
    #expect(try Self.failures(site).count == 2)
  }

  @Test func `a message of many lines is one of a thousand characters`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.run("db_sync").expectSuccess()
    try site.write(
      "003_c_default_upgrade.sql",
      "DO $$ BEGIN RAISE EXCEPTION E'%', repeat(E'line\\n', 1000); END $$;")
    #expect(try site.run("db_sync").status == 1)
    let message = try #require(try Self.failures(site).first?[2])
    #expect(message.hasPrefix("line line line") && message.hasSuffix("… [P0001]"), "\(message)")
    #expect(message.count == 1000)
  }

  @Test func `others' locks are no failure of a script`() throws {
    let site = try TestSite.withTwoVersions(
      .postgresql, options: "lock_timeout = 0.2\nlock_retries = 0")
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "ALTER TABLE a ADD COLUMN x INTEGER;")
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN")
    _ = try holder.rows("LOCK TABLE a")
    let outcome = try site.run("db_sync")
    #expect(outcome.status != 0 && outcome.messages.contains("55P03"), "\(outcome)")
    _ = try holder.rows("ROLLBACK")
    #expect(try Self.failures(site).isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `an interrupted run is no failure of a script`(engine: Engine) throws {
    let site = try TestSite.stuck(engine)
    try site.folder.remove("plugin/versions/002_q_default_upgrade.sql")
    try site.run("db_sync").expectSuccess()
    let other = try TestSite.stuck(engine)
    let name = "plugin/versions/002_q_default_upgrade.sql"
    let text = try String(contentsOfFile: other.folder.path(name), encoding: .utf8)
    try site.folder.write(name, text)
    let runner = try site.startUntilStuck()
    runner.send(SIGTERM)
    #expect(try runner.outcome(within: .seconds(30)).status == 143)
    #expect(try Self.failures(site).isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `db_recreate keeps what failed, and the newest thousand are kept`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "SELECT * FROM nowhere;")
    #expect(try site.run("db_sync").status == 1)
    let series =
      engine == .sqlite
      ? "(WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1200) SELECT i FROM n)"
      : "generate_series(1, 1200) AS n (i)"
    try site.database.execute(
      """
      INSERT INTO trove_migrate_failures (run_id, repository_id, version_table, operation, from_version,
        to_version, script, line, message, failed_at, run_by, program)
      SELECT run_id, repository_id, version_table, operation, from_version, to_version, script, line,
        message, failed_at, run_by, program FROM trove_migrate_failures, \(series)
      """)
    #expect(try site.run("db_sync").status == 1)
    #expect(try Self.failures(site).count == 1000)
    try site.folder.remove("core/versions/003_c_default_upgrade.sql")
    try site.run("db_recreate").expectSuccess()
    #expect(try Self.failures(site).count == 1000)
  }

  @Test(arguments: Engine.allCases)
  func `without a journal there is nothing to list`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    let before = try site.contents()
    let words = "There is no journal in this database: what ran is not known\n"
    try site.run("db_history").expectSuccess(words)
    #expect(try Self.history(site).isEmpty)
    #expect(try site.contents() == before)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("DROP TABLE trove_migrate_journal")
    try site.run("db_history").expectSuccess(words)
  }

  @Test(arguments: Engine.allCases)
  func `repositories that the conf does not name any more are listed, or left out on request`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./plugin")
    try site.folder.writeRepository("plugin", scripts: ["007_p_default_upgrade.sql": "-- p"])
    try site.run("db_sync").expectSuccess()
    try site.writeConf(plugins: "./nowhere")
    #expect(try Self.words(Self.history(site)).last == "plugin upgrade 0 7 done")
    #expect(try Self.history(site, "--repo_path", "core").count == 2)
    #expect(
      try Self.words(Self.history(site, "--repo_path", "plugin")) == ["plugin upgrade 0 7 done"])
  }

  @Test(arguments: Engine.allCases)
  func `a failure that cannot be recorded is silent except for --debug`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("CREATE TABLE trove_migrate_failures (id INTEGER)")
    try site.write("003_c_default_upgrade.sql", "SELECT * FROM nowhere;")
    let words = "the failure could not be recorded"
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["nowhere"])
    #expect(!outcome.messages.contains(words))
    #expect(try site.run("--debug", "db_sync").messages.contains(words))
    try site.expectFailure(
      4, "db_history", naming: ["trove_migrate_failures", "hint:", "RENAME TO"])
  }

  @Test func `what a script sets does not keep its failure from being recorded`() throws {
    for pragma in ["query_only = ON", "writable_schema = ON", "locking_mode = EXCLUSIVE"] {
      let site = try TestSite.withTwoVersions(.sqlite)
      try site.run("db_sync").expectSuccess()
      try site.write("003_c_default_upgrade.sql", "PRAGMA \(pragma);\nSELECT * FROM nowhere;")
      try site.expectFailedStep("db_sync", naming: ["nowhere"])
    }
    for script in ["SET ROLE pg_monitor;", "SET search_path = pg_catalog;"] {
      let site = try TestSite.withTwoVersions(.postgresql)
      try site.run("db_sync").expectSuccess()
      try site.write("003_c_default_upgrade.sql", "\(script)\nSELECT * FROM nowhere;")
      try site.expectFailedStep("db_sync", naming: ["nowhere"])
    }
  }

  @Test func `a role that may do too little does not come to own the table`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "SET ROLE pg_monitor;\nSELECT * FROM a;")
    try site.run("db_sync").expectFailure(1, naming: ["permission denied", "42501"])
    #expect(try site.failureCount() == 0)
    try site.write("003_c_default_upgrade.sql", "SELECT * FROM nowhere;")
    try site.expectFailedStep("db_sync", naming: ["nowhere"])
    try site.write("003_c_default_upgrade.sql", "SET ROLE pg_monitor;\nSELECT * FROM a;")
    try site.expectFailedStep("db_sync", naming: ["permission denied"])
  }

  @Test func `a limit is a number from 1 on`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    #expect(try site.run("db_history", "--limit", "0").status == 2)
    #expect(try site.run("db_history", "--limit", "x").status == 2)
  }
}
