internal import CPostgres

extension PostgresConnection {
  /// PostgreSQL always does.
  public func holdForeignKeys() {}

  /// Begins at the isolation level that the role or the database has.
  public func beginWork() throws(DatabaseError) {
    _ = try run("BEGIN", binding: [])
    guard unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS else { throw .transactionEnded }
  }

  /// Sends the values apart from the statement, as texts of whatever type the server infers (PostgreSQL
  /// documentation, 34.3.1, PQexecParams).
  public func run(
    _ statement: String, binding values: [Value]
  ) throws(DatabaseError) -> QueryResult {
    try settle()
    let batch = PostgresBatch([Command(statement)])
    try dispatch(batch, binding: values)
    var answer = QueryResult()
    do throws(DatabaseError) {
      try collect(batch) { result, _ in
        answer.rows = result.rows
        answer.count = result.changes
      }
    } catch {
      var error = error
      // It says no more than that there were values.
      if error.context?.hasPrefix("unnamed portal") == true { error.context = nil }
      throw error
    }
    return answer
  }

  /// Asks for `current_schemas`, without those of the server's own.
  public func searchPath() throws(DatabaseError) -> [String] {
    let query = "SELECT unnest(pg_catalog.current_schemas(false))::text"
    return try rows(query).compactMap { $0[0].text }
  }
}

extension PostgresBatch {
  /// Sends the one statement of the batch with its values; 1 when that went well.
  func send(to handle: OpaquePointer, binding values: [Value]) -> Int32 {
    let texts = values.map(\.postgresText)
    return unsafe PostgresKeywords.withPointers(texts) { pointers in
      unsafe withText { text in
        unsafe PQsendQueryParams(
          handle, text, Int32(values.count), nil, pointers.baseAddress, nil, nil, 0)
      }
    }
  }
}

extension Value {
  /// The value as PostgreSQL reads it; `nil` for NULL.
  fileprivate var postgresText: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case .blob(let bytes): "\\x\(bytes.hexadecimal)"
    }
  }
}
