internal import CPostgres

extension PostgresConnection {
  /// Puts right what a role or a database sets of how values are printed; mostly that is nothing.
  ///
  /// Through a transaction pooler it holds for the server's session that was asked alone.
  public func prepareForRows() throws(DatabaseError) { _ = try rows(Self.printing) }

  /// PostgreSQL documentation, 20.11.1 and 20.11.2; up to version 11, 3 digits more are exact.
  private static let printing = """
    SELECT pg_catalog.set_config(s.name, w.wanted, false) FROM pg_catalog.pg_settings AS s
    JOIN (VALUES ('DateStyle', 'ISO', 'ISO%'), ('bytea_output', 'hex', 'hex'),
      ('extra_float_digits', '3', '_')) AS w (name, wanted, fit) ON w.name = s.name
    WHERE s.setting NOT LIKE w.fit OR s.name = 'extra_float_digits' AND s.setting = '0'
    """

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
