import Foundation
import Testing
import TroveManage

/// `db_history --graph` draws a lane for each repository.
@Suite struct HistoryGraphTests {
  /// A site with a core of three versions and a plugin of two, each with a way back.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(engine, scripts("core", 3), plugins: "./plugin")
    try site.folder.writeRepository("plugin", scripts: scripts("plugin", 2))
    return site
  }

  private static func scripts(_ name: String, _ count: Int) -> [String: String] {
    let pairs = (1...count).flatMap { number in
      [
        ("00\(number)_x_default_upgrade.sql", "CREATE TABLE \(name)\(number) (id INTEGER);"),
        ("00\(number)_x_default_downgrade.sql", "DROP TABLE \(name)\(number);"),
      ]
    }
    return Dictionary(uniqueKeysWithValues: pairs)
  }

  /// The lines without times, people and durations.
  private static func graph(_ site: TestSite, _ arguments: String...) throws -> [String] {
    let outcome = try site.run(["db_history", "--graph"] + arguments)
    outcome.expectSuccess()
    #expect(!outcome.output.contains("\u{1B}"))
    return outcome.output.split(separator: "\n").map { line in
      String(
        line.replacing(#/20\d\d-\d\d-\d\d \d\d:\d\d:\d\d  \S+@\S+ +/#, with: "")
          .replacing(#/, \d+(\.\d+)? m?s$/#, with: "").replacing(#/  +/#, with: "  "))
    }
  }

  @Test(arguments: Engine.allCases)
  func `each repository has a lane, and what one run did to several is joined`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    try site.run("db_version_control").expectSuccess()
    try site.run("db_upgrade", "--version", "2").expectSuccess()
    try site.run("db_sync").expectSuccess()
    try site.run("db_downgrade", "--repo_path", "plugin", "0").expectSuccess()
    try site.write("004_x_default_upgrade.sql", "SELECT * FROM nowhere;")
    #expect(try site.run("db_sync").status == 1)
    let before = try site.contents()
    let lines = try Self.graph(site)
    try #require(lines.count == 10, "\(lines)")
    #expect(
      lines.prefix(9) == [
        "core", "| plugin", "| |",
        "=  core  stamp at 0",
        "*  core  upgrade 0 -> 2, 2 versions",
        "*  core  upgrade 2 -> 3",
        "+-+",
        "| *  plugin  upgrade 0 -> 2, 2 versions",
        "| v  plugin  downgrade 2 -> 0, 2 versions",
      ])
    #expect(lines[9].hasPrefix("x  core  upgrade 3 -> 4 failed in line 1: "), "\(lines[9])")
    #expect(lines[9].contains("nowhere"))
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `what is stamped, accepted and forgotten has signs of its own`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_version_control", "--version", "1").expectSuccess()
    try site.run("db_version_control", "--repo_path", "plugin", "--version", "2").expectSuccess()
    try site.run("plugin_remove", "plugin", "--detach", "--yes").expectSuccess()
    #expect(
      try Self.graph(site) == [
        "core", "| plugin", "| |", "=  core  stamp at 1", "| =  plugin  stamp at 2",
        "| 0  plugin  detach at 2, tables stay",
      ])
    // The lane of core goes on above what is shown, that of the plugin, too.
    #expect(
      try Self.graph(site, "--limit", "1") == [
        "plugin", "|", "0  plugin  detach at 2, tables stay",
      ])
  }

  @Test(arguments: Engine.allCases)
  func `--json is the same with and without it`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    let plain = try site.run("--json", "db_history").output
    #expect(try site.run("--json", "db_history", "--graph").output == plain)
  }

  @Test func `nothing that happened makes no graph`() throws {
    let site = try Self.site(.sqlite)
    let outcome = try site.run("db_history", "--graph")
    outcome.expectSuccess("There is no journal in this database: what ran is not known\n")
  }

  @Test(arguments: [("", true), ("1", false)])
  func `colours are for terminals whose owner has nothing against them`(
    sample: (noColor: String, isColored: Bool)
  ) throws {
    let site = try Self.site(.sqlite)
    try site.run("db_sync").expectSuccess()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = [
      "--quiet", "--command",
      "'\(TestProgram.path)' --config-file '\(site.conf)' db_history --graph",
      site.folder.path("typescript"),
    ]
    process.environment = [
      "HOME": site.folder.path, "PATH": "/usr/bin:/bin", "TERM": "xterm",
      "NO_COLOR": sample.noColor,
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    let text = String(
      decoding: try #require(try site.folder.contents()["typescript"]), as: UTF8.self)
    #expect(text.contains("upgrade 0 -> 3, 3 versions"))
    #expect(text.contains("\u{1B}[34m") == sample.isColored)
  }
}
