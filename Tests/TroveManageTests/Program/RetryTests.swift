import Foundation
import Testing
import TroveManage

/// Transactions that PostgreSQL ends because of others, and that succeed when they are tried again.
@Suite struct RetryTests {
  /// A site at version 2, with a third script and a counter that no rollback takes back.
  private static func site(_ script: String, options: String = "") throws -> TestSite {
    let site = try TestSite.withTwoVersions(.postgresql, options: options)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("CREATE SEQUENCE tries")
    try site.write("003_c_default_upgrade.sql", script)
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    return site
  }

  /// A script that fails so often with `code`.
  private static func failing(_ count: Int, with code: String) -> String {
    """
    CREATE TABLE c (id INTEGER);
    DO $$ BEGIN
      IF nextval('tries') <= \(count) THEN RAISE EXCEPTION 'as asked' USING ERRCODE = '\(code)'; END IF;
    END $$;
    """
  }

  private static func tries(_ site: TestSite) throws -> String? {
    try site.database.rows("SELECT last_value FROM tries")[0][0]
  }

  @Test(arguments: ["run", "repository", "version"], ["40001", "40P01", "55P03"])
  func `a transaction is tried again and told`(scope: String, code: String) throws {
    let site = try Self.site(Self.failing(2, with: code))
    let outcome = try site.run("db_sync", "--transaction", scope)
    outcome.expectSuccess()
    #expect(outcome.messages.contains("as asked [\(code)]; trying again in "))
    #expect(try Self.tries(site) == "3")
    #expect(try site.ownTables() == ["a", "b", "c", "d"])
    let journal = try site.database.rows("SELECT to_version FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["1"], ["2"], ["3"], ["4"]])
  }

  @Test func `a script outside a transaction tries its statement again, and no other`() throws {
    let site = try Self.site("-- migrate: no-transaction\n" + Self.failing(2, with: "40001"))
    try site.run("db_sync").expectSuccess()
    #expect(try Self.tries(site) == "3")
    #expect(try site.ownTables() == ["a", "b", "c", "d"])
  }

  @Test(arguments: [0, 2])
  func `a run tries again at most lock_retries times`(limit: Int) throws {
    let site = try Self.site(
      Self.failing(1000, with: "40001"), options: "lock_retries = \(limit)")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["as asked [40001]", "nothing was changed", "core: 2"])
    #expect(try Self.tries(site) == "\(limit + 1)")
    #expect(try site.ownTables() == ["a", "b"])
  }

  @Test func `other failures are not tried again`() throws {
    let site = try Self.site(Self.failing(1, with: "23505"))
    try site.run("db_sync").expectFailure(1, naming: ["23505"])
    #expect(try Self.tries(site) == "1")
  }

  @Test func `how often is in the JSON document`() throws {
    let site = try Self.site(Self.failing(2, with: "40001"))
    let document = try site.run("--json", "db_sync").document()
    #expect(document["retries"] as? Int == 2)
    #expect(document["ok"] as? Bool == true)
  }

  @Test func `a table that another session holds for a while is waited for`() throws {
    let site = try Self.site(
      "ALTER TABLE a ADD COLUMN c INTEGER;", options: "lock_timeout = 0.2")
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; LOCK TABLE a IN ACCESS SHARE MODE")
    let runner = try site.start(["db_sync"])
    try waitUntil("the second try") { try runner.said().contains("trying again") }
    holder.rollback()
    try runner.outcome(within: .seconds(60)).expectSuccess()
    #expect(try site.version() == 4)
  }

  @Test(arguments: [["d", "e"], ["d"]])
  func `versions in Python that cannot be recorded for a while are tried again`(
    tables: [String]
  ) throws {
    func text(_ table: String) -> String {
      TestSite.upgrade(
        "with migrate_engine.begin() as c: c.execute(\(TestSite.create(table)))")
    }
    let site = try TestSite.withThirdVersion(
      .postgresql, text("c"), options: "lock_timeout = 0.2")
    try site.run("db_sync").expectSuccess()
    // The fourth's record fails while the fifth runs, whose interpreter is ended then; behind the last of all,
    // it was sent away.
    for (number, table) in tables.enumerated() {
      try site.write("00\(number + 4)_\(table).py", text(table))
    }
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; LOCK TABLE trove_migrate_journal IN SHARE MODE")
    let runner = try site.start(["db_sync"])
    try waitUntil("the second try") { try runner.said().contains("trying again") }
    holder.rollback()
    try runner.outcome(within: .seconds(60)).expectSuccess()
    #expect(try site.version() == 3 + tables.count)
  }

  @Test func `the run that a deadlock ends is tried again`() throws {
    let site = try Self.site("LOCK TABLE a; SELECT pg_sleep(0.3); LOCK TABLE b;")
    let rival = try site.database.connect()
    // The server looks for the deadlock on behalf of the run, which has waited for longer.
    _ = try rival.rows("SET deadlock_timeout = '60s'; BEGIN; LOCK TABLE b")
    let runner = try site.start(["db_sync"])
    try waitUntil("the run to hold the first table") {
      try !site.database.rows(
        """
        SELECT 1 FROM pg_locks WHERE relation = 'a'::regclass AND mode = 'AccessExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
      ).isEmpty
    }
    _ = try rival.rows("LOCK TABLE a; COMMIT")
    let outcome = try runner.outcome(within: .seconds(60))
    outcome.expectSuccess()
    #expect(outcome.messages.contains("deadlock detected [40P01]; trying again"))
    #expect(try site.version() == 4)
  }

  @Test func `a signal ends the pause between two tries`() throws {
    let site = try Self.site(Self.failing(1000, with: "40001"), options: "lock_retries = 1000")
    let runner = try site.start(["db_sync"])
    try waitUntil("a pause") { try runner.said().contains("trying again") }
    runner.send(SIGTERM)
    #expect(try runner.outcome(within: .seconds(20)).status == 143)
    #expect(try site.ownTables() == ["a", "b"])
  }
}
