import TroveManage

/// How far a run has come, as far as its events tell.
struct RunProgress: Sendable {
  private enum Phase {
    /// Nothing is to be done, or nothing any more.
    case idle
    /// The steps are known, none has begun.
    case preparing(count: Int)
    case step(Step, number: Int, count: Int)
    case committing(count: Int)
    case trial(TrialCheck.Progress)
  }

  private var phase = Phase.idle
  private var start = ContinuousClock.now
  private var stepStart = ContinuousClock.now
  /// How many statements of the step are known to be done.
  private var statementsDone = 0
  /// Once there is a bar it stays, so that the line keeps its shape.
  private var hasBar = false

  /// Whether there is anything to show.
  var isIdle: Bool {
    if case .idle = phase { true } else { false }
  }

  /// Takes in what happens.
  mutating func note(_ event: MigrationEvent) {
    switch event {
    case .planned(let plan):
      // A run that plans anew has been at it since it planned first.
      if isIdle { start = .now }
      phase = plan.isEmpty ? .idle : .preparing(count: plan.steps.count)
    case .started(let step, let number, let count):
      phase = .step(step, number: number, count: count)
      statementsDone = step.progress?.doneCount ?? 0
      stepStart = .now
    case .startedLoneStatement(_, let number, _): statementsDone = number - 1
    case .finished:
      guard case .step(_, let number, let count) = phase, number == count else { return }
      phase = .committing(count: count)
    case .committed:
      if case .committing = phase { phase = .idle }
    default: break
    }
  }

  /// Takes in that the engine has run `command`, which may be no statement of the script.
  mutating func note(ran command: Command) {
    guard case .step(let step, _, _) = phase,
      step.script.statements.indices.contains(statementsDone),
      // As a rule both are the same bytes, which is seen without comparing them.
      step.script.statements[statementsDone].text == command.text
    else { return }
    statementsDone += 1
  }

  /// Takes in how far a trial of a repository's scripts is.
  mutating func note(_ trial: TrialCheck.Progress) {
    if isIdle { start = .now }
    phase = .trial(trial)
  }

  /// Takes in that a trial is over.
  mutating func finishTrial() { phase = .idle }

  /// The line that says so.
  mutating func line() -> StatusText {
    let elapsed = (ContinuousClock.now - start).roundWords
    switch phase {
    case .idle: return StatusText(words: "")
    case .preparing(let count):
      return StatusText(words: "\(elapsed), preparing \(HumanReporter.count(count, "version"))")
    case .committing(let count):
      let words = "\(elapsed), committing \(HumanReporter.count(count, "version"))"
      return StatusText(done: hasBar ? 1 : nil, words: words)
    case .trial(let trial):
      let count = trial.repository.versions.count
      let words =
        "\(elapsed), \(trial.repository.id) on \(trial.dialect.rawValue): version \(trial.number) of \(count)"
      return StatusText(done: Double(trial.number - 1) / Double(count), words: words)
    case .step(let step, let number, let count):
      return line(for: step, number, of: count, after: elapsed)
    }
  }

  private mutating func line(
    for step: Step, _ number: Int, of count: Int, after elapsed: String
  ) -> StatusText {
    let total = step.script.statements.count
    if total > Self.manyStatements || ContinuousClock.now - stepStart > Self.longTime {
      hasBar = true
    }
    var words = "\(elapsed), \(step.repository.id): version \(number) of \(count)"
    if step.isWatchable, total > 1 {
      words += ", statement \(min(statementsDone + 1, total)) of \(total)"
    }
    let part = total > 0 ? Double(min(statementsDone, total)) / Double(total) : 0
    return StatusText(
      done: hasBar ? (Double(number - 1) + part) / Double(count) : nil,
      words: "\(words): \(step.title)")
  }

  private static let manyStatements = 20
  private static let longTime = Duration.milliseconds(500)
}

/// What a status line says.
struct StatusText: Sendable {
  /// How much is done, from 0 to 1, where that is worth a bar.
  var done: Double?
  /// The rest.
  let words: String

  /// The line in so many columns: cut, never longer.
  func fitted(_ columns: Int, isColored: Bool) -> String {
    guard let done, columns >= Self.barWidth * 3 else { return words.printable.fitted(columns) }
    let filled = min(Self.barWidth, max(0, Int(done * Double(Self.barWidth))))
    var bar = String(repeating: "#", count: filled)
    if isColored, filled > 0 { bar = "\u{1B}[32m\(bar)\u{1B}[0m" }
    let rest = String(repeating: "-", count: Self.barWidth - filled)
    return "[\(bar)\(rest)] " + words.printable.fitted(columns - Self.barWidth - 3)
  }

  private static let barWidth = 20
}

extension Step {
  /// Whether its statements are seen one by one: PostgreSQL gets those of a transaction together, and keeps the
  /// first answers back until it has the last.
  fileprivate var isWatchable: Bool { runsOutside || script.dialect == .sqlite }
}

extension Duration {
  /// The duration as it looks calm in a line that is drawn again and again.
  fileprivate var roundWords: String {
    milliseconds < 1000 ? "0.\(milliseconds / 100) s" : words
  }
}
