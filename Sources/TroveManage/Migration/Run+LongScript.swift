internal import FoundationEssentials

extension Run {
  /// Runs a script that is too long to be held in memory, window by window, and records it once it is known
  /// to be what the plan was made of.
  mutating func run(
    long script: LongScript, of step: Step, _ bookkeeping: inout Bookkeeping,
    _ state: inout DatabaseState, on connection: any Connection, heeding rules: RunRules
  ) throws(MigrationError) {
    let begun = ContinuousClock.now
    let date = Date()
    let traces = try run(windowsOf: script, of: step, on: connection, heeding: rules)
    try stopIfInterrupted()
    let recording = bookkeeping.commands(recording: step, taking: .since(date))
    do throws(DatabaseError) {
      try connection.finish(traces.map { Command($0) }, after: [], bookkeeping: recording)
      try connection.settle()
    } catch {
      throw failure(error, toRecord: step)
    }
    end(step, recordedBy: recording, &state, after: .now - begun, heeding: rules)
  }

  /// Runs the statements.
  ///
  /// - Returns: what must be known of them to put the session back.
  private func run(
    windowsOf script: LongScript, of step: Step, on connection: any Connection,
    heeding rules: RunRules
  ) throws(MigrationError) -> Set<String> {
    var traces: Set<String> = []
    var windows = script.windows
    while let statements = try next(&windows, of: script, in: step) {
      try stopIfInterrupted()
      let commands = statements.map { Command($0.text) }
      do throws(DatabaseError) {
        try connection.execute(part: commands)
      } catch {
        throw try blame(error, on: statements, of: step, heeding: rules)
      }
      traces.formUnion(connection.traces(of: commands))
    }
    guard windows.checksum == script.checksum else { throw .editedMeanwhile(step) }
    return traces
  }

  private func next(
    _ windows: inout ScriptWindows, of script: LongScript, in step: Step
  ) throws(MigrationError) -> [Statement]? {
    do throws(ScriptReadingError) {
      return try windows.next(script.value)
    } catch {
      switch error {
      case .file(let error): throw .repository(.file(error))
      // It was without fault when it was read first.
      case .script: throw .editedMeanwhile(step)
      }
    }
  }

  /// The error of the statement that failed.
  private func blame(
    _ error: DatabaseError, on statements: [Statement], of step: Step, heeding rules: RunRules
  ) throws(MigrationError) -> MigrationError {
    if error.isNobodysFault { return .database(error) }
    guard let index = error.position?.command, index < statements.count else {
      return .recordingFailed(step, error)
    }
    try rules.check(error, in: ScriptPart(step.running(statements), statement: index))
    return .statementFailed(step, statement: statements[index], error)
  }
}
