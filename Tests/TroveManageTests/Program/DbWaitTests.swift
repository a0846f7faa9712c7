import Foundation
import Testing
import TroveManage

@Suite struct DbWaitTests {
  @Test(arguments: Engine.allCases)
  func `a database that can be used is ready, and nothing is written`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    for _ in 1...2 {
      let before = try site.contents()
      let outcome = try site.run("db_wait")
      outcome.expectSuccess("the database is ready\n")
      #expect(outcome.messages == "")
      #expect(try site.contents() == before)
      try site.run("db_sync").expectSuccess()
    }
  }

  @Test(arguments: Engine.allCases)
  func `with --json a ready database is a document`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    let outcome = try site.run("db_wait", "--json")
    outcome.expectSuccess()
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == true)
    #expect((document["database"] as? String)?.hasPrefix(engine.rawValue) == true)
    #expect(document["duration_milliseconds"] as? Int != nil)
  }

  @Test func `a server that does not come up is given up when the time is over`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    let port = try Socket.closedPort()
    let url = "postgresql://trove:secretpw@127.0.0.1:\(port)/trove"
    try site.writeConf(url: url, options: "connect_wait = 30")
    let start = ContinuousClock.now
    let outcome = try site.run("db_wait", "--timeout", "2")
    outcome.expectFailure(75, naming: ["waiting for 127.0.0.1:\(port)\n", "refused"])
    #expect(outcome.messages.components(separatedBy: "waiting for").count == 2)
    let duration = ContinuousClock.now - start
    #expect(duration >= .seconds(2) && duration < .seconds(15))

    try site.writeConf(url: url, options: "connect_wait = 0.5")
    let outcome2 = try site.start(["db_wait", "--json"]).outcome(within: .seconds(20))
    #expect(outcome2.status == 75 && outcome2.messages == "")
    #expect(try outcome2.document()["ok"] as? Bool == false)
  }

  @Test func `a wait ends when a server takes writes`() throws {
    let pair = try StandbyPair()
    let site = try TestSite.withTwoVersions(.postgresql)
    let address = "127.0.0.1:\(pair.standbyPort)"
    try site.writeConf(
      url: "postgresql://trove@\(address)/postgres?target_session_attrs=read-write")
    let waiting = try site.start(["db_wait", "--timeout", "60"])
    Thread.sleep(forTimeInterval: 2.5)
    #expect(waiting.process.isRunning)
    try pair.failOver()
    let outcome = try waiting.outcome(within: .seconds(30))
    outcome.expectSuccess("the database is ready\n")
    #expect(outcome.messages == "waiting for \(address)\n")
  }

  @Test(arguments: FailoverTests.mistakes)
  func `what waiting cannot mend fails at once`(mistake: (url: String, fact: String)) throws {
    let environment = ProcessInfo.processInfo.environment
    let password = try #require(environment["TROVE_TEST_PGPASSWORD"])
    let port = try #require(environment["TROVE_TEST_PGPORT"])
    let site = try TestSite.withTwoVersions(.sqlite)
    let url = mistake.url.replacing("PASSWORD", with: password)
      .replacing("HOST", with: "127.0.0.1:\(port)")
    try site.writeConf(url: url)
    let start = ContinuousClock.now
    try site.expectFailure(1, "db_wait", naming: [mistake.fact, "hint:"])
    #expect(ContinuousClock.now - start < .seconds(15))
  }

  @Test(arguments: [
    ("missing/x.sqlite", "missing"), ("core", "folder"), ("trove.conf", "database"),
  ])
  func `a file that cannot be the database fails at once and stays as it is`(
    path: String, fact: String
  ) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.writeConf(url: "sqlite:///" + site.folder.path(path))
    try site.expectFailure(1, "db_wait", naming: [site.folder.path(path), fact])
  }

  @Test func `a file in WAL mode, in use or empty is ready, and stays as it is`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.folder.write("test.sqlite", "")
    try site.run("db_wait").expectSuccess()
    #expect(try site.folder.contents()["test.sqlite"] == Data())
    try site.database.execute("PRAGMA journal_mode = WAL", "CREATE TABLE a (id INTEGER)")
    let before = try site.contents()
    try site.run("db_wait").expectSuccess()
    #expect(try site.contents() == before)
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN EXCLUSIVE")
    try site.run("db_wait").expectSuccess()
    holder.rollback()
  }

  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal ends the wait, also for a server that never answers`(signal: Int32) throws {
    let socket = try Socket()
    for port in [try Socket.closedPort(), socket.port] {
      let site = try TestSite.withTwoVersions(.postgresql)
      try site.writeConf(url: "postgresql://trove:secretpw@127.0.0.1:\(port)/trove")
      let runner = try site.start(["db_wait"])
      Thread.sleep(forTimeInterval: 1.5)
      runner.send(signal)
      let outcome = try runner.outcome(within: .seconds(20))
      let word = signal == SIGINT ? "interrupted" : "terminated"
      outcome.expectFailure(128 + signal, naming: [word])
    }
  }

  @Test(arguments: ["-1", "soon", "", "1e3"])
  func `a time that is none is a mistake`(text: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_wait", "--timeout=\(text)").expectFailure(2, naming: ["--timeout"])
  }

  @Test func `the command explains itself with an example`() throws {
    let outcome = try TestProgram.run("help", "db_wait")
    outcome.expectSuccess()
    let example = "Example: trove-manage db_wait --timeout 120 && trove-manage db_sync"
    for fact in [example, "--timeout", "--config-file", "--json"] {
      #expect(outcome.output.contains(fact), "\(outcome.output)")
    }
  }
}
