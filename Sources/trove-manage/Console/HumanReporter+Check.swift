import TroveManage

extension HumanReporter {
  func finishCheck(_ report: CheckReport, of database: DatabaseURL) {
    for finding in report.findings { output.result("\(finding)") }
    guard report.findings.isEmpty else { return }
    let standings = report.standings.map { "\($0.repository.id) is at \($0.version ?? 0)" }
    output.result("Nothing found: \(standings.joined(separator: ", "))")
  }
}

extension Standing {
  /// A line for each thing that became of scripts that ran, with their versions.
  var editLines: [String] {
    let scripts = Dictionary(grouping: edited ?? [], by: \.state)
    let words: [(EditedScript.State, String)] = [
      (.edited, "edited since it ran"), (.missing, "missing, though it ran"),
      (.unreadable, "cannot be read"),
    ]
    return words.compactMap { state, words in
      guard let scripts = scripts[state] else { return nil }
      let shown = scripts.prefix(20).map { String($0.version) }.joined(separator: ", ")
      let rest = scripts.count > 20 ? " and \(scripts.count - 20) more" : ""
      return "\(repository.id): \(words): \(shown)\(rest)"
    }
  }
}
