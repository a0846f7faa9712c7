import TroveManage

extension HumanReporter {
  func finishHistory(_ history: History) {
    if !history.hasJournal {
      output.result("There is no journal in this database: what ran is not known")
    }
    guard !history.entries.isEmpty else { return }
    var table = TextTable("WHEN", "WHO", "REPOSITORY", "WHAT", "TOOK", "SCRIPT", "OUTCOME")
    for entry in history.entries {
      table.add(
        entry.time, entry.runBy, entry.repository, entry.what, entry.took, entry.script,
        entry.outcome.words)
    }
    for line in table.lines { output.result(line) }
  }
}

extension HistoryEntry {
  /// What happened, in a few words.
  var what: String {
    switch operation {
    case "stamp": "stamp at \(to)"
    case "drop": "drop at \(from)"
    case "detach": "detach at \(from), tables stay"
    case "repair": "repair of \(to)"
    case "drift": "schema accepted at \(to)"
    case "repeatable", "before_sync", "after_sync": "\(operation) at \(to)"
    default: "\(operation) \(from) -> \(to)"
    }
  }

  /// How long it took, when that is known.
  fileprivate var took: String {
    guard case .done(let milliseconds) = outcome else { return "" }
    return Duration.milliseconds(milliseconds).words
  }
}

extension HistoryEntry.Outcome {
  /// How it ended, in a few words.
  fileprivate var words: String {
    switch self {
    case .done: "done"
    case .failed(let line?, let message): "failed in line \(line): \(message)"
    case .failed(nil, let message): "failed: \(message)"
    }
  }
}
