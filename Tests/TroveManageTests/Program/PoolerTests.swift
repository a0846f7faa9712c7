import Foundation
import Testing
import TroveManage

/// Runs through pgbouncer.
@Suite struct PoolerTests {
  private static func site(_ pooler: (TestDatabase) throws -> Pooler) throws -> (TestSite, Pooler) {
    let site = try TestSite.withTwoVersions(.postgresql)
    let pooler = try pooler(site.database)
    try site.writeConf(url: pooler.urlText(of: site.database))
    return (site, pooler)
  }

  private static func addIndex(to site: TestSite) throws {
    try site.write(
      "003_c_default_upgrade.sql", "CREATE INDEX CONCURRENTLY a_id ON a (id); CREATE TABLE c ();")
  }

  private static func locks(_ site: TestSite) throws -> [[String?]] {
    try site.database.runnerLocks()
  }

  @Test(arguments: Pooler.Mode.allCases)
  func `one runner at a time, also through a pooler`(mode: Pooler.Mode) throws {
    let (site, pooler) = try Self.site { try Pooler(mode, for: $0) }
    let runners = try (0..<8).map { _ in try site.start(["db_sync"]) }
    for runner in runners { try runner.outcome(within: .seconds(100)).expectSuccess() }
    let journal = try site.database.rows("SELECT to_version FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["1"], ["2"]])
    #expect(try Self.locks(site) == [])
    withExtendedLifetime(pooler) {}
  }

  @Test(arguments: Pooler.Mode.allCases)
  func `a runner that is killed leaves no lock with the pooler`(mode: Pooler.Mode) throws {
    let (site, pooler) = try Self.site { try Pooler(mode, for: $0) }
    try site.write("003_c_default_upgrade.sql", "SELECT pg_sleep(4);")
    let runner = try site.start(["db_sync"])
    try waitUntil("the lock") { try !Self.locks(site).isEmpty }
    runner.send(SIGKILL)
    _ = try runner.outcome(within: .seconds(10))
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c ();")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.locks(site) == [])
    withExtendedLifetime(pooler) {}
  }

  @Test(arguments: ["", "server_round_robin = 1", "default_pool_size = 1", "min_pool_size = 4"])
  func `a script that needs a session is refused where transactions are pooled`(
    options: String
  ) throws {
    let (site, pooler) = try Self.site { try Pooler(.transaction, for: $0, options: options) }
    try Self.addIndex(to: site)
    try site.expectFailure(
      1, "db_sync",
      naming: [
        "needs a session of its own", "hint: run this once", "pool_mode", "nothing was changed",
      ])
    #expect(try Self.locks(site) == [])
    // The way out that the message names.
    try site.run(["db_sync"], environment: ["OS_DATABASE__CONNECTION": site.database.urlText])
      .expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c"])
    withExtendedLifetime(pooler) {}
  }

  @Test(arguments: ["", "default_pool_size = 1"])
  func `a script that needs a session has one where sessions are pooled`(options: String) throws {
    let (site, pooler) = try Self.site { try Pooler(.session, for: $0, options: options) }
    try Self.addIndex(to: site)
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c"])
    #expect(try Self.locks(site) == [])
    withExtendedLifetime(pooler) {}
  }
}
