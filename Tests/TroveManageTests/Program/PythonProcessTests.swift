import Foundation
import Testing
import TroveManage

/// Interpreters that end, stop or disturb otherwise than a script should, and programs that end before them.
@Suite struct PythonProcessTests {
  /// What a script does, having made a table.
  struct Deed: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let body: String
    /// What the message holds besides the script's path.
    var facts: [String] = []
  }

  private static let endings = [
    Deed(testDescription: "it leaves at once", body: "os._exit(3)"),
    Deed(testDescription: "it leaves with success", body: "os._exit(0)"),
    Deed(testDescription: "it kills itself", body: "os.kill(os.getpid(), signal.SIGKILL)"),
    Deed(testDescription: "it crashes", body: "os.abort()"),
    Deed(testDescription: "it exits", body: "sys.exit(3)", facts: ["SystemExit: 3"]),
    Deed(testDescription: "it exits with success", body: "sys.exit()", facts: ["SystemExit"]),
    Deed(testDescription: "it closes the channel", body: "os.close(3)\n\(select)"),
    Deed(testDescription: "it closes everything", body: "os.closerange(0, 100)\n\(select)"),
    Deed(testDescription: "it writes junk", body: "os.write(3, b'junk\\n')\n\(select)"),
    Deed(testDescription: "it writes half a line", body: "os.write(3, b'{\"call\": ')\n\(select)"),
    Deed(
      testDescription: "it writes no UTF-8",
      body: "os.write(3, bytes(range(255, 0, -1)))\n\(select)"),
    Deed(testDescription: "it writes no call", body: "os.write(3, b'[1]\\n')\n\(select)"),
    Deed(
      testDescription: "it leaves while its child stays",
      body: "if os.fork() == 0: time.sleep(300)\nos._exit(3)"),
    Deed(testDescription: "it sleeps", body: "time.sleep(300)", facts: ["statement_timeout"]),
    Deed(testDescription: "it runs on", body: "while True: pass", facts: ["statement_timeout"]),
    Deed(
      testDescription: "it runs on and ignores signals",
      body: """
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGIO, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        while True: time.sleep(0.01)
        """, facts: ["statement_timeout"]),
  ]

  private static let select = "migrate_engine.connect().execute(sa.text('SELECT 1'))"

  private static func script(_ body: String) -> String {
    TestSite.upgrade(
      """
      import os, signal, sys, time
      c = migrate_engine.connect(); t = c.begin(); c.execute(\(TestSite.create("c"))); t.commit()
      \(body)
      """)
  }

  /// Expects that nothing of the run is there, and that the next one gets through with a mended script.
  private static func expectUndone(_ site: TestSite) throws {
    #expect(try site.ownTables() == [])
    try site.write("003_c.py", script("pass"))
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c"])
    #expect(try site.version() == 3)
  }

  @Test(arguments: Engine.allCases, endings)
  func `an interpreter that does not come to the script's end undoes the run`(
    engine: Engine, deed: Deed
  ) throws {
    let site = try TestSite.withThirdVersion(
      engine, Self.script(deed.body), options: "statement_timeout = 1")
    let outcome = try site.start(["db_sync"]).outcome(within: .seconds(60))
    outcome.expectFailure(1, naming: [site.thirdVersion, "nothing was changed"] + deed.facts)
    try Self.expectUndone(site)
  }

  @Test(arguments: Engine.allCases)
  func `a script's child that stays neither holds the run up nor outlives it`(
    engine: Engine
  ) throws {
    let site = try TestSite.withThirdVersion(engine, "")
    let body = """
      if os.fork() == 0:
      \(site.writeProcessID().split(separator: "\n").map { "    \($0)" }.joined(separator: "\n"))
          time.sleep(300)
      while not os.path.exists('\(site.folder.path("pid"))'): time.sleep(0.01)
      """
    try site.write("003_c.py", Self.script(body))
    let outcome = try site.start(["db_sync"]).outcome(within: .seconds(60))
    try site.waitUntilGone(site.processID())
    // All or nothing.
    if outcome.status == 0 {
      #expect(try site.ownTables() == ["a", "b", "c"])
    } else {
      outcome.expectFailure(1, naming: [site.thirdVersion])
      try Self.expectUndone(site)
    }
  }

  /// What a script may be in the middle of.
  private static func occupations(_ engine: Engine) -> [String] {
    let query =
      engine == .postgresql
      ? "SELECT pg_sleep(60)"
      : """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000000000) SELECT max(i) FROM n
      """
    return ["time.sleep(300)", "while True: pass", "c.execute(sa.text('\(query)'))"]
  }

  private static let samples = Engine.allCases.flatMap { engine in
    occupations(engine).map { (engine, $0) }
  }

  /// A run that is in the middle of its third version, and its interpreter's process.
  private static func started(
    _ engine: Engine, _ occupation: String
  ) throws -> (TestSite, TestProgram.Running, interpreter: Int) {
    let site = try TestSite.withThirdVersion(engine, "")
    try site.write("003_c.py", script("\(site.writeProcessID())\n\(occupation)"))
    let runner = try site.start(["db_sync"])
    return (site, runner, try site.processID())
  }

  @Test(arguments: samples)
  func `a signal to the program ends the interpreter and undoes the run`(
    engine: Engine, occupation: String
  ) throws {
    let (site, runner, interpreter) = try Self.started(engine, occupation)
    runner.send(SIGTERM)
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectFailure(143, naming: ["terminated", "nothing was changed"])
    try site.waitUntilGone(interpreter)
    try Self.expectUndone(site)
  }

  @Test(arguments: samples)
  func `the interpreter does not outlive a program that was killed`(
    engine: Engine, occupation: String
  ) throws {
    let (site, runner, interpreter) = try Self.started(engine, occupation)
    runner.send(SIGKILL)
    #expect(try runner.outcome(within: .seconds(30)).status == 137)
    try site.waitUntilGone(interpreter)
    if engine == .postgresql { try site.endWhatIsLeft() }
    try Self.expectUndone(site)
  }

  @Test(arguments: Engine.allCases)
  func `a run that ends well leaves no interpreter behind`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, "")
    try site.write("003_c.py", Self.script(site.writeProcessID()))
    try site.run("db_sync").expectSuccess()
    try site.waitUntilGone(site.processID())
  }
}

extension TestSite {
  /// Ends the server's processes that still work for a program that is gone.
  fileprivate func endWhatIsLeft() throws {
    try waitUntil("the server's processes to be gone") {
      try database.rows(
        """
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        """
      ).isEmpty
    }
  }
}
