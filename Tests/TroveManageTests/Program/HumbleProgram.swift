import Foundation
import Testing

/// The program without root's power to read and write everything.
///
/// Root keeps its name but loses CAP_DAC_OVERRIDE (capabilities(7)), so that permissions bite and the
/// checkout may stand where only root can read.
enum HumbleProgram {
  static func run(_ arguments: String...) throws -> TestProgram.Outcome {
    guard getuid() == 0 else {
      return try TestProgram.start(arguments, environment: [:]).outcome(within: .seconds(100))
    }
    let files = try TestFolder()
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    let capabilities = "-dac_override,-dac_read_search"
    process.arguments =
      [
        "-c", "exec setpriv --bounding-set=\"$0\" --inh-caps=\"$0\" \"$@\" >output 2>messages",
        capabilities, TestProgram.path,
      ] + arguments
    process.environment = ["HOME": files.path, "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"]
    process.currentDirectoryURL = URL(filePath: files.path)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return TestProgram.Outcome(
      status: process.terminationStatus,
      output: try String(contentsOfFile: files.path("output"), encoding: .utf8),
      messages: try String(contentsOfFile: files.path("messages"), encoding: .utf8))
  }
}
