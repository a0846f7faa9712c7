import TroveManage

extension HumanReporter {
  func finishPlan(_ summary: PlanSummary, in database: DatabaseURL?) {
    if let database {
      let note = database.missingFile == nil ? "" : " (not there yet: it counts as empty)"
      output.result("database: \(database)\(note)")
    }
    for standing in summary.standings { output.result(Self.line(standing, summary)) }
    guard !summary.parts.isEmpty else { return output.result("Nothing to do") }
    var number = 0
    for part in summary.parts {
      switch part.kind {
      case .transaction:
        number += 1
        output.result("transaction \(number) of \(summary.transactionCount)")
      case .outside: output.result("outside a transaction, statement by statement")
      }
      let reasons = part.kind == .outside ? part.steps.flatMap(\.outsideReasons) : []
      for line in reasons + Self.table(part.steps) { output.result("  \(line)") }
    }
    for line in Self.destructionLines(summary.steps) { output.result(line) }
    output.result(Self.sum(summary))
  }

  func finishScript(_ script: PrintedScript) {
    for warning in script.warnings { output.message(warning, .warning) }
    output.result(script.text)
  }

  private static func line(_ standing: Standing, _ summary: PlanSummary) -> String {
    let id = standing.repository.id
    let steps = summary.steps.filter { $0.repository.folder == standing.repository.folder }
    let version = standing.version ?? 0
    guard !steps.isEmpty else { return "\(id): stays at \(version)" }
    let end = summary.moves.first { $0.standing.repository.folder == standing.repository.folder }
    let late = steps.count { $0.isLate }
    let way = end.map { "\(version) -> \($0.version)" } ?? "stays at \(version)"
    return "\(id): \(way), \(count(steps))"
      + (late > 0 ? ", \(late) of them late" : "")
  }

  private static func table(_ steps: [Step]) -> [String] {
    var table = TextTable("REPOSITORY", "VERSION", "DESCRIPTION", "STATEMENTS", "SCRIPT")
    for step in steps {
      table.add(
        step.repository.id, "\(step.way)\(step.isLate ? " (late)" : "")", step.title,
        step.isPython ? "in Python" : String(step.script.statementCount), step.script.path)
    }
    return table.lines
  }

  private static func destructionLines(_ steps: [Step]) -> [String] {
    let found = steps.flatMap(\.script.destructions)
    guard !found.isEmpty else { return [] }
    return ["destructive:"]
      + found.map { statement, kinds in
        let kinds = kinds.map(\.rawValue).joined(separator: ", ")
        let line = statement.excerpt.prefix { $0 != "\n" }
        return "  \(statement.location): \(kinds): \(line)"
      }
  }

  private static func sum(_ summary: PlanSummary) -> String {
    let outside = summary.parts.count - summary.transactionCount
    let places = [
      summary.transactionCount > 0 ? count(summary.transactionCount, "transaction") : nil,
      outside > 0 ? "\(count(outside, "script")) outside of a transaction" : nil,
    ]
    return "Dry run: \(count(summary.steps)) in "
      + "\(places.compactMap(\.self).joined(separator: " and ")); nothing was run"
  }
}
