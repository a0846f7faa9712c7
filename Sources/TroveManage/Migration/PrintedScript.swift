internal import FoundationEssentials

/// The script by which the engine's own shell does what a run would do, bookkeeping included.
///
/// It fails, and changes nothing, when a repository does not stand where the plan begins.
public struct PrintedScript: Sendable {
  /// What it does.
  public let summary: PlanSummary
  /// The script.
  public private(set) var text = ""
  /// What a person should know before it is run.
  public private(set) var warnings: [String] = []

  private let dialect: Dialect
  private let limits: Dialect.ShellLimits
  private var bookkeeping: Bookkeeping
  /// The tables that are made, of which each is made once.
  private var made: Set<[UInt8]> = []

  /// Prints what `summary` says.
  ///
  /// - Parameters:
  ///   - summary: the plan.
  ///   - dialect: the engine's.
  ///   - identity: what the journal is to say about who ran it.
  ///   - limits: how long statements may take.
  ///   - writes: what each part writes down about owners.
  ///   - head: sentences to begin with.
  /// - Throws: ``PrintingError`` for a version that cannot be printed.
  public init(
    of summary: PlanSummary, for dialect: Dialect, by identity: RunIdentity,
    limits: StatementLimits, owners writes: [[Command]], head: [String]
  ) throws(PrintingError) {
    try Self.check(summary)
    self.summary = summary
    self.dialect = dialect
    self.limits = Dialect.ShellLimits(
      duration: limits.duration?.milliseconds, lockWait: limits.lockWait?.milliseconds)
    bookkeeping = Bookkeeping(state: summary.state, identity: identity)
    for line in head { add(comment: line) }
    if summary.parts.isEmpty { add(comment: "Nothing to do.") } else { addParts(owners: writes) }
    if text.hasSuffix("\n") { text.removeLast() }
  }

  /// Makes sure that every version can be tried in a scratch database of the same server.
  public static func checkReach(of summary: PlanSummary) throws(PrintingError) {
    for step in summary.steps {
      if let statement = step.script.firstBeyondDatabase { throw .beyondDatabase(step, statement) }
    }
  }

  /// Makes sure that every version can be printed.
  public static func check(_ summary: PlanSummary) throws(PrintingError) {
    for step in summary.steps {
      if step.isPython { throw .python(step) }
      if step.progress != nil { throw .interrupted(step) }
      if step.isLate { throw .late(step) }
    }
  }

  // MARK: Parts

  private mutating func addParts(owners writes: [[Command]]) {
    add(dialect.shellHead(limits))
    for (index, part) in summary.parts.enumerated() {
      let standings = index == 0 ? summary.standings : summary.standings.filter(part.moves)
      let owners = writes.indices.contains(index) ? writes[index] : []
      switch part.kind {
      case .transaction: add(part, from: standings, owners: owners)
      case .outside: add(outside: part, from: standings, owners: owners)
      }
    }
  }

  private mutating func add(
    _ part: PlanSummary.Part, from standings: [Standing], owners: [Command]
  ) {
    add("")
    add(dialect.shellBegin)
    add(dialect.shellGuard(dialect.shellLock(for: .transaction)))
    add(tablesOf: standings, in: part)
    add(dialect.shellGuard(conditions(standings, part)))
    add(dialect.shellForeignKeyCount)
    for step in part.steps {
      add("")
      add(scriptOf: step)
      add(recording: step)
    }
    add("")
    add(own: owners)
    add(dialect.shellForeignKeyCheck)
    add("COMMIT;")
  }

  private mutating func add(
    outside part: PlanSummary.Part, from standings: [Standing], owners: [Command]
  ) {
    add("")
    add(comment: "No transaction can hold what follows: when it fails, what is done stays.")
    add(dialect.shellGuard(dialect.shellLock(for: .session)))
    add(tablesOf: standings, in: part)
    add(dialect.shellGuard(conditions(standings, part)))
    for step in part.steps {
      add(scriptOf: step)
      add("")
      add(dialect.shellBegin)
      add(dialect.shellGuard(dialect.shellLock(for: .transaction) + conditions([], part)))
      add(own: summary.state.progressTable.creation)
      add(recording: step)
    }
    add(own: owners)
    add(dialect.shellUnlock)
    add("COMMIT;")
  }

  /// Makes the version tables that are asked, or would be an error of their own.
  private mutating func add(tablesOf standings: [Standing], in part: PlanSummary.Part) {
    for standing in standings where summary.steps.contains(where: standing.isMoved) {
      add(own: summary.state.versionTable(of: standing.repository)?.creation ?? [])
    }
  }

  /// That the repositories stand where the part begins, and that nothing of them was interrupted.
  private func conditions(
    _ standings: [Standing], _ part: PlanSummary.Part
  ) -> [Dialect.Condition] {
    let standings = standings.isEmpty ? summary.standings.filter(part.moves) : standings
    return standings.flatMap { standing -> [Dialect.Condition] in
      guard let table = summary.state.versionTable(of: standing.repository),
        table.exists || summary.steps.contains(where: standing.isMoved)
      else { return [] }
      let version = part.steps.first(where: standing.isMoved)?.rowBefore ?? standing.version ?? 0
      let id = standing.repository.id
      let stands = Dialect.Condition(
        expression: table.condition(standing.repository, standsAt: version),
        message: "\(id) does not stand at version \(version): the script stops here")
      guard let begun = summary.state.progressTable.query(for: standing.repository.key) else {
        return [stands]
      }
      let isWhole = Dialect.Condition(
        expression: "NOT EXISTS (\(begun))",
        message: "a script of \(id) was interrupted: this script stops here")
      return [stands, isWhole]
    }
  }

  // MARK: Steps

  private mutating func add(scriptOf step: Step) {
    add(
      comment: "\(step.repository.id) \(step.way): \(Path(step.script.path).name)")
    for statement in step.script.pieces.joined() {
      add(String(decoding: statement.text, as: UTF8.self) + ";")
      if let loss = dialect.shellLoss(of: statement) {
        warnings.append("\(statement.location): \(loss)")
      }
    }
    add(dialect.shellResets(after: step.script, limits))
    if !step.secrets.isEmpty {
      warnings.append("\(step.script.path): the printed script shows values of secret options")
    }
  }

  private mutating func add(recording step: Step) {
    let repository = step.repository
    let before = summary.standings.first { $0.member.isSame(as: step.member) }
    let first = summary.steps.first { $0.member.isSame(as: step.member) }
    if before?.version == nil, step.from == 0, first?.script.path == step.script.path,
      let table = summary.state.versionTable(of: repository)
    {
      // A repository that has gone back to 0 keeps its row, which counts as none.
      let forget = table.forget(repository, standingAt: 0)
      add(String(decoding: forget.text, as: UTF8.self) + ";")
    }
    add(own: bookkeeping.commands(recording: step, taking: .measured(.zero)))
  }

  // MARK: Lines

  private mutating func add(own commands: [Command]) {
    for command in commands {
      let text = Array(command.text)
      guard !text.starts(with: "CREATE TABLE".utf8) || made.insert(text).inserted else { continue }
      add(String(decoding: text, as: UTF8.self) + ";")
    }
  }

  private mutating func add(_ lines: [String]) {
    for line in lines { add(line) }
  }

  private mutating func add(_ line: String) { text += "\(line)\n" }

  private mutating func add(comment words: String) {
    let scalars = words.unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }
    add("-- " + String(String.UnicodeScalarView(scalars)))
  }
}

extension PlanSummary.Part {
  fileprivate func moves(_ standing: Standing) -> Bool { steps.contains(where: standing.isMoved) }
}

extension Standing {
  fileprivate func isMoved(by step: Step) -> Bool { step.member.isSame(as: member) }
}
