/// A script outside a transaction, statement by statement.
///
/// An ordinary statement shares a transaction with the row that says that it is done. One that the
/// engine refuses inside a transaction stands between two: the first says that it is begun and what
/// there was before, the second that it is done; after a crash in between, the database itself is
/// asked what has become of it.
struct OutsideScript {
  /// What is done of the script, and perhaps one more statement that was begun.
  private(set) var progress: Progress

  private let step: Step
  private let connection: any Connection
  private let standings: [Standing]
  private let rules: RunRules
  private let table: ProgressTable
  private let versions: VersionTable
  /// What holds as long as no other runner has done the whole script.
  private let condition: String
  private let identity: RunIdentity
  private let migrator: Migrator
  /// How many statements have been looked at in this session.
  private var position = 0

  /// The script of `step`, with what an interrupted run has done of it.
  init(
    _ step: Step, on connection: any Connection, state: DatabaseState, versions: VersionTable,
    while condition: String, run: RunIdentity, migrator: Migrator
  ) {
    self.step = step
    self.connection = connection
    self.condition = condition
    standings = state.standings
    rules = RunRules(migrator.rules, on: connection)
    table = state.progressTable
    self.versions = versions
    identity = run
    self.migrator = migrator
    progress =
      step.progress
      ?? Progress(operation: step.operation, from: step.from, to: step.to, entries: [])
  }

  /// The number of the next statement, from 1; `nil` when all are done.
  var next: Int? { position < step.script.statements.count ? position + 1 : nil }

  /// Runs the next statement, as far as an interrupted run has not.
  ///
  /// - Returns: whether it is done; not, when another runner was faster.
  mutating func runNext() throws(MigrationError) -> Bool {
    do throws(MigrationError) {
      try runStatement()
    } catch {
      if case .unexpectedChanges = error.databaseError?.kind { return false }
      throw error
    }
    position += 1
    return true
  }

  private var statement: Statement { step.script.statements[position] }
  private var part: ScriptPart { ScriptPart(step, statement: position) }

  private mutating func runStatement() throws(MigrationError) {
    let command = Command(statement.text)
    let entry = position < progress.entries.count ? progress.entries[position] : nil
    switch (step.roles[position], entry?.state) {
    case (.setting, .done), (.lone(.setting), .done):
      // The session in which an interrupted run has set it is gone.
      try runAlone(command)
    case (_, .done): break
    case (.lone(let lone), .begun(let mark)): try resume(lone, since: mark)
    case (.lone(let lone), nil): try begin(lone)
    case (.setting, _):
      try runAlone(command)
      try record(.done)
    case (.ordinary, _), (.typeValue, _), (.rebuild, _), (.bound, _), (.harmful, _):
      try record(.done, running: [command])
    }
  }

  private func runAlone(_ command: Command) throws(MigrationError) {
    do throws(DatabaseError) {
      try connection.executeAlone(command)
    } catch {
      throw failure(error)
    }
  }

  // MARK: Statements that the engine refuses inside a transaction

  private mutating func begin(_ lone: LoneStatement) throws(MigrationError) {
    try rules.willRunAlone(part)
    let mark: String
    do throws(DatabaseError) { mark = try connection.mark(before: lone) } catch {
      throw failure(error)
    }
    try record(.begun(since: mark))
    try run(Command(statement.text), lone, since: mark)
  }

  private mutating func resume(
    _ lone: LoneStatement, since mark: String
  ) throws(MigrationError) {
    let aftermath: Aftermath
    do throws(DatabaseError) {
      aftermath = try connection.aftermath(of: lone, since: mark, patience: .endless)
    } catch {
      throw failure(error)
    }
    try rules.willRunAlone(part)
    for command in aftermath.mends {
      announce(command)
      try runAlone(command)
    }
    if aftermath.isDone { return try finish() }
    try run(aftermath.replacement ?? Command(statement.text), lone, since: mark)
  }

  private mutating func run(
    _ command: Command, _ lone: LoneStatement, since mark: String
  ) throws(MigrationError) {
    do throws(MigrationError) {
      try runAlone(command)
    } catch {
      if error.databaseError?.kind != .connectionLost { withdraw(lone, since: mark) }
      throw error
    }
    try finish()
  }

  /// Removes what a statement that failed has left, and the row that says that it is begun.
  ///
  /// Whatever cannot be removed now, the next run removes, or says why it cannot.
  private mutating func withdraw(_ lone: LoneStatement, since mark: String) {
    let interruption = connection.interruption
    connection.interruption = nil
    defer { connection.interruption = interruption }
    guard let aftermath = try? connection.aftermath(of: lone, since: mark, patience: .none)
    else { return }
    for command in aftermath.mends {
      announce(command)
      do throws(DatabaseError) { try connection.executeBriefly(command) } catch {
        migrator.report(
          .warning("that was not possible now, the next run does it: \(error.message)"))
        return
      }
    }
    guard !aftermath.isDone, aftermath.replacement == nil else { return }
    let bookkeeping = [table.withdraw(position + 1, of: step)]
    let isForgotten: ()? = try? transaction { () throws(MigrationError) in
      try execute(recordedBy: bookkeeping)
    }
    guard isForgotten != nil else { return }
    progress.set(nil, at: position)
  }

  private func announce(_ mend: Command) {
    let text = String(decoding: mend.text, as: UTF8.self)
    migrator.report(.notice("removing what the statement left half-made: \(text)"))
  }
}

// MARK: - Bookkeeping

extension OutsideScript {
  /// Runs statements in one transaction with the row that says how far the statement has come.
  private mutating func record(
    _ state: Progress.State, running script: [Command] = []
  ) throws(MigrationError) {
    let entry = Progress.Entry(checksum: step.checksum(ofStatement: position), state: state)
    let creation = progress.entries.isEmpty ? versions.creation + table.creation : []
    let row = table.record(entry, number: position + 1, of: step, while: condition, run: identity)
    let bookkeeping = creation + [row]
    try transaction { () throws(MigrationError) in
      guard !script.isEmpty else { return try execute(recordedBy: bookkeeping) }
      try rules.begin(from: standings)
      try rules.willRun(part)
      try execute(script, recordedBy: bookkeeping)
      rules.didRun(part, recordedBy: bookkeeping)
      try rules.end()
    }
    progress.set(entry, at: position)
  }

  private mutating func finish() throws(MigrationError) {
    let bookkeeping = [table.finish(position + 1, of: step)]
    try transaction { () throws(MigrationError) in
      try rules.begin(from: standings)
      try execute(recordedBy: bookkeeping)
      rules.didRunAlone(part)
      try rules.end()
    }
    let checksum = step.checksum(ofStatement: position)
    progress.set(Progress.Entry(checksum: checksum, state: .done), at: position)
  }

  private func transaction(
    _ body: () throws(MigrationError) -> Void
  ) throws(MigrationError) {
    do throws(DatabaseError) { try connection.begin(migrator.lockWait) } catch {
      throw error.kind == .connectionLost ? failure(error) : .database(error)
    }
    do throws(MigrationError) {
      try body()
      do throws(DatabaseError) { try connection.commit() } catch { throw failure(error) }
    } catch {
      connection.rollback()
      rules.rolledBack(after: error)
      throw error
    }
  }

  private func execute(
    _ script: [Command] = [], recordedBy bookkeeping: [Command]
  ) throws(MigrationError) {
    do throws(DatabaseError) {
      try connection.executeKeepingSession(script, bookkeeping: bookkeeping)
    } catch {
      let isOurs = error.position.map { $0.command >= script.count } ?? script.isEmpty
      guard isOurs, !error.isNobodysFault else {
        try rules.check(error, in: part)
        throw failure(error)
      }
      throw .recordingFailed(step, error)
    }
  }

  private func failure(_ error: DatabaseError) -> MigrationError {
    if error.kind == .connectionLost {
      return .statementUnanswered(step, statement: statement, error)
    }
    if error.isNobodysFault { return .database(error) }
    var error = error
    if error.code == "25001" {
      error.hint = "write it as a statement of its own, not inside of code"
    }
    return .statementFailed(step, statement: statement, error)
  }
}
