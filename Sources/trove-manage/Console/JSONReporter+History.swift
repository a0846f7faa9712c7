import TroveManage

extension JSONReporter {
  func finishHistory(_ history: History) {
    var document = JSONDocument(ok: true)
    document.history = history.entries.map { JSONDocument.HistoryEntry($0) }
    document.print(to: output)
  }

  /// The same: what the graph shows is in the entries.
  func finishGraph(_ history: History) { finishHistory(history) }
}

extension JSONDocument {
  /// Something that happened to a repository's version.
  struct HistoryEntry: Encodable {
    let time: String
    let runBy: String
    let runId: String
    let program: String
    let repository: String
    let versionTable: String
    let operation: String
    let from: Int64
    let to: Int64
    let script: String
    var outcome = "done"
    var durationMilliseconds: Int64?
    var line: Int64?
    var message: String?

    init(_ entry: TroveManage.HistoryEntry) {
      time = entry.time
      runBy = entry.runBy
      runId = entry.runID
      program = entry.program
      repository = entry.repository
      versionTable = entry.versionTable
      operation = entry.operation
      from = entry.from
      to = entry.to
      script = entry.script
      switch entry.outcome {
      case .done(let milliseconds): durationMilliseconds = milliseconds
      case .failed(let line, let message):
        outcome = "failed"
        self.line = line
        self.message = message
      }
    }
  }
}
