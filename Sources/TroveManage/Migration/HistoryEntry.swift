/// Something that happened to a repository's version, or failed to.
public struct HistoryEntry: Sendable {
  /// How it ended.
  public enum Outcome: Hashable, Sendable {
    /// It was done, in so many milliseconds.
    case done(milliseconds: Int64)
    /// It was rolled back: the line of the script, when one is to blame, and what the engine said.
    case failed(line: Int64?, message: String)
  }

  /// When it ended: ISO 8601, UTC.
  public let time: String
  /// `user@host` of the operating system.
  public let runBy: String
  /// The id of the run.
  public let runID: String
  /// The program and its version.
  public let program: String
  /// The id of the repository.
  public let repository: String
  /// The table that holds the repository's version.
  public let versionTable: String
  /// `upgrade`, `downgrade`, `stamp`, `drop`, `detach`, `drift` or `repair`.
  public let operation: String
  /// The version before.
  public let from: Int64
  /// The version after.
  public let to: Int64
  /// The name of the script's file; empty when there was none.
  public let script: String
  /// How it ended.
  public let outcome: Outcome

  /// The columns that every row begins with, in their order; the time is asked for by ``init(_:_:)``'s caller.
  static let columns = [
    "run_by", "run_id", "program", "repository_id", "version_table", "operation", "from_version",
    "to_version", "script",
  ]

  /// What a row of the time and ``columns`` says.
  ///
  /// It is shown as it is: looking at a damaged row is better than not.
  init(_ row: Row, _ outcome: Outcome) {
    time = row[0].words
    runBy = row[1].words
    runID = row[2].words
    program = row[3].words
    repository = row[4].words
    versionTable = row[5].words
    operation = row[6].words
    from = row[7].integer ?? 0
    to = row[8].integer ?? 0
    script = row[9].words
    self.outcome = outcome
  }
}

extension Value {
  /// The value for the eye; nothing for NULL.
  var words: String {
    switch self {
    case .null: ""
    case .integer(let number): String(number)
    case .text(let text): text.cut(StepFailure.longestMessage)
    case .real, .blob: shown
    }
  }
}
