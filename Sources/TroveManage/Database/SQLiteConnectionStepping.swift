internal import CSQLite

extension SQLiteConnection {
  /// Runs the statements one by one, their values bound.
  public func run(
    _ queries: [Query], after preparation: [Command]
  ) throws(DatabaseError) -> QueryResult {
    if !preparation.isEmpty { try execute(preparation, countedFrom: 0) }
    var result = QueryResult()
    try asScript(queries.map(\.command)) { (index) throws(DatabaseError) in
      let query = queries[index]
      try forEachStatement(of: query.command.text) { (statement) throws(DatabaseError) in
        for values in query.parameters {
          // Each has the whole time that a statement may take.
          let start = ContinuousClock.now
          wait.statementStart = start
          result.append(try run(statement, with: values))
          statementHandler?(query.command, .now - start)
        }
      }
    }
    return result
  }

  /// Runs a compiled statement once.
  func run(
    _ statement: borrowing SQLiteStatement, with values: [Value]
  ) throws(DatabaseError) -> QueryResult {
    var result = QueryResult()
    let before = unsafe sqlite3_total_changes64(handle)
    try statement.bind(values)
    result.columns = statement.columns
    while try statement.step() { result.rows.append(try statement.exactRow()) }
    result.isReadOnly = statement.isReadOnly
    statement.reset()
    if !result.isReadOnly, result.columns == nil {
      // What triggers change does not count, as in sqlite3_changes64; a definition changes no rows.
      let changed = unsafe sqlite3_total_changes64(handle) != before
      result.count = changed ? unsafe Int(sqlite3_changes64(handle)) : 0
    }
    result.lastRow = unsafe sqlite3_last_insert_rowid(handle)
    return result
  }

  /// Drops what the script left in the session, and runs the bookkeeping.
  public func finish(
    _ script: [Command], after preparation: [Command], bookkeeping: [Command]
  ) throws(DatabaseError) {
    try execute(preparation, countedFrom: 0)
    try restoreSession(after: script)
    try execute(bookkeeping, countedFrom: script.count)
  }

  /// Compiles the statement, and notes what the authorizer is asked about.
  public func tables(readBy query: Query) throws(DatabaseError) -> [String] {
    let noted = ReadTables()
    unsafe sqlite3_set_authorizer(
      handle,
      { context, action, table, _, database, _ in
        guard action == SQLITE_READ, let context = unsafe context, let table = unsafe table else {
          return SQLITE_OK
        }
        let noted = unsafe Unmanaged<ReadTables>.fromOpaque(context).takeUnretainedValue()
        noted.names.insert(unsafe String(cString: table))
        return SQLITE_OK
      }, Unmanaged.passUnretained(noted).toOpaque())
    defer { unsafe sqlite3_set_authorizer(handle, nil, nil) }
    try forEachStatement(of: query.command.text) { _ throws(DatabaseError) in }
    return noted.names.filter { name in
      // Where AUTOINCREMENT counts, there are rows of the user's.
      let name = name.lowercased()
      return name == "sqlite_sequence" || !name.hasPrefix("sqlite_") && !name.hasPrefix("pragma_")
    }.sorted()
  }

  private final class ReadTables {
    var names: Set<String> = []
  }
}

extension SQLiteStatement {
  /// Whether the statement writes nothing (c3ref/stmt_readonly.html).
  var isReadOnly: Bool { unsafe sqlite3_stmt_readonly(handle) != 0 }

  /// The names of the columns; `nil` when the statement returns no rows.
  var columns: [QueryResult.Column]? {
    let count = unsafe sqlite3_column_count(handle)
    guard count > 0 else { return nil }
    return (0..<count).map { index in
      let name = unsafe sqlite3_column_name(handle, index).map { unsafe String(cString: $0) }
      return QueryResult.Column(name: name ?? "", type: 0)
    }
  }

  /// Makes the statement ready to run once more.
  func reset() { unsafe sqlite3_reset(handle) }

  /// Puts the values in the place of the placeholders, of which there must be as many.
  func bind(_ values: [Value]) throws(DatabaseError) {
    let count = unsafe Int(sqlite3_bind_parameter_count(handle))
    guard count == values.count else {
      throw DatabaseError(
        .statement, code: "SQLITE_RANGE",
        message: "the statement has \(count) placeholders, and \(values.count) values were given")
    }
    for (index, value) in values.enumerated() {
      let code = bind(value, at: Int32(index + 1))
      guard code == SQLITE_OK else { throw unsafe DatabaseError(code, on: database) }
    }
  }

  private func bind(_ value: Value, at index: Int32) -> Int32 {
    // SQLITE_TRANSIENT, which C defines by a cast: SQLite copies what it is given.
    let copy = unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    switch value {
    case .null: return unsafe sqlite3_bind_null(handle, index)
    case .integer(let number): return unsafe sqlite3_bind_int64(handle, index, number)
    case .real(let number): return unsafe sqlite3_bind_double(handle, index, number)
    case .text(let text):
      var text = text
      return text.withUTF8 { bytes in
        unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
          unsafe sqlite3_bind_text64(
            handle, index, characters.baseAddress, UInt64(characters.count), copy,
            UInt8(SQLITE_UTF8))
        }
      }
    case .blob(let bytes):
      guard !bytes.isEmpty else { return unsafe sqlite3_bind_zeroblob(handle, index, 0) }
      return unsafe bytes.withUnsafeBytes { bytes in
        unsafe sqlite3_bind_blob64(handle, index, bytes.baseAddress, UInt64(bytes.count), copy)
      }
    }
  }

  /// The current row, byte for byte: what is about to be written back must not be altered.
  ///
  /// - Throws: ``DatabaseError`` for a text that is no UTF-8.
  func exactRow() throws(DatabaseError) -> Row {
    let count = unsafe sqlite3_column_count(handle)
    var row: Row = []
    row.reserveCapacity(Int(count))
    for column in 0..<count {
      guard unsafe sqlite3_column_type(handle, column) == SQLITE_TEXT else {
        row.append(value(at: column))
        continue
      }
      guard let text = text(at: column) else {
        let name = unsafe sqlite3_column_name(handle, column).map { unsafe String(cString: $0) }
        throw DatabaseError(
          .statement, code: "SQLITE_MISMATCH",
          message: "a text in the column \(name ?? "?") is no UTF-8")
      }
      row.append(.text(text))
    }
    return row
  }

  private func text(at column: Int32) -> String? {
    guard let start = unsafe sqlite3_column_text(handle, column) else { return "" }
    let count = unsafe Int(sqlite3_column_bytes(handle, column))
    return unsafe String(validating: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  }
}
