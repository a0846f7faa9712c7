import Foundation
import TroveManage

/// The built program, run as an operator would.
enum TestProgram {
  /// What a run of the program left.
  struct Outcome: Sendable {
    let status: Int32
    let output: String
    let messages: String
  }

  /// The program that was built beside the tests.
  static let path = Path(FileSystem.realPath(of: "/proc/self/exe")).parent.appending("trove-manage")
    .text

  /// Runs the program and waits for its end.
  static func run(
    _ arguments: String..., environment: [String: String] = [:], folder: String? = nil
  ) throws -> Outcome {
    try run(arguments, environment: environment, folder: folder)
  }

  /// Runs the program and waits for its end.
  static func run(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil
  ) throws -> Outcome {
    try start(arguments, environment: environment, folder: folder).outcome()
  }

  /// Starts the program, which reads from `input`.
  static func start(
    _ arguments: [String], environment: [String: String] = [:], folder: String? = nil,
    input: FileHandle = .nullDevice
  ) throws -> Running {
    try Running(arguments, environment: environment, folder: folder, input: input)
  }

  /// Starts the program at a terminal: its messages go there, its results to a file.
  static func start(
    _ arguments: [String], at terminal: TestTerminal, environment: [String: String] = [:],
    folder: String? = nil
  ) throws -> Running {
    try Running(
      arguments, environment: environment, folder: folder, input: terminal.input,
      messages: terminal.input)
  }

  /// A process of the program.
  final class Running {
    let process = Process()
    private let output: FileHandle
    private let messages: FileHandle
    private let files: TestFolder

    init(
      _ arguments: [String], environment: [String: String], folder: String?, input: FileHandle,
      messages terminal: FileHandle? = nil
    ) throws {
      files = try TestFolder()
      // Files, not pipes: a pipe that nobody reads would stop the program when it is full.
      output = try Self.file(files.path("output"))
      messages = try Self.file(files.path("messages"))
      process.executableURL = URL(filePath: TestProgram.path)
      process.arguments = arguments
      // Nothing of the machine's own conf files or settings.
      process.environment = ["HOME": files.path, "PATH": "/usr/bin:/bin"].merging(environment) {
        $1
      }
      process.currentDirectoryURL = URL(filePath: folder ?? files.path)
      process.standardOutput = output
      process.standardError = terminal ?? messages
      process.standardInput = input
      try process.run()
    }

    /// Waits for the end.
    func outcome() throws -> Outcome {
      process.waitUntilExit()
      let isSignal = process.terminationReason == .uncaughtSignal
      return Outcome(
        status: process.terminationStatus + (isSignal ? 128 : 0),
        output: try String(contentsOfFile: files.path("output"), encoding: .utf8),
        messages: try String(contentsOfFile: files.path("messages"), encoding: .utf8))
    }

    /// What it has said so far on standard error.
    func said() throws -> String {
      try String(contentsOfFile: files.path("messages"), encoding: .utf8)
    }

    private static func file(_ path: String) throws -> FileHandle {
      _ = FileManager.default.createFile(atPath: path, contents: nil)
      return try FileHandle(forWritingTo: URL(filePath: path))
    }
  }
}
