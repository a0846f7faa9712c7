import Foundation
import Testing
import TroveManage

@Suite struct InterruptionTests {
  @Test(arguments: Engine.allCases, [SIGINT, SIGTERM])
  func `a signal during a long statement undoes the run at once`(
    engine: Engine, signal: Int32
  ) throws {
    let site = try TestSite.stuck(engine)
    let runner = try site.startUntilStuck()
    let start = ContinuousClock.now
    runner.send(signal)
    let outcome = try runner.outcome(within: .seconds(30))

    let word = signal == SIGINT ? "interrupted" : "terminated"
    outcome.expectFailure(128 + signal, naming: [word, "nothing was changed", "core: no version"])
    #expect(ContinuousClock.now - start < .seconds(10))
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases, [SIGINT, SIGTERM])
  func `a signal keeps the versions that were committed before`(
    engine: Engine, signal: Int32
  ) throws {
    let site = try TestSite.stuck(engine)
    let runner = try site.startUntilStuck(scope: "version")
    runner.send(signal)
    let outcome = try runner.outcome(within: .seconds(30))

    outcome.expectFailure(128 + signal, naming: ["core: 0 -> 2", "plugin: 0 -> 1", "plugin: 1\n"])
    #expect(try site.ownTables() == ["a", "b", "p"])
    try site.mend()
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "p", "q"])
  }

  @Test(arguments: Engine.allCases)
  func `with --json an interrupted run is a document`(engine: Engine) throws {
    let site = try TestSite.stuck(engine)
    let runner = try site.startUntilStuck(options: ["--json"])
    runner.send(SIGTERM)
    let outcome = try runner.outcome(within: .seconds(30))
    #expect(outcome.status == 143)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    #expect((document["error"] as? [String: Any])?["exit_code"] as? Int == 143)
  }

  @Test func `a server that goes away in the middle is named, and the next run completes`() throws {
    let site = try TestSite.stuck(.postgresql)
    let runner = try site.startUntilStuck()
    try site.database.execute(
      """
      SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event = 'PgSleep'
      """)
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectFailure(1, naming: ["terminating connection", "hint:"])
    #expect(try site.database.tables() == [])
    try site.mend()
    try site.run("db_sync").expectSuccess()
  }
}
