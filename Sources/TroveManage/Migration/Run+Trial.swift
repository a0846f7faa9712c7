internal import FoundationEssentials

extension Migrator {
  /// Runs what ``run(to:from:)`` would, in one transaction on the database itself, and undoes it.
  ///
  /// It takes the locks that the run would take, the runners' included, and holds them to its end. What cannot
  /// be a part of one transaction is left out, with all that may need it. Nothing of it stays, no failure is
  /// remembered; sequences that no rollback brings back are put back as far as that is safe. A database file
  /// that is missing is not made: the scripts run in memory.
  ///
  /// - Returns: what was done, and the failure when there was one.
  public func rehearse() -> TrialReport {
    guard database.url.missingFile == nil else { return inMemory.rehearse() }
    let trial = Trial()
    var run = Run(of: self, to: .latest, from: .asItIs)
    run.trial = trial
    var failure: RunFailure?
    do {
      try run.perform()
    } catch {
      failure = RunFailure(error: error.hiding(database.secrets), report: run.finalReport)
    }
    let report = run.finalReport
    return TrialReport(
      standings: report?.before ?? [], steps: trial.steps, untried: trial.untried,
      schemas: trial.schemas, sequences: trial.sequences, failure: failure,
      duration: report?.duration ?? .zero)
  }

  /// The same in an empty database in memory.
  private var inMemory: Migrator {
    Migrator(
      database.sibling(at: .sqlite(DatabaseURL.SQLite(.memory))), members: members,
      options: options, rules: rules, variables: variables, report: report)
  }
}

extension Run {
  /// Ends, by undoing it, a transaction that was only tried and came to its end.
  func undo(
    _ unit: [Step], for trial: Trial, on connection: any Connection, heeding rules: RunRules
  ) throws(MigrationError) {
    do throws(DatabaseError) {
      try connection.checkCommit()
      try trial.end(on: connection)
    } catch {
      throw refusal(of: unit, error)
    }
    connection.rollback()
    rules.rolledBack(after: nil)
    trial.putSequencesBack(on: connection)
  }

  /// Runs the script of a step statement by statement; the step has begun.
  ///
  /// - Throws: ``MigrationError`` for the first statement that fails.
  mutating func run(
    _ step: Step, for trial: Trial, _ bookkeeping: inout Bookkeeping, _ state: inout DatabaseState,
    on connection: any Connection, heeding rules: RunRules
  ) throws(MigrationError) {
    let date = Date()
    let begun = ContinuousClock.now
    for (index, statement) in step.script.statements.enumerated() {
      try stopIfInterrupted()
      let start = ContinuousClock.now
      let result: QueryResult
      do throws(DatabaseError) {
        result = try connection.tryOut(Command(statement.text))
      } catch {
        trial.note(failed: statement, after: .now - start)
        if error.isNobodysFault { throw .database(error) }
        let error = error.at(.init(command: index, offset: error.position?.offset))
        try rules.check(error, in: ScriptPart(step, statement: index))
        throw .statementFailed(step, statement: statement, error)
      }
      let time = ContinuousClock.now - start
      try MigrationError.catching { () throws(DatabaseError) in
        try trial.note(statement, result, after: time, on: connection)
      }
    }
    let recording = bookkeeping.commands(recording: step, taking: .since(date))
    do throws(DatabaseError) {
      try connection.finish(
        step.script.statements.map { Command($0.text) }, after: [], bookkeeping: recording)
      try connection.settle()
      try trial.passOver(on: connection)
    } catch {
      throw failure(error, toRecord: step)
    }
    end(step, recordedBy: recording, &state, after: .now - begun, heeding: rules)
  }
}
