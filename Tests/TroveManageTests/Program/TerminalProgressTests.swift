import Foundation
import Testing
import TroveManage

@Suite struct TerminalProgressTests {
  /// Starts a run at a terminal and returns when its last version has been stuck for long enough to get a bar.
  private static func startUntilStuck(
    _ site: TestSite, at terminal: TestTerminal, environment: [String: String] = [:]
  ) throws -> TestProgram.Running {
    let runner = try start(
      site, ["db_sync", "--transaction", "version"], at: terminal, environment: environment)
    try waitUntil("the bar") {
      terminal.transcript().contains("[\u{1B}[32m\(bar(site.engine))\u{1B}[0m")
    }
    return runner
  }

  /// What is filled of the bar when three of four versions are done; SQLite tells of statements, too.
  private static func bar(_ engine: Engine) -> String {
    String(repeating: "#", count: engine == .sqlite ? 17 : 15)
  }

  private static func start(
    _ site: TestSite, _ arguments: [String], at terminal: TestTerminal,
    environment: [String: String] = [:]
  ) throws -> TestProgram.Running {
    try TestProgram.start(
      ["--config-file", site.conf] + arguments, at: terminal, environment: environment,
      folder: site.folder.path)
  }

  /// A site whose first version takes long enough for the line to be drawn.
  private static func slow(_ engine: Engine) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine)
    let pause =
      switch engine {
      case .postgresql: "SELECT pg_sleep(0.7);"
      case .sqlite:
        """
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000000)
        SELECT max(i) FROM n;
        """
      }
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);\n\(pause)")
    return site
  }

  private static let steps = [
    "[1/2] core 0 -> 1: 001_a_default_upgrade.sql", "[2/2] core 1 -> 2: 002_b_default_upgrade.sql",
  ]

  @Test(arguments: Engine.allCases, [SIGINT, SIGTERM])
  func `a line says how far a run is, and a signal leaves nothing of it`(
    engine: Engine, signal: Int32
  ) throws {
    let site = try TestSite.stuck(engine)
    let terminal = try TestTerminal(columns: 100)
    let runner = try Self.startUntilStuck(site, at: terminal)
    runner.send(signal)
    let screen = TestScreen(try terminal.transcript(of: runner), columns: 100)
    #expect(try runner.outcome().status == 128 + signal)

    let last = try #require(screen.drawings.last { $0.contains("#") })
    let statement = engine == .sqlite ? ", statement 2 of 2" : ""
    let bar = "[\(Self.bar(engine))-"
    let words = " s, plugin: version 4 of 4\(statement): q"
    #expect(last.hasPrefix(bar) && last.hasSuffix(words), "\(last)")
    #expect(screen.hasCursor && !screen.hasWrapped)
    #expect(screen.lines[3] == "[4/4] plugin 1 -> 2: 002_q_default_upgrade.sql", "\(screen.lines)")
    #expect(screen.lines[4] == "error: \(signal == SIGINT ? "interrupted" : "terminated")")
    #expect(screen.lines.last == "" && !screen.lines.contains { $0.contains(" of 4") })
  }

  @Test(arguments: Engine.allCases)
  func `other lines stand above it, and nothing is left of it at the end`(engine: Engine) throws {
    let site = try Self.slow(engine)
    let terminal = try TestTerminal(columns: 100)
    let arguments = ["db_sync", "--transaction", "version"]
    let runner = try Self.start(site, arguments, at: terminal)
    let text = try terminal.transcript(of: runner)
    let screen = TestScreen(text, columns: 100)
    #expect(screen.drawings.contains { $0.contains("core: version 1 of 2") }, "\(text)")
    #expect(screen.lines == Self.steps + [""], "\(text)")
    let outcome = try runner.outcome()
    #expect(outcome.status == 0 && outcome.output.hasPrefix("core: 0 -> 2\nDone: 2 versions"))
  }

  @Test(arguments: Engine.allCases)
  func `an error stands above it`(engine: Engine) throws {
    let site = try Self.slow(engine)
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    let terminal = try TestTerminal(columns: 200)
    let runner = try Self.start(site, ["db_sync"], at: terminal)
    let screen = TestScreen(try terminal.transcript(of: runner), columns: 200)
    #expect(!screen.drawings.isEmpty)
    #expect(screen.lines.starts(with: Self.steps))
    #expect(screen.lines[2].hasPrefix("error: \(site.script("002_b_default_upgrade.sql")):1"))
    #expect(!screen.lines.contains { $0.contains(" of 2") }, "\(screen.lines)")
    #expect(try runner.outcome().status == 1)
  }

  @Test(arguments: [nil, 30] as [Int?])
  func `it is cut, and never wrapped`(columns: Int?) throws {
    let site = try Self.slow(.sqlite)
    let terminal = try TestTerminal(columns: columns)
    let runner = try Self.start(
      site, ["db_sync"], at: terminal, environment: columns == nil ? ["COLUMNS": "30"] : [:])
    let screen = TestScreen(try terminal.transcript(of: runner), columns: 200)
    #expect(!screen.drawings.isEmpty)
    #expect(screen.drawings.map(\.count).max() == 29, "\(screen.drawings)")
  }

  @Test func `without colour there is a line all the same`() throws {
    let site = try TestSite.stuck(.sqlite)
    let terminal = try TestTerminal(columns: 100)
    let runner = try Self.start(
      site, ["db_sync"], at: terminal, environment: ["NO_COLOR": "1"])
    try waitUntil("the bar") { terminal.transcript().contains("[###") }
    runner.send(SIGTERM)
    let text = try terminal.transcript(of: runner)
    #expect(text.contains("\u{1B}[K") && text.firstMatch(of: /\u{1B}\[[0-9;]*m/) == nil)
  }

  @Test(arguments: [
    ["TERM": "dumb"], ["TERM": "xterm", "option": "--quiet"],
    ["TERM": "xterm", "option": "--log-file=log"],
  ])
  func `a terminal that cannot, and a person who does not want to, see no line`(
    environment: [String: String]
  ) throws {
    let site = try Self.slow(.sqlite)
    let terminal = try TestTerminal(columns: 100)
    let option = environment["option"]
    let runner = try Self.start(
      site, ["db_sync"] + [option].compactMap(\.self), at: terminal, environment: environment)
    let text = try terminal.transcript(of: runner)
    #expect(text == (option == nil ? Self.steps.map { "\($0)\r\n" }.joined() : ""))
    #expect(try runner.outcome().status == 0)
  }

  @Test func `a document on standard output comes without it`() throws {
    let site = try Self.slow(.sqlite)
    let terminal = try TestTerminal(columns: 100)
    let runner = try Self.start(site, ["db_sync", "--json"], at: terminal)
    let screen = TestScreen(try terminal.transcript(of: runner), columns: 100)
    #expect(!screen.drawings.isEmpty && screen.lines == [""], "\(screen.lines)")
    #expect(try runner.outcome().document()["ok"] as? Bool == true)
  }
}
