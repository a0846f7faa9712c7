import Foundation
import Testing
import TroveManage

@Suite struct RunningProcessTests {
  @Test func `a process is told by its command up to the first option`() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "exec sleep 30; secretpw"]
    try process.run()
    defer { process.terminate() }
    let id = Int(process.processIdentifier)
    try waitUntil("the program") { RunningProcess(id: id).command == "sleep 30" }
    let found = RunningProcess(id: id)
    #expect(found.user == NSUserName())
    let age = try #require(found.start).age
    #expect(age < .seconds(30))
    #expect(abs(Double(found.start?.seconds ?? 0) - Date().timeIntervalSince1970) < 30)
  }

  @Test func `the arguments behind an option are not told`() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", "read line", "secretpw"]
    process.standardInput = Pipe()
    try process.run()
    defer { process.terminate() }
    let id = Int(process.processIdentifier)
    try waitUntil("the program") { RunningProcess(id: id).command == "sh" }
  }

  @Test func `a process that is gone is not known`() {
    let found = RunningProcess(id: 1 << 30)
    #expect(found.command == nil && found.user == nil && found.start == nil)
  }

  @Test(arguments: [
    (Duration.seconds(12), "03:12:10 UTC (12 s ago)"), (.seconds(600), "03:12:10 UTC (10 min ago)"),
    (.seconds(7200), "03:12:10 UTC (2 h ago)"), (.seconds(-3), "03:12:10 UTC (0 s ago)"),
    (.seconds(200_000), "2026-03-01 03:12:10 UTC (2 days ago)"),
  ])
  func `a moment is told in UTC, with its age`(age: Duration, text: String) {
    #expect(Moment(seconds: 1_772_334_730, age: age).description == text)
  }
}
