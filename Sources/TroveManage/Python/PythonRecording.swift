/// What a Python version executes, put down so that SQL can stand in its place.
struct PythonRecording {
  /// What SQL cannot stand for, in the order in which it was noticed.
  private(set) var remarks: [PythonRemark] = []

  /// An execution that has returned something.
  private struct Known {
    let location: TextLocation
    /// Why a look at its rows is worth a remark; `nil` when it is none.
    let reason: PythonRemark.Reason?
  }

  private var known: [Int: Known] = [:]
  /// The executions whose rows were looked at.
  private var seen: Set<Int> = []

  /// Notes an execution.
  ///
  /// - Returns: its number, by which the script's looks at it are known.
  mutating func note(
    _ execution: PythonExecution, on connection: any Connection
  ) throws(DatabaseError) -> Int {
    let number = known.count + 1
    var reason: PythonRemark.Reason?
    if !execution.isReadOnly {
      reason = .readsChangedRows
    } else if execution.queries.contains(where: \.asksSequence) {
      reason = .asksSequence
    } else if execution.returnsRows {
      var tables: Set<String> = []
      for query in execution.queries { tables.formUnion(try connection.tables(readBy: query)) }
      if !tables.isEmpty { reason = .readsRows(of: tables.sorted()) }
    }
    known[number] = Known(location: execution.location, reason: reason)
    return number
  }

  /// Notes that the script looks at what the execution `number` has returned.
  mutating func note(_ look: PythonCall.Look, of number: Int) {
    guard let execution = known[number] else { return }
    switch look {
    case .rows:
      seen.insert(number)
      if let reason = execution.reason { add(reason, at: execution.location) }
    case .key: add(.usesKey, at: execution.location)
    case .count: add(.usesCount, at: execution.location)
    }
  }

  /// Notes that the script was told of a failure.
  mutating func note(_ error: DatabaseError, at location: TextLocation) {
    add(.outlivesError(error.message), at: location)
  }

  private mutating func add(_ reason: PythonRemark.Reason, at location: TextLocation) {
    let remark = PythonRemark(reason: reason, location: location)
    if !remarks.contains(remark) { remarks.append(remark) }
  }

  /// The SQL of `executions`, without what was executed only to be looked at.
  func statements(of executions: [PythonExecution]) -> [Statement] {
    executions.filter { !($0.isReadOnly && seen.contains($0.number ?? 0)) }.flatMap { execution in
      execution.queries.flatMap(\.textsWithLiterals).map { text in
        Statement(
          source: text[...], path: execution.location.path,
          line: execution.location.line, column: nil)
      }
    }
  }
}

/// What a call of a Python version has executed.
struct PythonExecution {
  /// What the script has executed, as it was written.
  let statements: [Statement]
  /// The same, taken apart and with values; only for a recording.
  let queries: [Query]
  /// Whether nothing was written.
  let isReadOnly: Bool
  /// Whether rows came back, be it none.
  let returnsRows: Bool
  /// The number in the recording.
  var number: Int?

  /// Whether it has set a sequence, which no rollback undoes (PostgreSQL documentation, 9.17).
  var outlastsRollback: Bool { isReadOnly && queries.contains(where: \.asksSequence) }

  /// The place in the script.
  var location: TextLocation {
    statements.first?.location ?? TextLocation(path: "", line: 1, column: nil)
  }
}

extension Query {
  /// Whether the statement names a function that asks a sequence (PostgreSQL documentation, 9.17).
  fileprivate var asksSequence: Bool {
    let functions = ["nextval", "currval", "lastval", "setval"]
    let text = command.text
    var tokenizer = Tokenizer(dialect: .postgresql, from: 0)
    while let token = try? tokenizer.next(in: text.span), token != .end {
      guard token == .word else { continue }
      let word = text.span.string(in: tokenizer.start..<tokenizer.end)
      if functions.contains(word.lowercased()) { return true }
    }
    return false
  }
}
