import ArgumentParser
import TroveManage

/// Words for a person: results on standard output, progress and messages on standard error.
struct HumanReporter: Reporter {
  let output: Output

  func report(_ event: MigrationEvent) {
    switch event {
    case .planned(let plan):
      for step in plan.steps where step.runsOutside { output.progress(step.outsideWords) }
      for step in plan.steps.dropLast() where step.addsTypeValue && !step.runsOutside {
        let move = "\(step.repository.id) \(step.way)"
        output.progress(
          "\(move) adds a value to a type; what follows may use it, so it is committed before")
      }
    case .clearing:
      let words =
        "everything is dropped before, for good: a script runs outside the transaction that does"
      output.message(words, .warning)
    case .committed, .finished, .failureNotRecorded, .traceback: break
    case .printed(let step, let text): output.progress(step.prefixing(text))
    case .waiting(let holder):
      let words = "waiting for another runner, which holds the lock of this database"
      output.progress(holder.map { "\(words): \($0)" } ?? words)
    case .started(let step, let number, let count):
      output.progress(
        "[\(number)/\(count)] \(step.repository.id) \(step.way): "
          + Path(step.script.path).name)
    case .startedLoneStatement(let statement, let number, let count):
      output.progress("  statement \(number) of \(count): \(statement.firstLine)")
    case .retrying(let error, let pause):
      output.progress("\(error.message) [\(error.code ?? "")]; trying again in \(pause.words)")
    case .dividing(let steps):
      output.progress("one of \(Self.count(steps)) in a transaction failed; again, one by one")
    case .lookingUpCommit:
      output.progress("the session broke during a commit; asking the database whether it has it")
    case .notice(let text): output.notice(text)
    case .warning(let text): output.message(text, .warning)
    }
  }

  func finishRun(_ report: RunReport) {
    guard !report.applied.isEmpty else {
      let standings = report.after.map { "\($0.repository.id) is at \($0.version ?? 0)" }
      return output.summary("Nothing to do: \(standings.joined(separator: ", "))")
    }
    if !report.leftAlone.isEmpty {
      output.summary("Left alone: \(report.leftAlone.joined(separator: ", "))")
    }
    for move in report.moves { output.summary(Self.line(move.before, move.after)) }
    for line in report.lateLines { output.summary(line) }
    output.summary(
      "Done: \(Self.count(report.applied)) in \(report.placeWords), \(report.duration.words)"
    )
  }

  func finishVersion(_ standing: Standing) throws {
    guard let version = standing.version else {
      throw NotControlled(repository: standing.repository)
    }
    output.result(String(version))
  }

  func finishWait(for database: DatabaseURL, after duration: Duration) {
    output.summary("the database is ready")
  }

  func fail(_ error: any Error) -> ExitStatus {
    let status = ExitStatus(error)
    switch error {
    case let failure as RunFailure:
      output.message("\(failure.error)", .error)
      for line in Self.standing(after: failure) { output.message(line) }
    case _ where status == .done: output.result(TroveManageCommand.fullMessage(for: error))
    default: output.message("\(error)", .error)
    }
    return status
  }

  private static func line(_ before: Standing, _ after: Standing) -> String {
    "\(after.repository.id): \(before.version ?? 0) -> \(after.version ?? 0)"
  }

  static func count(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
  }

  /// How many versions there are among the steps, and how many scripts besides.
  static func count(_ steps: [Step]) -> String {
    let versions = steps.count(where: \.operation.isOfVersion)
    let others = steps.count - versions
    guard others > 0 else { return count(versions, "version") }
    return (versions > 0 ? "\(count(versions, "version")) and " : "")
      + count(others, versions > 0 ? "other script" : "script")
  }

  /// What was done before a failure, and where the database stands now.
  private static func standing(after failure: RunFailure) -> [String] {
    guard let report = failure.report else { return ["nothing was changed"] }
    switch failure.error {
    // Nobody knows before the next run has asked.
    case .commitUnanswered, .statementUnanswered: return []
    default: break
    }
    var lines: [String] = []
    if !report.rolledBack.isEmpty {
      lines.append("rolled back: \(count(report.rolledBack))")
    }
    if report.cleared { lines.append("everything was dropped before") }
    if !report.applied.isEmpty, !report.moves.isEmpty || !report.lateLines.isEmpty {
      lines.append("applied:")
      lines +=
        report.moves.map { "  \(line($0.before, $0.after))" } + report.lateLines.map { "  \($0)" }
    }
    lines.append("\(report.changedNothing ? "nothing was changed; " : "")the database stands at:")
    return lines + report.after.map { "  \($0.repository.id): \($0.words)" }
  }
}

extension RunReport {
  /// In what the versions ran.
  var placeWords: String {
    let outside = applied.count(where: \.runsOutside)
    let places = [
      transactions > 0 ? HumanReporter.count(transactions, "transaction") : nil,
      outside > 0 ? "\(HumanReporter.count(outside, "script")) outside of a transaction" : nil,
    ]
    return places.compactMap(\.self).joined(separator: " and ")
  }

  /// The late versions that were applied, a line for each repository that has some.
  fileprivate var lateLines: [String] {
    after.compactMap { standing in
      let late = applied.filter { $0.isLate && $0.repository.folder == standing.repository.folder }
      guard !late.isEmpty else { return nil }
      let numbers = late.map { String($0.version) }.joined(separator: ", ")
      return "\(standing.repository.id): late \(numbers)"
    }
  }

  /// Whether the database is as it was before.
  fileprivate var changedNothing: Bool {
    applied.isEmpty && !cleared && before.map(\.progress) == after.map(\.progress)
  }
}

extension Step? {
  /// What a script has printed, behind the script's name.
  func prefixing(_ text: String) -> String {
    // It must not talk to the terminal.
    let scalars = text.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control && scalar != "\t" ? "\u{FFFD}" : scalar
    }
    let visible = String(String.UnicodeScalarView(scalars))
    return map { "\(Path($0.script.path).name): \(visible)" } ?? visible
  }
}

extension Statement {
  fileprivate var firstLine: Substring { excerpt.prefix { $0 != "\n" } }
}

extension Step {
  /// That the script runs outside a transaction, why, and from where on.
  fileprivate var outsideWords: String {
    let move = "\(repository.id) \(way)"
    let words =
      "\(move) runs outside a transaction, statement by statement; what precedes it is committed"
    return ([words] + outsideReasons.map { "  \($0)" }).joined(separator: "\n")
  }

  /// Why the script runs outside a transaction, and from where on.
  var outsideReasons: [String] {
    var lines: [String] = []
    if let statement = firstLoneStatement {
      lines.append("\(statement.location): \(statement.firstLine)")
    } else if asksToRunOutside {
      lines.append("\(script.path) asks for it")
    }
    if let progress {
      let count = HumanReporter.count(progress.doneCount, "statement")
      lines.append(
        "an interrupted run has done \(count) of \(script.statements.count); this one goes on there"
      )
    }
    return lines
  }
}

extension Standing {
  /// The version, and what was begun beyond it.
  fileprivate var words: String {
    let version = version.map(String.init) ?? "no version yet"
    return progress.map { "\(version), \($0.words)" } ?? version
  }
}

extension Progress {
  /// How far the interrupted script has come, in a few words.
  var words: String {
    (operation.isOfVersion ? "\(operation) to \(to)" : operation.rawValue) + " interrupted \(place)"
  }
}

extension Duration {
  /// The duration in milliseconds, with microseconds.
  var preciseWords: String {
    let microseconds = Int64(self / .microseconds(1))
    let digits = String(microseconds % 1000)
    return "\(microseconds / 1000).\(String(repeating: "0", count: 3 - digits.count))\(digits) ms"
  }

  /// The duration as a person says it.
  var words: String {
    guard milliseconds >= 1000 else { return "\(milliseconds) ms" }
    guard milliseconds >= 60_000 else {
      return "\(milliseconds / 1000).\(milliseconds / 100 % 10) s"
    }
    return "\(milliseconds / 60_000) min \(milliseconds / 1000 % 60) s"
  }
}
