internal import FoundationEssentials

/// One run of a migrator.
struct Run {
  private let migrator: Migrator
  private let target: Target
  private let beginning: Beginning
  private let start = ContinuousClock.now
  private var warned: Set<String> = []
  private var interruption: Interruption?
  /// What is known of the run's work so far; `nil` before the database has said where it stands.
  private var report: RunReport?

  /// A run to `target`.
  init(of migrator: Migrator, to target: Target, from beginning: Beginning) {
    self.migrator = migrator
    self.target = target
    self.beginning = beginning
  }

  /// What was done, now that the run is over; `nil` when it failed before it knew where it stood.
  var finalReport: RunReport? {
    var final = report
    final?.duration = .now - start
    return final
  }

  /// Plans, applies, and plans again as long as another runner gets in between.
  mutating func perform() throws(MigrationError) {
    repeat {
      let state = try migrator.state(for: .reading)
      if report == nil { report = RunReport(before: state.standings) }
      report?.after = state.standings
      try check(state)
      let plan = try migrator.plan(
        from: beginning == .nothing ? state.cleared() : state, to: target)
      migrator.database.secrets = plan.steps.flatMap(\.secrets)
      warn(of: plan)
      if !plan.isEmpty || report?.applied.isEmpty == true { migrator.report(.planned(plan)) }
      if try apply(plan, from: state) { return }
    } while true
  }

  /// Applies the plan, one transaction after the other.
  ///
  /// - Returns: whether it came to its end; not when a repository stands elsewhere than it did when the
  ///   plan was made.
  private mutating func apply(_ plan: Plan, from state: DatabaseState) throws(MigrationError)
    -> Bool
  {
    guard !plan.isEmpty else { return true }
    if interruption == nil { interruption = migrator.options.interruption() }
    let connection = try migrator.connection(for: .writing)
    connection.interruption = interruption
    connection.limits = migrator.options.limits
    var expected = state
    var number = 0
    let scope = beginning == .nothing ? .run : migrator.options.scope
    for unit in plan.units(scope) {
      try begin(on: connection)
      let current: DatabaseState
      do throws(MigrationError) {
        current = try migrator.state(for: .writing)
      } catch {
        connection.rollback()
        throw error
      }
      guard current.agrees(with: expected) else {
        connection.rollback()
        return false
      }
      expected = current
      if beginning == .nothing {
        try clear(current, for: plan, on: connection)
        expected = current.cleared()
      }
      try apply(unit, to: &expected, on: connection, number: &number, count: plan.steps.count)
    }
    return true
  }

  /// Applies the steps of a transaction that has begun, and ends it.
  private mutating func apply(
    _ unit: [Step], to state: inout DatabaseState, on connection: any Connection, number: inout Int,
    count: Int
  ) throws(MigrationError) {
    var bookkeeping = Bookkeeping(state: state, identity: migrator.options.identity)
    var done: [Step] = []
    do throws(MigrationError) {
      for step in unit {
        number += 1
        migrator.report(.started(step, number: number, count: count))
        let begun = ContinuousClock.now
        try run(
          step, recording: bookkeeping.commands(recording: step, begunAt: Date()), on: connection)
        done.append(step)
        state.apply(step)
        migrator.report(.finished(step, .now - begun))
      }
      try verify(state)
      try commit(unit, on: connection)
    } catch {
      connection.rollback()
      report?.rolledBack = done
      throw error
    }
    report?.applied += unit
    report?.after = state.standings
    migrator.report(.committed(unit))
  }

  private func check(_ state: DatabaseState) throws(MigrationError) {
    guard beginning == .underControl else { return }
    for standing in state.standings where standing.version == nil {
      throw .notControlled(standing.repository)
    }
  }

  /// Drops what the scripts of the plan make, and forgets the versions.
  private mutating func clear(
    _ state: DatabaseState, for plan: Plan, on connection: any Connection
  ) throws(MigrationError) {
    let bookkeeping = Bookkeeping(state: state, identity: migrator.options.identity)
    do throws(DatabaseError) {
      let drops = plan.drops(dialect: connection.dialect).map { Command($0) }
      try connection.execute(drops + bookkeeping.commandsReleasingAll())
      report?.leftAlone = try connection.tableNames().filter { !state.isOwn($0) }
    } catch {
      connection.rollback()
      throw .database(error)
    }
  }

  private func begin(on connection: any Connection) throws(MigrationError) {
    let wait = LockWait(limit: migrator.options.lockWait) { migrator.report(.waiting) }
    do throws(DatabaseError) {
      try connection.begin(wait)
    } catch {
      connection.rollback()
      throw .database(error)
    }
  }

  /// Reads the versions once more before they are committed: a script may have changed another
  /// repository's row, or gone back to a savepoint before its own.
  private func verify(_ expected: DatabaseState) throws(MigrationError) {
    let current = try migrator.state(for: .writing)
    for (now, then) in zip(current.standings, expected.standings) where now.version != then.version
    {
      throw .versionMoved(now.repository, to: now.version, insteadOf: then.version ?? 0)
    }
  }

  private func commit(_ unit: [Step], on connection: any Connection) throws(MigrationError) {
    try stopIfInterrupted()
    do throws(DatabaseError) {
      try connection.commit()
    } catch {
      if error.kind == .connectionLost { throw .commitUnanswered(error) }
      let suspects = unit.filter { $0.script.mentions(error.tables) }
      throw suspects.isEmpty ? .database(error) : .commitRefused(suspects, error)
    }
  }

  private func run(
    _ step: Step, recording: [Command], on connection: any Connection
  ) throws(MigrationError) {
    try stopIfInterrupted()
    let script = step.script.statements.map { Command($0.text) }
    do throws(DatabaseError) {
      try connection.execute(script, bookkeeping: recording)
    } catch {
      if error.isNobodysFault { throw .database(error) }
      let index = error.position?.command ?? script.count
      guard index < script.count else { throw .recordingFailed(step, error) }
      throw .statementFailed(step, statement: step.script.statements[index], error)
    }
  }

  private func stopIfInterrupted() throws(MigrationError) {
    if let signal = interruption?.signal { throw .database(.interrupted(by: signal)) }
  }

  private mutating func warn(of plan: Plan) {
    let warnings =
      migrator.members.flatMap(\.repository.warnings)
      + plan.steps.flatMap { $0.script.warnings.map(\.description) }
    for warning in warnings where warned.insert(warning).inserted {
      migrator.report(.warning(warning))
    }
  }
}
