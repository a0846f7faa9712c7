import Foundation
import Testing
import TroveManage

@Suite struct LockWaitTests {
  /// A site whose conf file waits for so many seconds.
  private static func site(_ engine: Engine, wait: String) throws -> TestSite {
    try TestSite.withTwoVersions(engine, options: "lock_wait = \(wait)")
  }

  @Test(arguments: Engine.allCases, [("0", 0.0), ("1", 1.0), ("0.3", 0.3)])
  func `a runner that cannot have the lock gives up in time and changes nothing`(
    engine: Engine, sample: (wait: String, seconds: Double)
  ) throws {
    let site = try Self.site(engine, wait: sample.wait)
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .zero))
    defer { holder.rollback() }

    let start = ContinuousClock.now
    let outcome = try site.run("db_sync")
    let duration = ContinuousClock.now - start

    outcome.expectFailure(75, naming: ["lock", "hint:", "core: no version yet"])
    if engine == .sqlite { #expect(outcome.messages.contains(site.folder.path("test.sqlite"))) }
    #expect(duration >= .seconds(sample.seconds) && duration < .seconds(sample.seconds + 10))
    holder.rollback()
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `with --json a lock that cannot be had is in the document`(engine: Engine) throws {
    let site = try Self.site(engine, wait: "0")
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .zero))
    defer { holder.rollback() }
    let outcome = try site.run("db_sync", "--json")
    #expect(outcome.status == 75)
    let error = try #require(try outcome.document()["error"] as? [String: Any])
    #expect(error["exit_code"] as? Int == 75)
  }

  @Test(arguments: Engine.allCases)
  func `a runner that waits says so once and goes on when the lock is free`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, wait: "60")
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .zero))
    let runner = try site.start(["db_sync"])
    Thread.sleep(forTimeInterval: 2.5)
    #expect(runner.process.isRunning)
    holder.rollback()
    let outcome = try runner.outcome(within: .seconds(60))
    outcome.expectSuccess()
    #expect(outcome.messages.components(separatedBy: "waiting").count == 2, "\(outcome.messages)")
    #expect(try site.ownTables() == ["a", "b"])
  }

  @Test(arguments: Engine.allCases, [SIGINT, SIGTERM])
  func `a signal ends the wait`(engine: Engine, signal: Int32) throws {
    let site = try Self.site(engine, wait: "60")
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .zero))
    defer { holder.rollback() }
    let runner = try site.start(["db_sync"])
    Thread.sleep(forTimeInterval: 1.5)
    let start = ContinuousClock.now
    runner.send(signal)
    let outcome = try runner.outcome(within: .seconds(30))
    #expect(outcome.status == 128 + signal, "\(outcome.messages)")
    #expect(ContinuousClock.now - start < .seconds(10))
    holder.rollback()
    #expect(try site.database.tables() == [])
  }

  /// A big transaction of SQLite outgrows its cache and then keeps readers out, too.
  @Test(arguments: ["db_sync", "db_status", "db_version"])
  func `a file that cannot even be read is waited for no longer than lock_wait`(
    command: String
  ) throws {
    let site = try Self.site(.sqlite, wait: "1")
    try site.run("db_sync").expectSuccess()
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN EXCLUSIVE")
    defer { holder.rollback() }
    let outcome = try site.start([command]).outcome(within: .seconds(15))
    outcome.expectFailure(75, naming: [site.folder.path("test.sqlite"), "lock"])
  }

  @Test func `a lock on a table that a script needs ends the run after lock_timeout`() throws {
    let site = try TestSite.withTwoVersions(
      .postgresql, options: "lock_timeout = 1\nlock_retries = 1")
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "ALTER TABLE a ADD COLUMN c INTEGER;")
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; LOCK TABLE a IN ACCESS SHARE MODE")
    defer { holder.rollback() }
    let runner = try site.start(["db_sync"])
    let outcome = try runner.outcome(within: .seconds(30))
    let script = site.script("003_c_default_upgrade.sql")
    outcome.expectFailure(75, naming: ["\(script):1:1: ", "lock timeout", "55P03", "core: 2"])
  }

  @Test func `a statement that takes too long ends the run after statement_timeout`() throws {
    let site = try TestSite.withTwoVersions(.postgresql, options: "statement_timeout = 1")
    try site.write("003_c_default_upgrade.sql", "SELECT pg_sleep(60);")
    let runner = try site.start(["db_sync"])
    let outcome = try runner.outcome(within: .seconds(30))
    let script = site.script("003_c_default_upgrade.sql")
    outcome.expectFailure(1, naming: ["\(script):1:1: ", "statement timeout", "57014"])
    #expect(try site.database.tables() == [])
  }
}
