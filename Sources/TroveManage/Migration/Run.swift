internal import FoundationEssentials

/// One run of a migrator: its plan, and the transactions that carry it out.
struct Run {
  let migrator: Migrator
  let target: Target
  /// What there is to do before the first step; nothing, once it is done.
  private var beginning: Beginning
  private let start = ContinuousClock.now
  private var warned: Set<String> = []
  private(set) var interruption: Interruption?
  /// Runs the versions that are in Python; `nil` when there are none.
  private(set) var interpreter: PythonInterpreter?
  /// Who runs it; asked for when there is something to record.
  lazy var identity = migrator.options.identity()
  /// How often a transaction may still be tried again.
  var retries: Retries
  /// How many steps of the current plan have begun.
  var stepsBegun = 0
  /// Watches a run that is only tried; `nil` for one that is meant.
  var trial: Trial?
  /// What is known of the run's work so far; `nil` before the database has said where it stands.
  var report: RunReport?

  /// A run to `target`.
  init(of migrator: Migrator, to target: Target, from beginning: Beginning) {
    self.migrator = migrator
    self.target = target
    self.beginning = beginning
    retries = Retries(limit: migrator.options.retryLimit)
  }

  /// What was done, now that the run is over; `nil` when it failed before it knew where it stood.
  var finalReport: RunReport? {
    var final = report
    final?.duration = .now - start
    return final
  }

  /// Plans, applies, and plans again as long as another runner gets in between.
  mutating func perform() throws(MigrationError) {
    var last: DatabaseState?
    var standstills = 0
    while true {
      let state = try migrator.state(for: .reading)
      standstills = last.map(state.agrees) == true ? standstills + 1 : 0
      guard standstills < 3 else { throw .standstill }
      last = state
      if report == nil { report = RunReport(before: state.standings) }
      report?.after = state.standings
      let whole = try checkedPlan(from: state)
      let plan = trial?.choose(from: whole) ?? whole
      if trial == nil, !plan.isEmpty || report?.applied.isEmpty == true {
        migrator.report(.planned(plan))
      }
      guard try apply(plan, from: state) == .overtaken else { return }
    }
  }

  /// The plan from `state`, when nothing speaks against it that can be known before anything runs.
  mutating func checkedPlan(from state: DatabaseState) throws(MigrationError) -> Plan {
    try check(state)
    try checkScripts(state)
    let plan = try migrator.plan(
      from: beginning == .nothing ? state.cleared() : state, to: target)
    migrator.database.secrets += plan.steps.flatMap(\.secrets)
    warn(of: plan, from: state)
    try check(plan, from: state)
    try checkLocks(of: try units(of: plan))
    return plan
  }

  /// How the application of a plan ends.
  private enum Outcome {
    case done
    /// A repository stands elsewhere than it did when the plan was made.
    case overtaken
  }

  /// Applies the plan, one unit after the other.
  private mutating func apply(
    _ plan: Plan, from state: DatabaseState
  ) throws(MigrationError) -> Outcome {
    guard !plan.isEmpty || target == .nothing else { return .done }
    var units = try units(of: plan)
    try prepare(for: units)
    interpreter = try interpreter(for: plan)
    defer { interpreter = nil }
    // What there is goes in a transaction, also where the first script cannot be in one.
    if beginning == .nothing, units[0].isOutside { units.insert(.transaction([]), at: 0) }
    if beginning == .nothing, units.count > 1 { migrator.report(.clearing) }
    stepsBegun = 0
    var state = state
    for (index, unit) in units.enumerated() {
      let next: DatabaseState?
      switch unit {
      case .transaction(let steps):
        let doomed = beginning == .nothing && index == 0 ? plan : nil
        next = try apply(steps, to: state, clearing: doomed, count: plan.steps.count)
        if doomed != nil, next != nil {
          beginning = .asItIs
          report?.cleared = true
        }
      case .group(let steps):
        next = try apply(group: steps, to: state, count: plan.steps.count)
      case .outside(let step):
        next = try apply(outside: step, to: state, count: plan.steps.count)
      }
      guard let next else { return .overtaken }
      state = next
    }
    return .done
  }

  /// What is committed together.
  func units(of plan: Plan) throws(MigrationError) -> [Plan.Unit] {
    if target == .nothing { return [try plan.singleUnit()] }
    return plan.units(beginning == .nothing || trial != nil ? .run : migrator.options.scope)
  }

  /// Refuses, before anything runs, what the way to the server cannot carry.
  private mutating func prepare(for units: [Plan.Unit]) throws(MigrationError) {
    if interruption == nil { interruption = migrator.options.interruption() }
    migrator.database.interruption = interruption
    guard units.contains(where: \.isOutside) else { return }
    let connection = try session()
    try MigrationError.catching { () throws(DatabaseError) in try connection.requireOwnSession() }
  }

  /// The session, told how long its statements may take and what ends it early.
  func session() throws(MigrationError) -> any Connection {
    let connection = try migrator.connection(for: .writing)
    connection.interruption = interruption
    connection.limits = migrator.options.limits
    return connection
  }

  private func check(_ state: DatabaseState) throws(MigrationError) {
    guard beginning == .underControl else { return }
    for standing in state.standings where standing.version == nil {
      throw .version(.notControlled(standing.repository))
    }
  }

  private func checkScripts(_ state: DatabaseState) throws(MigrationError) {
    guard migrator.options.edits == .refuse else { return }
    let connection = try migrator.connection(for: .reading)
    let edited = try state.inspectedStandings(on: connection).flatMap { $0.edited ?? [] }
    if !edited.isEmpty { throw .edited(edited) }
  }

  private func check(_ plan: Plan, from state: DatabaseState) throws(MigrationError) {
    if target == .nothing { _ = try plan.singleUnit() }
    guard !plan.isEmpty else { return }
    let connection = try migrator.connection(for: .reading)
    for rule in migrator.rules { try rule.check(plan, from: state.standings, on: connection) }
  }

  func stopIfInterrupted() throws(MigrationError) {
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
