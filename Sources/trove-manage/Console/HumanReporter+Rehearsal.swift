import TroveManage

extension HumanReporter {
  func finishRehearsal(_ outcome: RehearsalOutcome, in database: DatabaseURL) -> ExitStatus {
    let report = outcome.report
    let note = database.missingFile == nil ? "" : " (not there yet: rehearsed in memory)"
    output.result("database: \(database)\(note)")
    for tried in report.steps {
      for line in Self.lines(of: tried, owner: outcome.owner) { output.result(line) }
    }
    Self.section("not rehearsed", report.untried.map(Self.line), to: output)
    for (owner, difference) in outcome.differences ?? [] {
      let lines = Self.lines(of: difference)
      Self.section("schema of \(owner ?? "nobody")", lines, to: output)
    }
    Self.section(
      "sequences, which no rollback puts back", report.sequences.map(Self.line), to: output)
    guard let failure = report.failure else {
      output.result(Self.sum(report))
      return .done
    }
    let status = fail(failure)
    if !report.untried.isEmpty, !report.steps.isEmpty {
      output.message("what failed may need what was not rehearsed")
    }
    return status
  }

  private static func section(_ title: String, _ lines: [String], to output: Output) {
    guard !lines.isEmpty else { return }
    output.result("\(title):")
    for line in lines { output.result("  \(line)") }
  }

  private static func sum(_ report: TrialReport) -> String {
    guard report.steps.isEmpty else {
      return "Rehearsed: \(count(report.steps.count, "version")) in \(report.duration.words), "
        + "and rolled back; nothing was changed"
    }
    guard report.untried.isEmpty else { return "Nothing could be rehearsed; nothing was changed" }
    let standings = report.standings.map { "\($0.repository.id) is at \($0.version ?? 0)" }
    return "Nothing to rehearse: \(standings.joined(separator: ", "))"
  }

  // MARK: Versions

  private static func lines(
    of tried: TriedStep, owner: (ObjectName) -> String?
  ) -> [String] {
    let step = tried.step
    let time = tried.duration.map(\.preciseWords) ?? "failed"
    var lines = [
      "\(step.repository.id) \(step.way)\(step.isLate ? " (late)" : ""), \(time): "
        + step.script.path
    ]
    guard !tried.statements.isEmpty else { return lines }
    var table = TextTable("LINE", "TIME", "ROWS", "STATEMENT")
    for statement in tried.statements {
      table.add(
        String(statement.statement.line), statement.duration.preciseWords,
        statement.changedRows.map(String.init) ?? "-",
        (statement.ending == .failed ? "failed: " : "") + statement.statement.headline)
    }
    let rows = table.lines
    lines.append("  \(rows[0])")
    for (row, statement) in zip(rows.dropFirst(), tried.statements) {
      lines.append("  \(row)")
      lines += statement.effects(owner: owner).map { "      \($0)" }
    }
    return lines
  }

  private static func line(_ untried: UntriedStep) -> String {
    let step = untried.step
    return "\(step.repository.id) \(step.way): \(untried.words)"
  }

  private static func line(_ moved: MovedSequence) -> String {
    let end = moved.after.map { ", now at \($0.value)" } ?? ""
    return "\(moved.name): \(moved.before.value) -> \(moved.moved.value)\(end) (\(moved.note))"
  }
}

extension TriedStatement {
  /// A line for each lock that it took and each table that it wrote anew.
  fileprivate func effects(owner: (ObjectName) -> String?) -> [String] {
    func title(_ name: ObjectName) -> String {
      owner(name).map { "\(name.title) (\($0))" } ?? name.title
    }
    return locks.map { lock in
      let index = lock.index.map { "index \($0) of " } ?? ""
      return "locks \(index)\(title(lock.object)) in \(lock.mode.words)\(lock.mode.consequence)"
    } + rewritten.map { "rewrites \(title($0))" }
  }
}

extension LockMode {
  /// What it means to others.
  fileprivate var consequence: String {
    switch blocks {
    case []: ""
    case [.write]: ": nobody else writes"
    default: ": nobody else reads or writes"
    }
  }
}

extension Statement {
  /// The first line, cut.
  fileprivate var headline: String {
    let line = excerpt.prefix { $0 != "\n" }
    return line.count > 70 ? "\(line.prefix(69))…" : String(line)
  }
}
