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
  private let table: ProgressTable
  private let versions: VersionTable
  private let run: RunIdentity
  private let migrator: Migrator
  /// How many statements have been looked at in this session.
  private var position = 0

  /// The script of `step`, with what an interrupted run has done of it.
  init(
    _ step: Step, on connection: any Connection, table: ProgressTable, versions: VersionTable,
    run: RunIdentity, migrator: Migrator
  ) {
    self.step = step
    self.connection = connection
    self.table = table
    self.versions = versions
    self.run = run
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
    let statement = step.script.statements[position]
    let entry =
      progress.entries.indices.contains(position) ? progress.entries[position] : nil
    do throws(DatabaseError) {
      try run(statement, after: entry)
    } catch {
      if case .unexpectedChanges = error.kind { return false }
      if error.kind == .connectionLost {
        throw .statementUnanswered(step, statement: statement, error)
      }
      if error.isNobodysFault { throw .database(error) }
      throw .statementFailed(step, statement: statement, error)
    }
    position += 1
    return true
  }

  private mutating func run(
    _ statement: Statement, after entry: Progress.Entry?
  ) throws(DatabaseError) {
    let command = Command(statement.text)
    switch (statement.role, entry?.mark) {
    case (.setting, nil):
      // The session in which an interrupted run has set it is gone.
      try connection.executeAlone(command)
      if entry == nil { try record(running: [], mark: nil) }
    case (_, nil) where entry != nil: break
    case (.lone(let lone), let mark?): try resume(statement, lone, since: mark)
    case (.lone(let lone), nil): try begin(statement, lone)
    case (.ordinary, _), (.typeValue, _), (.setting, _), (.harmful, _):
      try record(running: [command], mark: nil)
    }
  }

  // MARK: Statements that the engine refuses inside a transaction

  private mutating func begin(
    _ statement: Statement, _ lone: LoneStatement
  ) throws(DatabaseError) {
    let mark = try connection.mark(before: lone)
    try record(running: [], mark: mark)
    try run(Command(statement.text), lone, since: mark)
  }

  private mutating func resume(
    _ statement: Statement, _ lone: LoneStatement, since mark: String
  ) throws(DatabaseError) {
    let aftermath = try connection.aftermath(of: lone, since: mark)
    for command in aftermath.mends {
      announce(command)
      try connection.executeAlone(command)
    }
    if aftermath.isDone { return try finish() }
    try run(aftermath.replacement ?? Command(statement.text), lone, since: mark)
  }

  private mutating func run(
    _ command: Command, _ lone: LoneStatement, since mark: String
  ) throws(DatabaseError) {
    do throws(DatabaseError) {
      try connection.executeAlone(command)
    } catch {
      // Whatever this leaves undone, the next run does, or says why it cannot.
      if error.kind != .connectionLost { try? withdraw(lone, since: mark) }
      throw error
    }
    try finish()
  }

  /// Removes what a statement that failed has left, and the row that says that it is begun.
  private mutating func withdraw(_ lone: LoneStatement, since mark: String) throws(DatabaseError) {
    let interruption = connection.interruption
    connection.interruption = nil
    defer { connection.interruption = interruption }
    let aftermath = try connection.aftermath(of: lone, since: mark)
    for command in aftermath.mends {
      announce(command)
      try connection.executeBriefly(command)
    }
    guard !aftermath.isDone, aftermath.replacement == nil else { return }
    try transaction([table.withdraw(position + 1, of: step)])
    progress.set(nil, at: position)
  }

  private func announce(_ mend: Command) {
    let text = String(decoding: mend.text, as: UTF8.self)
    migrator.report(.notice("removing what the statement left half-made: \(text)"))
  }

  // MARK: Bookkeeping

  /// Runs statements in one transaction with the row that says that the statement is done or, when there
  /// is a mark, begun.
  private mutating func record(running script: [Command], mark: String?) throws(DatabaseError) {
    let entry = Progress.Entry(checksum: step.checksum(ofStatement: position), mark: mark)
    let creation = progress.entries.isEmpty ? versions.creation + table.creation : []
    let row = table.record(entry, number: position + 1, of: step, versions: versions, run: run)
    try transaction(script, bookkeeping: creation + [row])
    progress.set(entry, at: position)
  }

  private mutating func finish() throws(DatabaseError) {
    try transaction([table.finish(position + 1, of: step)])
    let entry = Progress.Entry(checksum: step.checksum(ofStatement: position), mark: nil)
    progress.set(entry, at: position)
  }

  private func transaction(
    _ script: [Command] = [], bookkeeping: [Command]
  ) throws(DatabaseError) {
    try connection.begin(migrator.lockWait)
    do throws(DatabaseError) {
      try connection.executeKeepingSession(script, bookkeeping: bookkeeping)
      try connection.commit()
    } catch {
      connection.rollback()
      throw error
    }
  }

  private func transaction(_ bookkeeping: [Command]) throws(DatabaseError) {
    try transaction([], bookkeeping: bookkeeping)
  }
}
