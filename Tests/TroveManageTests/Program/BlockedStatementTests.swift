import Foundation
import Testing
import TroveManage

@Suite struct BlockedStatementTests {
  private typealias Blocked = (site: TestSite, holder: PostgresConnection, process: Int64)

  /// A site that stands at its second version and has a third, the table `a` of which `holder` uses.
  ///
  /// The third is run by a role of its own when `role` tells its attributes.
  private func site(
    script: String = "ALTER TABLE a ADD COLUMN c INTEGER;", options: String = "",
    role: String? = nil
  ) throws -> Blocked {
    let site = try TestSite.withTwoVersions(.postgresql, options: options)
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", script)
    if let role {
      let name = site.blockedRole
      try site.database.execute(
        "CREATE ROLE \(name) LOGIN \(role)", "ALTER TABLE a OWNER TO \(name)",
        "GRANT ALL ON ALL TABLES IN SCHEMA public TO \(name)")
      try site.writeConf(url: site.database.urlText.replacing("trove@", with: "\(name)@"))
    }
    let holder = try site.database.connect(
      try #require(site.database.urlText.split(separator: "?").last) + "&application_name=nightly")
    let process = try #require(try holder.rows("SELECT pg_backend_pid()").first?[0].integer)
    _ = try holder.rows("BEGIN; LOCK TABLE a IN ACCESS SHARE MODE")
    _ = try holder.rows("SELECT 'secretpw'::text FROM a")
    return (site, holder, process)
  }

  private func facts(_ process: Int64) -> String {
    """
    held by pid \(process) (nightly, user trove, from this machine, idle in transaction since
    """
  }

  @Test func `a statement that waits for a lock says once who holds it, and goes on`() throws {
    let (site, holder, process) = try site()
    let runner = try site.start(["db_sync"])
    try waitUntil("the words") { try runner.said().contains(" waits for a lock") }
    // Long enough for another look, which must say nothing new.
    Thread.sleep(forTimeInterval: 3)
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectSuccess()
    let statement = "ALTER TABLE a ADD COLUMN c INTEGER waits for a lock on a, \(facts(process))"
    #expect(outcome.messages.contains(statement), "\(outcome.messages)")
    #expect(
      outcome.messages.contains(/since \d\d:\d\d:\d\d UTC\): SELECT '…'::text FROM a\n/),
      "\(outcome.messages)")
    #expect(outcome.messages.components(separatedBy: " waits ").count == 2, "\(outcome.messages)")
  }

  @Test(arguments: [
    ("INSERT INTO b VALUES (1); ALTER TABLE a ADD c INT; SELECT 1;", "ALTER TABLE a ADD c INT"),
    ("INSERT INTO a VALUES (1); ALTER TABLE a ADD c INTEGER;", "a statement of the script"),
    ("INSERT INTO b VALUES (1); DO $$ BEGIN DROP TABLE a; END $$", "a statement of the script"),
  ])
  func `of several statements the one that waits is named when only one can be meant`(
    script: String, subject: String
  ) throws {
    let (site, holder, process) = try site(script: script)
    let runner = try site.start(["db_sync"])
    try waitUntil("the words") { try runner.said().contains(" waits for a lock") }
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectSuccess()
    let words = "\(subject) waits for a lock on a, \(facts(process))"
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
  }

  @Test func `a statement that ran out of time names who held the lock`() throws {
    for option in ["lock_timeout = 3.5\nlock_retries = 0", "statement_timeout = 3.5"] {
      let (site, holder, process) = try site(options: option)
      defer { holder.rollback() }
      let runner = try site.start(["db_sync", "--json"])
      let outcome = try runner.outcome(within: .seconds(30))
      let error = try #require(try outcome.document()["error"] as? [String: Any])
      let message = try #require(error["message"] as? String)
      #expect(message.contains("detail: the lock is \(facts(process))"), "\(message)")
      #expect(error["exit_code"] as? Int == (option.hasPrefix("lock") ? 75 : 1))
      outcome.expectNoInnards()
    }
  }

  @Test func `rows that another transaction has changed are waited for in the same words`() throws {
    let (site, holder, process) = try site(script: "UPDATE a SET id = 2;")
    try site.database.execute("INSERT INTO a VALUES (1)")
    _ = try holder.rows("UPDATE a SET id = 3")
    _ = try holder.rows("SELECT 'secretpw'::text FROM a")
    let runner = try site.start(["db_sync"])
    try waitUntil("the words") { try runner.said().contains(" waits for a lock") }
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectSuccess()
    let words = "UPDATE a SET id = 2 waits for a lock on a, \(facts(process))"
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
  }

  @Test func `a user who may not see others' sessions is told what may be seen`() throws {
    let (site, holder, process) = try site(role: "NOSUPERUSER")
    defer { site.dropBlockedRole() }
    let runner = try site.start(["db_sync"])
    try waitUntil("the words") { try runner.said().contains(" waits for a lock") }
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(30))
    let words = " on a, held by pid \(process) (nightly, user trove)\n"
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
  }

  @Test func `a second session is opened only when a statement takes long, and may fail`() throws {
    let (site, holder, _) = try site(role: "CONNECTION LIMIT 1")
    defer { site.dropBlockedRole() }
    let runner = try site.start(["db_sync"])
    Thread.sleep(forTimeInterval: 4.5)
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectSuccess()
    #expect(!outcome.messages.contains("waits"), "\(outcome.messages)")
  }

  @Test func `a statement that only works for long is watched in one session, and nothing is said`()
    throws
  {
    let (site, holder, _) = try site(script: "SELECT pg_sleep(4);")
    holder.rollback()
    let count = """
      SELECT count(*)::text FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend'
      """
    let before = try #require(try holder.rows(count).first?[0].text.flatMap { Int($0) })
    let runner = try site.start(["db_sync"])
    var counts: [Int] = []
    let start = ContinuousClock.now
    while runner.process.isRunning {
      counts.append(Int(try holder.rows(count).first?[0].text ?? "") ?? 0)
      if ContinuousClock.now - start < .seconds(2) { #expect(counts.last ?? 0 <= before + 1) }
      Thread.sleep(forTimeInterval: 0.05)
    }
    #expect(counts.max() == before + 2)
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectSuccess()
    #expect(!outcome.messages.contains("waits"), "\(outcome.messages)")
  }
}

extension TestSite {
  /// The role that runs what is blocked.
  fileprivate var blockedRole: String { "r_\(database.roleSuffix)" }

  /// Drops it, now that its sessions are gone.
  fileprivate func dropBlockedRole() {
    try? database.execute("DROP OWNED BY \(blockedRole)")
    try? database.execute("DROP ROLE \(blockedRole)")
  }
}
