import TroveManage

extension HumanReporter {
  func finishRepositoryCheck(_ outcome: RepositoryCheckOutcome) {
    for diagnostic in outcome.diagnostics { output.result("\(diagnostic)") }
    let names = outcome.checks.map { check in
      let count = Self.count(check.scriptCount, "script")
      return "\(check.repositoryID ?? check.folder.text): \(count)"
    }
    let (errors, all) = (outcome.errorCount, outcome.diagnostics.count)
    let words =
      all == 0
      ? "nothing found"
      : "\(Self.count(errors, "error")), \(Self.count(all - errors, "warning"))"
    output.summary("\(names.joined(separator: ", ")); \(words)")
    if let file = outcome.file { output.summary("written to \(file)") }
  }

  func finishRules(_ rules: [CheckRule]) {
    for group in CheckRule.Group.allCases {
      output.result("## \(group.rawValue)\n")
      for rule in rules where rule.group == group {
        output.result("- `\(rule.rawValue)` (\(rule.severity)): \(rule.summary).")
        output.result("  \(rule.why) Instead: \(rule.remedy).")
      }
      output.result("")
    }
  }
}
