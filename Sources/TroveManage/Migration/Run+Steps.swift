internal import FoundationEssentials

extension Run {
  /// Says that the step begins.
  mutating func begin(
    _ step: Step, of count: Int, heeding rules: RunRules
  ) throws(MigrationError) {
    stepsBegun += 1
    migrator.report(.started(step, number: stepsBegun, count: count))
    trial?.begin(step)
    try rules.willRun(ScriptPart(step))
  }

  /// Notes that the step is done; until the commit, it is bound to be undone.
  mutating func end(
    _ step: Step, recordedBy recording: [Command], _ state: inout DatabaseState,
    after time: Duration, heeding rules: RunRules
  ) {
    rules.didRun(ScriptPart(step), recordedBy: recording)
    report?.rolledBack.append(step)
    trial?.end(step, after: time)
    state.apply(step)
    migrator.report(.finished(step, time))
  }

  /// Runs the scripts of steps of one repository together; the first of them has begun.
  ///
  /// - Throws: ``MigrationError`` for the first that fails.
  mutating func run(
    _ steps: ArraySlice<Step>, _ bookkeeping: inout Bookkeeping, _ state: inout DatabaseState,
    of count: Int, on connection: any Connection, heeding rules: RunRules
  ) throws(MigrationError) {
    try stopIfInterrupted()
    let date = Date()
    let steps = Array(steps)
    // Who looks for a row comes by all that the transaction has made of it before.
    let movesOnce = count > Self.manySteps
    let scripts = steps.enumerated().map { index, step in
      let isLast = index + 1 == steps.count
      let version = movesOnce ? isLast ? steps[0].rowBefore : nil : step.rowBefore
      return RecordedScript(
        step.script.statements.map { Command($0.text) },
        recordedBy: bookkeeping.commands(
          recording: step, movingFrom: version, taking: .since(date)))
    }
    var begun = ContinuousClock.now
    var failure: MigrationError?
    do throws(DatabaseError) {
      try connection.execute(scripts) { index in
        end(
          steps[index], recordedBy: scripts[index].bookkeeping, &state, after: .now - begun,
          heeding: rules)
        begun = .now
        guard failure == nil, index + 1 < steps.count else { return }
        do throws(MigrationError) {
          try begin(steps[index + 1], of: count, heeding: rules)
        } catch {
          failure = error
        }
      }
    } catch {
      if error.isNobodysFault { throw .database(error) }
      throw try blame(error, on: steps, scripts, heeding: rules)
    }
    if let failure { throw failure }
  }

  /// So many steps that the version row is not moved with each, where many go together.
  private static let manySteps = 2000

  /// The error of the step that failed.
  private func blame(
    _ error: DatabaseError, on steps: [Step], _ scripts: [RecordedScript], heeding rules: RunRules
  ) throws(MigrationError) -> MigrationError {
    var command = error.position?.command ?? scripts.reduce(0) { $0 + $1.count }
    var index = 0
    while index + 1 < steps.count, command >= scripts[index].count {
      command -= scripts[index].count
      index += 1
    }
    let step = steps[index]
    let statements = step.script.statements
    guard command < statements.count else { return .recordingFailed(step, error) }
    let error = error.at(.init(command: command, offset: error.position?.offset))
    try rules.check(error, in: ScriptPart(step, statement: command))
    return .statementFailed(step, statement: statements[command], error)
  }

  /// Runs versions in Python that follow each other in one repository; the first of them has begun.
  ///
  /// Behind each, the session is put back, and the version recorded, while the interpreter goes on with the
  /// next; the first statement of that waits until the server has the record.
  ///
  /// - Throws: ``MigrationError`` for the first that fails.
  mutating func run(
    python steps: ArraySlice<Step>, _ bookkeeping: inout Bookkeeping, _ state: inout DatabaseState,
    of count: Int, on connection: any Connection, heeding rules: RunRules
  ) throws(MigrationError) {
    var last: Step?
    for (index, step) in zip(steps.indices, steps) {
      if index > steps.startIndex { try begin(step, of: count, heeding: rules) }
      let begun = ContinuousClock.now
      let isLast = index + 1 == steps.endIndex
      let (done, rest) = try run(
        python: step, behind: last, before: isLast ? nil : steps[index + 1], on: connection,
        heeding: rules)
      let recording = bookkeeping.commands(
        recording: done, taking: .measured(.now - begun))
      // The next version's first savepoint saves it a trip to the server.
      let next = isLast ? [] : [PythonStatements.preparation]
      try stopIfInterrupted()
      do throws(DatabaseError) {
        try connection.finish(
          done.script.statements.map { Command($0.text) }, after: rest,
          bookkeeping: recording + next)
        try trial?.passOver(on: connection)
      } catch {
        throw failure(error, toRecord: done)
      }
      end(done, recordedBy: recording, &state, after: .now - begun, heeding: rules)
      last = done
    }
    if let last { try settle(last, on: connection) }
  }

  /// Makes sure that a step is recorded.
  func settle(_ step: Step, on connection: any Connection) throws(MigrationError) {
    do throws(DatabaseError) {
      try connection.settle()
    } catch {
      throw failure(error, toRecord: step)
    }
  }

  /// The error of a step whose records failed.
  func failure(_ error: DatabaseError, toRecord step: Step) -> MigrationError {
    error.isNobodysFault ? .database(error) : .recordingFailed(step, error)
  }
}

extension [Step] {
  /// The steps, those together that follow each other in one repository: at most `limit` of those whose statements
  /// are known and held in memory, or all that are in Python.
  func together(atMost limit: Int) -> [ArraySlice<Step>] {
    var groups: [ArraySlice<Step>] = []
    var start = startIndex
    while start < endIndex {
      let isPython = self[start].python != nil
      var end = start + 1
      while end < endIndex, self[end].member.isSame(as: self[start].member),
        isPython
          ? self[end].python != nil
          : end - start < limit && self[start].holdsStatements && self[end].holdsStatements
      {
        end += 1
      }
      groups.append(self[start..<end])
      start = end
    }
    return groups
  }
}

extension Step {
  fileprivate var holdsStatements: Bool { python == nil && script.long == nil }
}
