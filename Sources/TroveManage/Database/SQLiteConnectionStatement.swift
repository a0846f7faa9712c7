internal import CSQLite

/// A compiled statement, finalized when it goes.
@safe struct SQLiteStatement: ~Copyable {
  let handle: OpaquePointer
  let database: OpaquePointer

  /// Compiles the first statement of `text` and leaves what follows it.
  ///
  /// - Returns: `nil` when only blanks and comments are left.
  init?(
    compiling text: inout ArraySlice<UInt8>, on database: OpaquePointer
  ) throws(DatabaseError) {
    var compiled: OpaquePointer?
    let (code, used) = unsafe text.withUnsafeBufferPointer { bytes in
      unsafe bytes.withMemoryRebound(to: CChar.self) { characters in
        var tail: UnsafePointer<CChar>?
        let code = unsafe sqlite3_prepare_v2(
          database, characters.baseAddress, Int32(characters.count), &compiled, &tail)
        let used = unsafe tail.map { unsafe $0 - (characters.baseAddress ?? $0) }
        return (code, used ?? characters.count)
      }
    }
    guard code == SQLITE_OK else { throw unsafe DatabaseError(code, on: database) }
    text = text.dropFirst(max(used, 1))
    guard let compiled = unsafe compiled else { return nil }
    unsafe handle = compiled
    unsafe self.database = database
  }

  deinit { unsafe sqlite3_finalize(handle) }

  /// Runs up to the next row.
  ///
  /// - Returns: whether there is one.
  func step() throws(DatabaseError) -> Bool {
    switch unsafe sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code: throw unsafe DatabaseError(code, on: database)
    }
  }

  /// The current row.
  var row: Row {
    let count = unsafe sqlite3_column_count(handle)
    return (0..<count).map { value(at: $0) }
  }

  func value(at column: Int32) -> Value {
    switch unsafe sqlite3_column_type(handle, column) {
    case SQLITE_INTEGER: return unsafe .integer(sqlite3_column_int64(handle, column))
    case SQLITE_FLOAT: return unsafe .real(sqlite3_column_double(handle, column))
    case SQLITE_TEXT:
      return unsafe .text(
        sqlite3_column_text(handle, column).map { unsafe String(cString: $0) } ?? "")
    case SQLITE_BLOB:
      let count = unsafe Int(sqlite3_column_bytes(handle, column))
      let bytes = unsafe UnsafeRawBufferPointer(
        start: sqlite3_column_blob(handle, column), count: count)
      return unsafe .blob(Array(bytes))
    default: return .null
    }
  }
}

extension DatabaseError {
  /// What SQLite says about the call that just failed on `database`.
  init(_ code: Int32, on database: OpaquePointer) {
    let offset = unsafe sqlite3_error_offset(database)
    unsafe self.init(
      .statement, code: Self.name(of: code), message: String(cString: sqlite3_errmsg(database)),
      position: .init(command: 0, offset: offset < 0 ? nil : Int(offset)))
    if isBusy { kind = .lockTimeout }
  }

  static let transactionEnded = Self(
    .transactionEnded, message: "the statement ended the transaction that the run stands in",
    hint: "a script runs inside the run's transaction and must leave it open")

  static func unexpectedChanges(required: Int, actual: Int) -> Self {
    Self(
      .unexpectedChanges(required: required, actual: actual),
      message: "\(actual) rows changed where \(required) must")
  }
}
