import FoundationEssentials
import Glibc

/// The streams of the program: results on standard output, messages on standard error, and the log
/// file when there is one.
struct Output {
  /// How much a message matters.
  enum Level: String {
    case debug = "DEBUG"
    case progress = "INFO"
    case warning = "WARNING"
    case error = "ERROR"
  }

  /// A log file that cannot be written.
  struct LogFileError: Error, CustomStringConvertible {
    let path: String
    let reason: String

    var description: String {
      """
      \(path): the log file cannot be written: \(reason)
      hint: name another one with --log-file, or leave the option out
      """
    }
  }

  /// Whether results go to a terminal whose owner has nothing against colours (no-color.org).
  static var isColored: Bool { Terminal.isColored(STDOUT_FILENO) }

  /// How much a person wants to hear.
  enum Verbosity {
    case usual
    /// Warnings, errors, and what a command was asked to show.
    case quiet
  }

  /// The line that says how far a run has come; `nil` where nobody could or would read it.
  let status: StatusLine?
  private let logFile: Int32?
  private let verbosity: Verbosity

  /// Standard output and standard error alone.
  init(_ verbosity: Verbosity = .usual) {
    logFile = nil
    self.verbosity = verbosity
    status = verbosity == .quiet ? nil : StatusLine()
  }

  /// With the log file at `path`, to which lines are added.
  init(logFile path: String, _ verbosity: Verbosity) throws(LogFileError) {
    let descriptor = unsafe open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
    guard descriptor >= 0 else {
      throw LogFileError(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    logFile = descriptor
    self.verbosity = verbosity
    status = nil
  }

  /// Prints a line of a result.
  func result(_ line: String) {
    log(line, .progress)
    status?.erase()
    guard !Self.write("\(line)\n", to: STDOUT_FILENO) else { return }
    // What was asked for is done, but nobody can know: that is a failure.
    message("standard output cannot be written: \(unsafe String(cString: strerror(errno)))", .error)
    exit(ExitStatus.failed.code)
  }

  /// Prints a result that is a file by itself and ends as one does; it is no line for a log.
  func document(_ text: String) {
    status?.erase()
    guard !Self.write(text, to: STDOUT_FILENO) else { return }
    message("standard output cannot be written: \(unsafe String(cString: strerror(errno)))", .error)
    exit(ExitStatus.failed.code)
  }

  /// Prints a line of what a run has done, unless nobody wants to know when all is well.
  func summary(_ line: String) {
    if verbosity == .quiet { log(line, .progress) } else { result(line) }
  }

  /// Prints what is of interest while it happens.
  func progress(_ text: String) {
    if verbosity == .quiet { log(text, .progress) } else { message(text) }
  }

  /// Prints what an engine or a rule has to say; the server's small talk is progress.
  func notice(_ text: String) {
    let isTalk = ["NOTICE:", "INFO:", "LOG:", "DEBUG"].contains { text.hasPrefix($0) }
    if isTalk { progress(text) } else { message(text) }
  }

  /// Prints a message; a log file takes what is no news for a person.
  func message(_ text: String, _ level: Level = .progress) {
    let prefix = level == .error || level == .warning ? "\(level.rawValue.lowercased()): " : ""
    status?.erase()
    if logFile == nil || !prefix.isEmpty { Self.write("\(prefix)\(text)\n", to: STDERR_FILENO) }
    log(text, level)
  }

  private func log(_ text: String, _ level: Level) {
    guard let logFile else { return }
    let time = Date().formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    for line in text.split(separator: "\n") {
      Self.write("\(time) \(getpid()) \(level.rawValue) \(line)\n", to: logFile)
    }
  }

  /// Writes all of `text`.
  ///
  /// - Returns: whether that was possible.
  @discardableResult
  static func write(_ text: String, to descriptor: Int32) -> Bool {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let written = unsafe rest.withUnsafeBytes { bytes in
        unsafe Glibc.write(descriptor, bytes.baseAddress, bytes.count)
      }
      guard written > 0 else { return false }
      rest = rest.dropFirst(written)
    }
    return true
  }
}
