/// The statements of a Python version, on their way to a session.
///
/// The script's transactions are savepoints in the run's: it may use several connections, and go on after a
/// statement that failed. What lasts of them is remembered.
struct PythonStatements {
  /// A transaction of one of the script's connections.
  private struct Savepoint {
    let name: String
    /// Whose it is; `nil` once it was committed, or need not be undone.
    var connection: Int64?
    /// Whether something was written in it.
    var hasWritten = false
    /// Whether another connection has committed inside it.
    var holdsOthers = false
    /// Whether it is to be undone as soon as those inside it have ended.
    var isOwed = false
    /// How many executions there were before it.
    let start: Int
  }

  /// The last statement that failed, by the number under which the script was told.
  private(set) var failure: (id: Int64, statement: Statement, error: DatabaseError)?
  /// A statement that the script may not run, whether it takes notice or not.
  private(set) var refusal: (statement: Statement, error: DatabaseError)?

  /// What has run and was not undone, in order; SQL in the place of it when that is recorded.
  var statements: [Statement] {
    recording?.statements(of: executions) ?? executions.flatMap(\.statements)
  }
  /// What SQL cannot stand for, when that is recorded.
  var remarks: [PythonRemark] { recording?.remarks ?? [] }

  private let script: PythonScript
  private let connection: any Connection
  private var executions: [PythonExecution] = []
  private var recording: PythonRecording?
  private var savepoints: [Savepoint] = []
  /// What is sent before the next statement.
  private var pending: [Command] = []
  private var count = 0
  private var errors: Int64 = 0
  /// The connections whose transaction the server has given up.
  private var aborted: Set<Int64> = []
  /// The connection whose statement has failed last, as long as the server still waits for where to go back to.
  private var broken: Int64?
  /// The savepoint that is there already, outside of all others, and nobody's yet.
  private var prepared: String?

  /// What makes the first savepoint, for whoever sends it with something else before the script begins.
  static let preparation = Command("SAVEPOINT \(name(1))")

  private static func name(_ number: Int) -> String { "trove_migrate_\(number)" }

  private let observer: (any StatementObserver)?

  /// The statements of a script.
  ///
  /// - Parameters:
  ///   - script: the script.
  ///   - connection: where they run.
  ///   - isPrepared: whether ``preparation`` has run.
  ///   - recording: what records them; `nil` when nothing is to be recorded.
  ///   - observer: told of each that ran.
  init(
    of script: PythonScript, on connection: any Connection, isPrepared: Bool,
    recording: PythonRecording? = nil, observer: (any StatementObserver)? = nil
  ) {
    self.observer = observer
    self.script = script
    self.connection = connection
    if isPrepared {
      count = 1
      prepared = Self.name(1)
    }
    self.recording = recording
  }

  /// Answers a call of the script.
  ///
  /// - Throws: ``DatabaseError`` for what no script can go on after.
  mutating func answer(_ call: PythonCall) throws(DatabaseError) -> JSONText {
    var texts: [String] = []
    do throws(DatabaseError) {
      switch call.request {
      case .commit: try commit(call.connection)
      case .rollback:
        try rollback(call.connection)
        // The script does something else meanwhile, and nothing can be sent behind a failure.
        if broken == nil { pending = try connection.sendAhead(pending) }
      case .execute(let given, let parameters):
        texts = given
        let result = try execute(given, parameters, call)
        let number = recording == nil ? nil : executions.last?.number
        if call.commits { try commit(call.connection) }
        return result.answer(number: number)
      case .note(let look, let number): recording?.note(look, of: number)
      }
      return .object([])
    } catch {
      switch error.kind {
      case .connectionLost, .interrupted, .transactionEnded: throw error
      default: break
      }
      errors += 1
      var error = error
      error.position = nil
      if error.code == "25001" { error.hint = Self.loneHint }
      let statement = self.statement(texts.first ?? "", call)
      failure = (errors, statement, error)
      recording?.note(error, at: statement.location)
      if error.kind == .forbidden, refusal == nil { refusal = (statement, error) }
      return error.answer(id: errors)
    }
  }

  /// Ends what the script has left open, which is undone.
  ///
  /// - Returns: what is still to be sent for that.
  mutating func finish() throws(DatabaseError) -> [Command] {
    recover()
    for connection in Set(savepoints.compactMap(\.connection)) { try rollback(connection) }
    aborted = []
    if let prepared { pending.append(Command("RELEASE SAVEPOINT \(prepared)")) }
    defer { pending = [] }
    return pending
  }

  // MARK: Statements

  private mutating func execute(
    _ texts: [String], _ parameters: [[Value]], _ call: PythonCall
  ) throws(DatabaseError) -> QueryResult {
    if texts.count == 1, let control = PythonControl(texts[0], connection.dialect) {
      switch control {
      case _ where aborted.contains(call.connection), .rollback: try rollback(call.connection)
      case .commit: try commit(call.connection)
      case .begin: break
      }
      return QueryResult()
    }
    if broken != call.connection { recover() }
    guard !aborted.contains(call.connection) || isWayBack(texts, of: call) else { throw .aborted }
    var queries: [Query] = []
    for text in texts {
      for statement in try split(text) {
        queries.append(Query(statement, parameters: parameters.isEmpty ? [[]] : parameters))
      }
    }
    if broken == nil { open(call.connection) }
    let prepared = pending
    pending = []
    do throws(DatabaseError) {
      let start = ContinuousClock.now
      let result = try connection.run(queries, after: prepared)
      let time = ContinuousClock.now - start
      if broken != nil { aborted.remove(call.connection) }
      broken = nil
      try note(result, of: queries, texts.map { statement($0, call) })
      if !result.isReadOnly { savepoints[savepoints.count - 1].hasWritten = true }
      try observer?.note(
        statement(texts.joined(separator: ";\n"), call), result, after: time, on: connection)
      return result
    } catch {
      if connection.dialect == .postgresql, error.kind == .statement || error.kind == .lockTimeout {
        aborted.insert(call.connection)
        broken = call.connection
      }
      throw error
    }
  }

  private mutating func note(
    _ result: QueryResult, of queries: [Query], _ statements: [Statement]
  ) throws(DatabaseError) {
    var execution = PythonExecution(
      statements: statements, queries: recording == nil ? [] : queries,
      isReadOnly: result.isReadOnly, returnsRows: result.columns != nil)
    execution.number = try recording?.note(execution, on: connection)
    executions.append(execution)
  }

  /// The statements of a text, without what is around them: what one begins with says what it is.
  ///
  /// - Throws: ``DatabaseError`` for what takes from the run what undoes it, as in any script.
  private func split(_ text: String) throws(DatabaseError) -> [ArraySlice<UInt8>] {
    let bytes = Array(text.utf8)
    do throws(ScriptError) {
      let parts = try Script(path: script.path.text, text: bytes, dialect: connection.dialect)
      if !parts.statements.isEmpty { return parts.statements.map(\.source) }
    } catch {
      if case .harmful = error.reason {
        throw DatabaseError(.forbidden, message: "\(error.reason)")
      }
    }
    // The engine says what is wrong with it.
    return [bytes[...]]
  }

  private func statement(_ text: String, _ call: PythonCall) -> Statement {
    Statement(
      source: Array(text.utf8)[...], path: call.file ?? script.path.text, line: call.line ?? 1,
      column: nil)
  }

  // MARK: Savepoints

  /// Makes sure that the innermost savepoint is that of `connection`.
  private mutating func open(_ connection: Int64) {
    if let last = savepoints.last, last.connection == connection { return }
    if prepared == nil {
      count += 1
      pending.append(Command("SAVEPOINT \(Self.name(count))"))
    }
    let name = prepared ?? Self.name(count)
    prepared = nil
    savepoints.append(Savepoint(name: name, connection: connection, start: executions.count))
  }

  /// Keeps what a connection has done.
  private mutating func commit(_ connection: Int64) throws(DatabaseError) {
    // PostgreSQL makes a rollback of the commit of a transaction that it has given up.
    if aborted.contains(connection) { return try rollback(connection) }
    for index in savepoints.indices where savepoints[index].connection == connection {
      if savepoints[..<index].contains(where: { $0.isOwed && $0.hasWritten }) { throw .entangled }
      savepoints[index].connection = nil
    }
    // What was kept inside another's transaction is as lasting as that is.
    settle()
  }

  /// Undoes what a connection has done.
  private mutating func rollback(_ connection: Int64) throws(DatabaseError) {
    if broken == connection { recover() }
    aborted.remove(connection)
    for index in savepoints.indices where savepoints[index].connection == connection {
      let inside = savepoints[(index + 1)...]
      let holdsOthers = inside.contains { $0.connection == nil && !$0.isOwed && $0.hasWritten }
      let mustStay = holdsOthers || savepoints[index].holdsOthers
      guard !mustStay || !savepoints[index].hasWritten else { throw .entangled }
      savepoints[index].isOwed = !mustStay
      savepoints[index].connection = nil
    }
    settle()
  }

  /// Ends the innermost savepoints that nobody uses any more.
  private mutating func settle() {
    while let last = savepoints.last, last.connection == nil {
      savepoints.removeLast()
      if last.isOwed {
        forget(from: last.start)
        pending.append(Command("ROLLBACK TO SAVEPOINT \(last.name)"))
        if savepoints.isEmpty {
          // It stays, for what the script does next.
          prepared = last.name
          return
        }
      } else if last.hasWritten || last.holdsOthers, let outer = savepoints.indices.last {
        savepoints[outer].holdsOthers = true
      }
      pending.append(Command("RELEASE SAVEPOINT \(last.name)"))
    }
  }

  /// Whether the script goes back to a savepoint of its own, which ends its connection's standstill.
  private func isWayBack(_ texts: [String], of call: PythonCall) -> Bool {
    guard broken == call.connection, texts.count == 1 else { return false }
    return StatementWords(Array(texts[0].utf8).span, dialect: connection.dialect)
      .begins(with: "rollback")
  }

  /// Goes back to the innermost savepoint, since PostgreSQL takes no other statement after one that failed.
  private mutating func recover() {
    guard broken != nil else { return }
    broken = nil
    guard let last = savepoints.popLast() else { return }
    forget(from: last.start)
    pending = [
      Command("ROLLBACK TO SAVEPOINT \(last.name)"), Command("RELEASE SAVEPOINT \(last.name)"),
    ]
    settle()
  }

  /// Forgets what was undone.
  private mutating func forget(from start: Int) {
    let undone = executions[min(start, executions.count)...]
    executions = executions[..<undone.startIndex] + undone.filter(\.outlastsRollback)
  }

  private static let loneHint = """
    a version in Python runs in the run's transaction: write this one in SQL, with the line \
    `-- migrate: no-transaction`
    """
}
