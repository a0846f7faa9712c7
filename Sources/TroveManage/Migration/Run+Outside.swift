internal import FoundationEssentials

extension Run {
  /// Applies a step outside a transaction, from its first statement that is not done.
  ///
  /// - Returns: where the repositories stand then; `nil` when another runner got in between.
  mutating func apply(
    outside step: Step, to state: DatabaseState, count: Int
  ) throws(MigrationError) -> DatabaseState? {
    let connection = try session()
    try MigrationError.catching { () throws(DatabaseError) in
      try connection.lockSession(migrator.lockWait)
    }
    defer { connection.unlockSession() }
    guard var state = try lock(expecting: state, on: connection) else { return nil }
    connection.rollback()
    guard let versions = state.versionTable(of: step.repository),
      let condition = state.condition(for: step)
    else { return nil }
    stepsBegun += 1
    migrator.report(.started(step, number: stepsBegun, count: count))
    let begun = ContinuousClock.now
    var script = OutsideScript(
      step, on: connection, state: state, versions: versions, while: condition, run: identity,
      migrator: migrator)
    do throws(MigrationError) {
      guard try run(&script, of: step) else {
        try check(script.progress, of: step, in: state.progressTable)
        return nil
      }
    } catch {
      state.apply(script.progress, of: step)
      report?.after = state.standings
      throw error
    }
    state.apply(script.progress, of: step)
    report?.after = state.standings
    try MigrationError.catching { () throws(DatabaseError) in try connection.resetSession() }
    return try finish(step, begunAt: begun, expecting: state, on: connection)
  }

  /// Runs the statements that are not done.
  ///
  /// - Returns: whether all are; not, when another runner got in between.
  private mutating func run(
    _ script: inout OutsideScript, of step: Step
  ) throws(MigrationError) -> Bool {
    let statements = step.script.statements
    while let number = script.next {
      try stopIfInterrupted()
      if step.roles[number - 1].isLone {
        let statement = statements[number - 1]
        migrator.report(
          .startedLoneStatement(statement, number: number, count: statements.count))
      }
      do throws(MigrationError) {
        guard try script.runNext() else { return false }
      } catch {
        try pause(after: error)
      }
    }
    return true
  }

  /// Makes sure that a runner that was faster has gone on from `progress`, and not begun anew.
  private func check(
    _ progress: Progress, of step: Step, in table: ProgressTable
  ) throws(MigrationError) {
    let standing = try migrator.state(for: .writing).standing(of: step.member)
    guard standing?.version ?? 0 == step.rowBefore,
      !step.isLate || standing?.late.contains(step.version) == true,
      standing?.progress?.doneCount ?? 0 < progress.doneCount
    else { return }
    throw .progressGone(step, table: table.name)
  }

  /// Records that every statement of the step is done: one transaction.
  ///
  /// - Returns: where the repositories stand then; `nil` when another runner got in between.
  private mutating func finish(
    _ step: Step, begunAt begun: ContinuousClock.Instant, expecting expected: DatabaseState,
    on connection: any Connection
  ) throws(MigrationError) -> DatabaseState? {
    let rules = RunRules(migrator.rules, on: connection)
    while true {
      do throws(MigrationError) {
        guard var state = try lock(expecting: expected, on: connection) else { return nil }
        try rules.begin(from: state.standings)
        let duration = ContinuousClock.now - begun
        var bookkeeping = Bookkeeping(state: state, identity: identity)
        let commands = bookkeeping.commands(recording: step, taking: .measured(duration))
        do throws(DatabaseError) {
          try connection.execute(commands + [state.progressTable.clear(step)])
        } catch {
          throw .recordingFailed(step, error)
        }
        rules.didRun(ScriptPart(step), recordedBy: commands)
        state.apply(step)
        try rules.end()
        try verify(state)
        try commit([step], on: connection)
        migrator.report(.finished(step, duration))
        noteCommit(of: [step], state)
        return state
      } catch {
        connection.rollback()
        rules.rolledBack(after: error)
        try pause(after: error)
      }
    }
  }
}
