internal import FoundationEssentials

extension Run {
  /// Has the interpreter load every version of the plan that is in Python, before anything runs.
  func interpreter(for plan: Plan) throws(MigrationError) -> PythonInterpreter? {
    let scripts = plan.steps.compactMap(\.python).map(\.absolute)
    guard !scripts.isEmpty else { return nil }
    let report = migrator.report
    do throws(PythonStop) {
      return try PythonInterpreter(
        migrator.options.python, loading: scripts, for: migrator.database.url,
        interruption: interruption, output: { report(.printed(nil, $0)) })
    } catch {
      throw migrationError(error, in: nil)
    }
  }

  /// Has an interpreter for another try, when the one there was is ended.
  func restartInterpreter() throws(MigrationError) {
    do throws(PythonStop) {
      try interpreter?.restart()
    } catch {
      throw migrationError(error, in: nil)
    }
  }

  /// Runs a version that is in Python.
  ///
  /// - Parameters:
  ///   - step: the version.
  ///   - last: the one before, which is still being recorded, and whose records end with the first savepoint
  ///     of this one.
  ///   - next: the one behind it, which the interpreter begins at its end.
  ///   - connection: the session.
  ///   - rules: what is told of a statement that was refused.
  /// - Returns: the step with the statements that have run and were not undone, and what ends the script's
  ///   savepoints.
  /// - Throws: ``MigrationError`` for a script that failed, or when the one before could not be recorded.
  func run(
    python step: Step, behind last: Step?, before next: Step?, on connection: any Connection,
    heeding rules: RunRules
  ) throws(MigrationError) -> (step: Step, rest: [Command]) {
    guard let script = step.python, let interpreter else {
      throw .python(.ended(script: step.script.path, reason: ""))
    }
    let report = migrator.report
    interpreter.outputHandler = { report(.printed(step, $0)) }
    var statements = PythonStatements(
      of: script, on: connection, isPrepared: last != nil,
      recording: migrator.options.python.records ? PythonRecording() : nil,
      observer: trial)
    // What is not answered yet is the record, until it was waited for once.
    var recorded = last
    var unrecorded: DatabaseError?
    do throws(PythonStop) {
      try interpreter.run(
        script.absolute, before: next?.python?.absolute, limit: migrator.options.limits.duration
      ) { (call) throws(DatabaseError) in
        do throws(DatabaseError) {
          if recorded != nil { try connection.settle() }
        } catch {
          unrecorded = error
          throw error
        }
        recorded = nil
        return try statements.answer(call)
      }
    } catch {
      if let last, let unrecorded { throw failure(unrecorded, toRecord: last) }
      try check(statements, of: step, heeding: rules)
      if case .python(let cause) = error, let id = cause.failure?.error,
        let failure = statements.failure, failure.id == id
      {
        report(.traceback(cause.failure?.traceback ?? ""))
        throw .statementFailed(step, statement: failure.statement, failure.error)
      }
      throw migrationError(error, in: step)
    }
    if let recorded { try settle(recorded, on: connection) }
    try check(statements, of: step, heeding: rules)
    let rest = try MigrationError.catching { () throws(DatabaseError) in
      try statements.finish()
    }
    return (step.running(statements.statements, statements.remarks), rest)
  }

  /// Throws for a statement that was refused, whatever the script has made of that.
  private func check(
    _ statements: PythonStatements, of step: Step, heeding rules: RunRules
  ) throws(MigrationError) {
    guard let refusal = statements.refusal else { return }
    let part = ScriptPart(step.running([refusal.statement]), statement: 0)
    try rules.check(refusal.error, in: part)
    throw .statementFailed(step, statement: refusal.statement, refusal.error)
  }

  private func migrationError(_ stop: PythonStop, in step: Step?) -> MigrationError {
    switch stop {
    case .database(let error): return .database(error)
    case .python(let error):
      if let traceback = error.failure?.traceback { migrator.report(.traceback(traceback)) }
      return step.map { .pythonFailed($0, error) } ?? .python(error)
    }
  }
}

extension PythonScript {
  /// The script by a path that is right in whatever folder the interpreter stands.
  fileprivate var absolute: Self {
    Self(
      path: Path.currentFolder.appending(path.text),
      repository: Path.currentFolder.appending(repository.text), operation: operation)
  }
}
