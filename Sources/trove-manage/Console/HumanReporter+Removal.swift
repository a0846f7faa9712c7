import TroveManage

extension HumanReporter {
  func finishRemoval(_ outcome: RemovalOutcome) {
    let holdings = outcome.holdings
    let id = holdings.key.id
    switch outcome.way {
    case .absent: output.summary("Nothing to do: nothing of \(id) is in the database")
    case .removed(let report):
      if !outcome.removed.isEmpty { output.summary("Removed: \(Self.list(outcome.removed))") }
      let version = holdings.version.map { "it stood at \($0)" } ?? "it had no version"
      output.summary("Done: nothing of \(id) is left, \(version); \(report.duration.words)")
    case .detached:
      let version = holdings.version.map { ", which stood at \($0)" } ?? ""
      output.summary("Forgotten: \(id)\(version)")
      if !outcome.left.isEmpty {
        output.summary("Left, and nobody's now: \(Self.list(outcome.left))")
      }
    }
    guard let words = outcome.entryWords else { return }
    output.result("Take \(words), or the next db_sync makes it anew")
  }

  /// The objects with their kinds.
  static func list(_ objects: [ObjectName]) -> String {
    objects.map { "\($0.kind.rawValue) \($0)" }.joined(separator: ", ")
  }
}
