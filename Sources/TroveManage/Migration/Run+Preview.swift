extension Migrator {
  /// What ``run(to:from:)`` would do.
  ///
  /// Nothing is locked, run or written: on SQLite not even beside the database's file, on PostgreSQL in
  /// transactions that are read only. Whatever such a run refuses before it begins, this refuses with the same
  /// error.
  ///
  /// - Throws: ``RunFailure`` with where the repositories stand.
  public func preview(
    to target: Target = .latest, from beginning: Beginning = .asItIs
  ) throws(RunFailure) -> PlanSummary {
    database.access = .readOnly
    var run = Run(of: self, to: target, from: beginning)
    do throws(MigrationError) {
      return try run.preview()
    } catch {
      throw RunFailure(error: error.hiding(database.secrets), report: run.finalReport)
    }
  }

  /// What an upgrade or a downgrade of one repository would do in a database that nobody asks.
  ///
  /// - Parameters:
  ///   - member: the repository.
  ///   - start: the version at which it stands, which it must have.
  ///   - end: the version to which it is to go, which it must have.
  ///   - dialect: the engine's.
  /// - Returns: the plan.
  /// - Throws: ``MigrationError`` for a script that cannot be used.
  public func preview(
    of member: Member, from start: Int, to end: Int, for dialect: Dialect
  ) throws(MigrationError) -> PlanSummary {
    let standing = Standing(member: member, version: start == 0 ? nil : start, late: [])
    let target = end < start ? Target.downgrade(to: end) : .upgrade(to: end)
    let plan = try Plan(
      from: [standing], to: target, dialect: dialect, limits: options.reading,
      isPartitioned: { _ in false },
      variables: variables)
    database.secrets += plan.steps.flatMap(\.secrets)
    for warning in member.repository.warnings { report(.warning(warning)) }
    for warning in plan.steps.flatMap(\.script.warnings) { report(.warning("\(warning)")) }
    let state = try DatabaseState(assuming: [standing], dialect: dialect)
    return PlanSummary(
      plan.units(options.scope), from: state, to: target, scope: options.scope)
  }
}

extension Run {
  /// Plans and checks as a run does, up to its lock.
  mutating func preview() throws(MigrationError) -> PlanSummary {
    let state = try migrator.state(for: .reading)
    report = RunReport(before: state.standings)
    let plan = try checkedPlan(from: state)
    let units = plan.isEmpty ? [] : try units(of: plan)
    if units.contains(where: \.isOutside) {
      let connection = try migrator.connection(for: .reading)
      try MigrationError.catching { () throws(DatabaseError) in try connection.requireOwnSession() }
    }
    // What cannot be loaded ends a run before anything of it has begun.
    _ = try interpreter(for: plan)
    return PlanSummary(units, from: state, to: target, scope: migrator.options.scope)
  }
}
