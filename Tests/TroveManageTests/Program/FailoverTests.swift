import Foundation
import Testing
import TroveManage

@Suite struct FailoverTests {
  @Test func `a run finds the primary among several hosts, also after a failover`() throws {
    let pair = try StandbyPair()
    let site = try TestSite.withTwoVersions(.sqlite)
    let hosts = "127.0.0.1:\(pair.standbyPort),127.0.0.1:\(pair.primaryPort)"
    let listed = "postgresql://trove@\(hosts)/postgres?target_session_attrs=read-write"
    try site.writeConf(url: listed, options: "connect_wait = 20")
    let first = try site.run("db_sync")
    first.expectSuccess()
    #expect(first.output.contains("core: 0 -> 2"))

    // The standby shows what the primary has, as soon as it has heard of it.
    let standby = "postgresql://trove@127.0.0.1:\(pair.standbyPort)/postgres"
    try site.writeConf(url: standby)
    try waitUntil("the standby") { try site.run("db_version").output == "2\n" }
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")

    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    let facts = ["standby", "25006", "target_session_attrs=read-write", "core: 2"]
    try site.run("db_sync").expectFailure(1, naming: facts)
    try site.writeConf(
      url: "\(standby)?target_session_attrs=read-write", options: "connect_wait = 1")
    let start = ContinuousClock.now
    try site.run("db_sync").expectFailure(
      75, naming: ["no server takes writes now", "connect_wait", "hint:"])
    #expect(ContinuousClock.now - start >= .seconds(1))

    try failOver(pair, site)
  }

  /// A run that finds no primary waits for the failover and goes on with the new one.
  private func failOver(_ pair: StandbyPair, _ site: TestSite) throws {
    let options =
      "host=127.0.0.1:\(pair.standbyPort)&host=127.0.0.1:\(pair.primaryPort)"
      + "&target_session_attrs=read-write"
    try site.writeConf(
      url: "postgresql://trove@/postgres?\(options)", options: "connect_wait = 20")
    try pair.failOver()
    let second = try site.run("db_sync")
    second.expectSuccess()
    #expect(second.output.contains("core: 2 -> 3"))
    try site.run("db_status").expectSuccess()
  }

  /// A URL without its host and port, and what is wrong with it.
  static let mistakes = [
    ("postgresql://trove:secretpw@HOST/postgres", "password"),
    ("postgresql://stranger:secretpw@HOST/postgres", "stranger"),
    ("postgresql://trove:PASSWORD@HOST/trove_is_not_here", "does not exist"),
    ("postgresql://trove:PASSWORD@HOST/postgres?sslmode=require", "SSL"),
    ("postgresql://trove:secretpw@nosuchhost.invalid/postgres", "nosuchhost.invalid"),
    ("postgresql://trove:secretpw@no1.invalid,no2.invalid/postgres", "no2.invalid"),
  ]

  @Test(arguments: mistakes, ["", "127.0.0.1:1,"])
  func `what waiting cannot mend is not waited for, also behind a host that is down`(
    mistake: (url: String, fact: String), hostBefore: String
  ) throws {
    let environment = ProcessInfo.processInfo.environment
    let password = try #require(environment["TROVE_TEST_PGPASSWORD"])
    let port = try #require(environment["TROVE_TEST_PGPORT"])
    let site = try TestSite.withTwoVersions(.sqlite)
    let url = mistake.url.replacing("PASSWORD", with: password)
      .replacing("HOST", with: "\(hostBefore)127.0.0.1:\(port)")
    try site.writeConf(url: url, options: "connect_wait = 30")
    let start = ContinuousClock.now
    try site.run("db_sync").expectFailure(1, naming: [mistake.fact, "hint:"])
    #expect(ContinuousClock.now - start < .seconds(15))
  }
}
