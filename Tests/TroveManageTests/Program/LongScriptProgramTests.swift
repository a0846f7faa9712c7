import Foundation
import Testing
import TroveManage

/// The program and scripts that are too long to be held in memory.
@Suite struct LongScriptProgramTests {
  /// A script of so many megabytes, in statements of a kilobyte.
  private static func script(megabytes: Int) -> String {
    let row = String(repeating: "a long row; ", count: 80)
    return "CREATE TABLE a (id INTEGER, name TEXT);\n"
      + String(repeating: "INSERT INTO a VALUES (1, '\(row)');\n", count: megabytes * 1000)
  }

  /// The largest amount of memory that the program had at once, in KiB.
  private static func peak(ofRunning runner: TestProgram.Running) throws -> Int {
    var peak = 0
    while runner.process.isRunning {
      let path = "/proc/\(runner.process.processIdentifier)/status"
      let status = String(decoding: (try? FileSystem.read(path)) ?? [], as: UTF8.self)
      let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
      if let line { peak = line.split(separator: " ").compactMap { Int($0) }.last ?? peak }
      usleep(20_000)
    }
    return peak
  }

  @Test(arguments: Engine.allCases)
  func `memory does not grow with a script`(engine: Engine) throws {
    let peaks = try [20, 60].map { megabytes in
      let site = try TestSite(engine)
      try site.write("001_a_default_upgrade.sql", Self.script(megabytes: megabytes))
      let runner = try site.start(["db_sync"])
      let peak = try Self.peak(ofRunning: runner)
      try runner.outcome(within: .seconds(1)).expectSuccess()
      #expect(try site.database.rows("SELECT count(*) FROM a") == [["\(megabytes * 1000)"]])
      return peak
    }
    #expect(peaks[0] > 10_000 && peaks[1] - peaks[0] < 8 * 1024, "\(peaks) KiB")
  }

  @Test(arguments: Engine.allCases)
  func `a signal ends a long script, and nothing of it is left`(engine: Engine) throws {
    let site = try TestSite.stuck(engine)
    let path = "plugin/versions/002_q_default_upgrade.sql"
    let end = String(decoding: try FileSystem.read(site.folder.path(path)), as: UTF8.self)
    let filler = String(repeating: "x", count: 1 << 20)
    let start = (1...17).map { "CREATE TABLE q\($0) /* \(filler) */ (id INTEGER);\n" }
    try site.folder.write(path, start.joined() + end)
    let runner = try site.startUntilStuck()
    runner.send(SIGINT)
    let outcome = try runner.outcome(within: .seconds(30))
    outcome.expectFailure(130, naming: ["interrupted", "nothing was changed"])
    #expect(try site.database.tables() == [])
  }
}
