/// A step that failed, as far as that is worth remembering.
struct StepFailure {
  /// The step.
  let step: Step
  /// The line of its script, from 1; `nil` when no statement is to blame.
  let line: Int?
  /// Whether the role may not do what was tried (42501, `insufficient_privilege`).
  let isAboutRights: Bool
  /// What the engine said, on one line, without its details: those hold rows.
  let message: String

  /// The longest message that is kept, in characters.
  static let longestMessage = 1000

  /// What is to be remembered of `error`, in which secrets are hidden already.
  ///
  /// - Returns: `nil` for what no script is to blame for: a lost session, others' locks, a signal.
  init?(_ error: MigrationError) {
    if case .rule(let violation) = error, let blame = violation.blame {
      self.init(blame, violation)
      return
    }
    guard let cause = error.databaseError, cause.isAboutScript else { return nil }
    switch error {
    case .statementFailed(let step, let statement, _):
      let location = cause.position?.offset.map { statement.location(ofByte: $0) }
      self.init(step, line: (location ?? statement.location).line, cause)
    case .recordingFailed(let step, _): self.init(step, line: nil, cause)
    case .commitRefused(let steps, _):
      guard let last = steps.last else { return nil }
      self.init(last, line: nil, cause)
    default: return nil
    }
  }

  private init(_ blame: (step: Step, line: Int?), _ violation: any RuleViolation) {
    step = blame.step
    line = blame.line
    isAboutRights = false
    let first = violation.description.prefix { !$0.isNewline }
    message = String(first).cut(Self.longestMessage)
  }

  private init(_ step: Step, line: Int?, _ cause: DatabaseError) {
    self.step = step
    self.line = line
    isAboutRights = cause.code == "42501"
    let words = cause.message.split(whereSeparator: \.isNewline).joined(separator: " ")
    let code = cause.code.map { " [\($0)]" } ?? ""
    message = words.cut(Self.longestMessage - code.count - 1) + code
  }
}

extension DatabaseError {
  /// Whether the engine refused what a script asks for, not the moment at which it asked.
  fileprivate var isAboutScript: Bool {
    switch kind {
    case .statement, .unexpectedChanges, .transactionEnded, .forbidden:
      !isNobodysFault && code != "55P03"
    case .refused, .unreachable, .connectionLost, .lockTimeout, .interrupted: false
    }
  }
}

extension Run {
  /// Remembers the step that failed, once it is rolled back, in a database that has a journal.
  ///
  /// Whatever is in the way of that is no news to the person who reads of the failure itself.
  mutating func remember(_ error: MigrationError) {
    guard let failure = StepFailure(error) else { return }
    do throws(MigrationError) {
      try record(failure)
    } catch {
      migrator.report(.failureNotRecorded("\(error)"))
    }
  }

  private mutating func record(_ failure: StepFailure) throws(MigrationError) {
    let connection = try migrator.connection(for: .writing)
    // A script that failed may have left pragmas.
    connection.unlockSession()
    connection.limits = StatementLimits(duration: .seconds(2), lockWait: .seconds(1))
    try MigrationError.catching { () throws(DatabaseError) in
      try connection.begin(LockWait(limit: .seconds(1)))
    }
    // Without a commit, there is nothing to undo.
    defer { connection.rollback() }
    let tables = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(named: [Journal.tableName, FailureTable.tableName])
    }
    // Who may do too little must not become the owner of a table that others write to.
    guard tables[0].exists, tables[1].exists || !failure.isAboutRights else { return }
    let commands: [Command]
    do throws(SideTableError) {
      let table = try FailureTable(tables[1], dialect: connection.dialect)
      commands = table.creation + table.record(failure, of: identity)
    } catch {
      throw .sideTable(error)
    }
    try MigrationError.catching { () throws(DatabaseError) in
      try connection.execute(commands)
      try connection.commit()
    }
  }
}
