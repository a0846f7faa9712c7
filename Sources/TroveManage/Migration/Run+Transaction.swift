internal import FoundationEssentials

extension Run {
  /// Applies steps in one transaction, and again when it could not be had for the locks of others.
  ///
  /// - Parameters:
  ///   - unit: the steps.
  ///   - state: where the repositories are expected to stand.
  ///   - doomed: what makes everything that is to be dropped before the steps; `nil` for nothing.
  ///   - count: how many steps the plan has.
  /// - Returns: where the repositories stand then; `nil` when they did not stand where expected.
  /// - Throws: ``MigrationError``; the transaction is rolled back then.
  mutating func apply(
    _ unit: [Step], to state: DatabaseState, clearing doomed: Plan?, count: Int
  ) throws(MigrationError) -> DatabaseState? {
    let begun = stepsBegun
    while true {
      let connection = try session()
      let rules = RunRules(migrator.rules, on: connection)
      do throws(MigrationError) {
        guard var state = try lock(expecting: state, on: connection) else { return nil }
        try rules.begin(from: state.standings)
        try trial?.begin(on: connection)
        if let doomed {
          state = try clear(state, for: doomed, on: connection, heeding: rules)
          rules.cleared(state.standings.map(\.repository))
        }
        state = try apply(unit, to: state, count: count, on: connection, heeding: rules)
        if let trial {
          try undo(unit, for: trial, on: connection, heeding: rules)
          return state
        }
        try commit(unit, on: connection)
        noteCommit(of: unit, state)
        report?.transactions += 1
        return state
      } catch {
        connection.rollback()
        interpreter?.abandon()
        rules.rolledBack(after: error)
        if let trial {
          trial.putSequencesBack(on: connection)
          throw error
        }
        try pause(after: error)
        try restartInterpreter()
        stepsBegun = begun
        report?.rolledBack = []
      }
    }
  }

  /// Begins a transaction and reads the versions again under its lock.
  ///
  /// - Returns: what the database says now, or `nil` when the versions are not the expected ones, or not
  ///   those that a rule relied on; the transaction is over then.
  func lock(
    expecting expected: DatabaseState, on connection: any Connection
  ) throws(MigrationError) -> DatabaseState? {
    try migrator.begin(on: connection)
    do throws(MigrationError) {
      let state = try migrator.state(for: .writing)
      if state.agrees(with: expected), try !migrator.hasOutdatedRule(on: connection) {
        return state
      }
    } catch {
      connection.rollback()
      throw error
    }
    connection.rollback()
    return nil
  }

  /// Applies the steps in the transaction that has begun.
  ///
  /// - Returns: where the repositories stand then.
  private mutating func apply(
    _ unit: [Step], to state: DatabaseState, count: Int, on connection: any Connection,
    heeding rules: RunRules
  ) throws(MigrationError) -> DatabaseState {
    var bookkeeping = Bookkeeping(state: state, identity: identity)
    var state = state
    let most = trial == nil ? migrator.options.scriptsTogether : 1
    let limit = min(connection.scriptsTogether, most)
    for steps in unit.together(atMost: limit) {
      let first = steps[steps.startIndex]
      try begin(first, of: count, heeding: rules)
      if first.python != nil {
        try run(python: steps, &bookkeeping, &state, of: count, on: connection, heeding: rules)
      } else if let script = first.script.long {
        try run(long: script, of: first, &bookkeeping, &state, on: connection, heeding: rules)
        try MigrationError.catching { () throws(DatabaseError) in
          try trial?.passOver(on: connection)
        }
      } else if let trial {
        try run(first, for: trial, &bookkeeping, &state, on: connection, heeding: rules)
      } else {
        try run(steps, &bookkeeping, &state, of: count, on: connection, heeding: rules)
      }
    }
    try rules.end()
    try verify(state)
    return target == .nothing ? try release(state, on: connection) : state
  }

  /// Takes the repositories out of version control, now that nothing of them is left.
  ///
  /// The rules have ended: none of them takes it for the deed of a script.
  ///
  /// - Returns: where the repositories stand then.
  private mutating func release(
    _ state: DatabaseState, on connection: any Connection
  ) throws(MigrationError) -> DatabaseState {
    // The steps may have made the journal.
    let now = try migrator.state(for: .writing)
    let bookkeeping = Bookkeeping(state: now, identity: identity)
    try MigrationError.catching { () throws(DatabaseError) in
      try connection.execute(bookkeeping.commandsReleasingAll())
    }
    let cleared = state.cleared()
    try verify(cleared)
    return cleared
  }

  /// Drops what the repositories own and what the scripts of the plan make besides, and forgets the versions.
  ///
  /// - Returns: where the repositories stand then.
  private mutating func clear(
    _ state: DatabaseState, for plan: Plan, on connection: any Connection, heeding rules: RunRules
  ) throws(MigrationError) -> DatabaseState {
    let bookkeeping = Bookkeeping(state: state, identity: identity)
    let clearance = try rules.clearance(of: state.standings.map(\.repository))
    let drops = plan.drops(besides: clearance.known, dialect: connection.dialect)
    let names = try MigrationError.catching { () throws(DatabaseError) in
      try connection.drop(clearance.doomed, and: drops.map { Command($0) })
      try connection.execute(bookkeeping.commandsReleasingAll())
      return try connection.tableNames()
    }
    report?.leftAlone = names.filter { !state.isOwn($0) }
    return state.cleared()
  }

  /// Reads the versions once more before they are committed: a script may have changed another
  /// repository's row, or gone back to a savepoint before its own.
  func verify(_ expected: DatabaseState) throws(MigrationError) {
    let current = try migrator.state(for: .writing)
    if let (old, new) = current.movedTable(since: expected) {
      throw .version(.tableHidden(old, by: new))
    }
    for (now, then) in zip(current.standings, expected.standings) where now.version != then.version
    {
      throw .version(.versionMoved(now.repository, to: now.version, insteadOf: then.version ?? 0))
    }
  }

  /// Commits; a commit whose answer is lost is looked up.
  mutating func commit(_ unit: [Step], on connection: any Connection) throws(MigrationError) {
    try stopIfInterrupted()
    do throws(DatabaseError) {
      try connection.commit()
    } catch {
      if error.kind == .connectionLost {
        guard let last = unit.last else { throw .commitUnanswered(error) }
        return try confirm(last, after: error)
      }
      throw refusal(of: unit, error)
    }
  }

  /// The error for a transaction that cannot be committed.
  func refusal(of unit: [Step], _ error: DatabaseError) -> MigrationError {
    let suspects = unit.filter { $0.script.mentions(error.tables) }
    return suspects.isEmpty ? .database(error) : .commitRefused(suspects, error)
  }

  /// Makes sure that the transaction which ended with `step` is there.
  ///
  /// It holds the runners' lock until the server is done with it, be it that it still commits: whoever
  /// gets the lock sees the truth.
  private mutating func confirm(_ step: Step, after loss: DatabaseError) throws(MigrationError) {
    migrator.report(.lookingUpCommit)
    let isThere: Bool
    do throws(MigrationError) {
      isThere = try isCommitted(step)
    } catch {
      throw .commitUnanswered(loss)
    }
    guard isThere else { throw .commitLost(loss) }
  }

  private mutating func isCommitted(_ step: Step) throws(MigrationError) -> Bool {
    try MigrationError.catching { () throws(DatabaseError) in
      try migrator.database.reconnect(within: Self.recoveryTime)
    }
    let connection = try session()
    try migrator.begin(on: connection)
    defer { connection.rollback() }
    let state = try migrator.state(for: .writing)
    guard state.journal.table.exists else { return false }
    let query = state.journal.query(for: step, ofRun: identity.id)
    return try MigrationError.catching { () throws(DatabaseError) in
      try !connection.rows(query).isEmpty
    }
  }

  /// How long a server may take to come back before a commit counts as unanswered.
  private static let recoveryTime = Duration.seconds(60)

  /// Remembers that the steps are durable.
  mutating func noteCommit(of unit: [Step], _ state: DatabaseState) {
    report?.applied += unit
    report?.rolledBack = []
    report?.after = state.standings
    migrator.report(.committed(unit))
  }

  /// Waits before another try, when `error` says that one may succeed; throws it otherwise.
  mutating func pause(after error: MigrationError) throws(MigrationError) {
    guard let cause = error.databaseError, let pause = retries.pause(after: cause) else {
      throw error
    }
    report?.retries += 1
    migrator.report(.retrying(cause, after: pause))
    try MigrationError.catching { () throws(DatabaseError) in
      try Interruption.pause(pause, heeding: interruption)
    }
  }
}
