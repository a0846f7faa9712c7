internal import FoundationEssentials

/// One run of a migrator.
struct Run {
  private let migrator: Migrator
  private let target: Target
  private let beginning: Beginning
  private let start = ContinuousClock.now
  private var warned: Set<String> = []
  private var interruption: Interruption?
  /// Who runs it; asked for when there is something to record.
  private lazy var identity = migrator.options.identity()
  /// How many steps of the current plan have begun.
  private var stepsBegun = 0
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
    while true {
      let state = try migrator.state(for: .reading)
      if report == nil { report = RunReport(before: state.standings) }
      report?.after = state.standings
      try check(state)
      let plan = try migrator.plan(
        from: beginning == .nothing ? state.cleared() : state, to: target)
      migrator.database.secrets += plan.steps.flatMap(\.secrets)
      warn(of: plan, from: state)
      if !plan.isEmpty || report?.applied.isEmpty == true { migrator.report(.planned(plan)) }
      guard try apply(plan, from: state) == .overtaken else { return }
    }
  }

  /// How the application of a plan ends.
  private enum Outcome {
    case done
    /// A repository stands elsewhere than it did when the plan was made.
    case overtaken
  }

  /// Applies the plan, one transaction after the other.
  private mutating func apply(
    _ plan: Plan, from state: DatabaseState
  ) throws(MigrationError) -> Outcome {
    guard !plan.isEmpty else { return .done }
    if interruption == nil { interruption = migrator.options.interruption() }
    let connection = try migrator.connection(for: .writing)
    connection.interruption = interruption
    connection.limits = migrator.options.limits
    stepsBegun = 0
    var state = state
    for unit in plan.units(beginning == .nothing ? .run : migrator.options.scope) {
      guard let locked = try lock(expecting: state, on: connection) else { return .overtaken }
      state = locked
      do throws(MigrationError) {
        if beginning == .nothing { state = try clear(state, for: plan, on: connection) }
        state = try apply(unit, of: plan, to: state, on: connection)
      } catch {
        connection.rollback()
        throw error
      }
      report?.applied += unit
      report?.rolledBack = []
      report?.after = state.standings
      migrator.report(.committed(unit))
    }
    return .done
  }

  /// Begins a transaction and reads the versions again under its lock.
  ///
  /// - Returns: what the database says now, or `nil` when the versions are not the expected ones; the
  ///   transaction is over then.
  private func lock(
    expecting expected: DatabaseState, on connection: any Connection
  ) throws(MigrationError) -> DatabaseState? {
    try migrator.begin(on: connection)
    do throws(MigrationError) {
      let state = try migrator.state(for: .writing)
      if state.agrees(with: expected) { return state }
    } catch {
      connection.rollback()
      throw error
    }
    connection.rollback()
    return nil
  }

  /// Applies the steps of a transaction that has begun, and commits it.
  ///
  /// - Returns: where the repositories stand then.
  private mutating func apply(
    _ unit: [Step], of plan: Plan, to state: DatabaseState, on connection: any Connection
  ) throws(MigrationError) -> DatabaseState {
    var bookkeeping = Bookkeeping(state: state, identity: identity)
    var state = state
    for step in unit {
      stepsBegun += 1
      migrator.report(.started(step, number: stepsBegun, count: plan.steps.count))
      let begun = ContinuousClock.now
      try run(
        step, recording: bookkeeping.commands(recording: step, begunAt: Date()), on: connection)
      // Until the commit, everything that is done is bound to be undone.
      report?.rolledBack.append(step)
      state.apply(step)
      migrator.report(.finished(step, .now - begun))
    }
    try verify(state)
    try commit(unit, on: connection)
    return state
  }

  private func check(_ state: DatabaseState) throws(MigrationError) {
    guard beginning == .underControl else { return }
    for standing in state.standings where standing.version == nil {
      throw .version(.notControlled(standing.repository))
    }
  }

  /// Drops what the scripts of the plan make, and forgets the versions.
  ///
  /// - Returns: where the repositories stand then.
  private mutating func clear(
    _ state: DatabaseState, for plan: Plan, on connection: any Connection
  ) throws(MigrationError) -> DatabaseState {
    let bookkeeping = Bookkeeping(state: state, identity: identity)
    let drops = plan.drops(dialect: connection.dialect).map { Command($0) }
    let names = try MigrationError.catching { () throws(DatabaseError) in
      try connection.execute(drops + bookkeeping.commandsReleasingAll())
      return try connection.tableNames()
    }
    report?.leftAlone = names.filter { !state.isOwn($0) }
    return state.cleared()
  }

  /// Reads the versions once more before they are committed: a script may have changed another
  /// repository's row, or gone back to a savepoint before its own.
  private func verify(_ expected: DatabaseState) throws(MigrationError) {
    let current = try migrator.state(for: .writing)
    for (now, then) in zip(current.standings, expected.standings) where now.version != then.version
    {
      throw .version(.versionMoved(now.repository, to: now.version, insteadOf: then.version ?? 0))
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

  private mutating func warn(of plan: Plan, from state: DatabaseState) {
    let warnings =
      (plan.isEmpty || !state.hasForgotten ? [] : [Journal.forgottenWarning])
      + migrator.members.flatMap(\.repository.warnings)
      + plan.steps.flatMap { $0.script.warnings.map(\.description) }
    for warning in warnings where warned.insert(warning).inserted {
      migrator.report(.warning(warning))
    }
  }
}
