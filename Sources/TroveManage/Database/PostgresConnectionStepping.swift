internal import CPostgres

extension PostgresConnection {
  /// Sends the preparation and the statements in one query string: one round trip.
  public func run(
    _ queries: [Query], after preparation: [Command]
  ) throws(DatabaseError) -> QueryResult {
    let first = preparation.count
    var all = QueryResult()
    do throws(DatabaseError) {
      try send(PostgresBatch(preparation + queries.map(\.command))) {
        (result, index) throws(DatabaseError) in
        guard index >= first else { return }
        all.append(try QueryResult(result))
      }
    } catch {
      throw checked(error.withoutCommands(first, after: 0))
    }
    guard unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS else { throw .transactionEnded }
    return all
  }

  /// The error of a statement after which the transaction still stands, or that it does not.
  private func checked(_ error: DatabaseError) -> DatabaseError {
    guard error.kind == .statement else { return error }
    switch unsafe PQtransactionStatus(handle) {
    case PQTRANS_INTRANS, PQTRANS_INERROR: return error
    default: return .transactionEnded
    }
  }

  /// Undoes what the script has set in the session, and records it, in one round trip.
  public func finish(
    _ script: [Command], after preparation: [Command], bookkeeping: [Command]
  ) throws(DatabaseError) {
    let resets = resets(after: script)
    do throws(DatabaseError) {
      try execute(preparation + resets + bookkeeping, havingScript: 0)
    } catch {
      throw error.at(.init(command: script.count))
    }
  }
}

extension QueryResult {
  /// What `result` says, its values as text.
  fileprivate init(_ result: borrowing PostgresResult) throws(DatabaseError) {
    columns = result.columns
    rows = columns == nil ? [] : try result.textRows()
    count = result.count
    isReadOnly = columns != nil && ["SELECT", "SHOW", "EXPLAIN"].contains(result.verb)
  }
}

extension PostgresResult {
  /// The columns; `nil` when the statement returned no rows.
  fileprivate var columns: [QueryResult.Column]? {
    guard unsafe PQresultStatus(handle) == PGRES_TUPLES_OK else { return nil }
    return unsafe (0..<PQnfields(handle)).map { index in
      QueryResult.Column(
        name: unsafe String(cString: PQfname(handle, index)), type: unsafe PQftype(handle, index))
    }
  }

  /// The first word of the command's tag (PostgreSQL documentation, 55.7, CommandComplete).
  fileprivate var verb: Substring {
    unsafe String(cString: PQcmdStatus(handle)).prefix { $0 != " " }
  }

  /// How many rows the statement changed or returned; `nil` where the server does not count.
  fileprivate var count: Int? { unsafe Int(String(cString: PQcmdTuples(handle))) }

  /// The rows as the server prints them.
  ///
  /// - Throws: ``DatabaseError`` for a text that is no UTF-8, as a database in SQL_ASCII may hold: what is
  ///   about to be written back must not be altered.
  fileprivate func textRows() throws(DatabaseError) -> [Row] {
    let count = unsafe PQnfields(handle)
    var rows: [Row] = []
    rows.reserveCapacity(unsafe Int(PQntuples(handle)))
    for row in 0..<(unsafe PQntuples(handle)) {
      var values: Row = []
      values.reserveCapacity(Int(count))
      for column in 0..<count { values.append(try text(row: row, column: column)) }
      rows.append(values)
    }
    return rows
  }

  private func text(row: Int32, column: Int32) throws(DatabaseError) -> Value {
    guard unsafe PQgetisnull(handle, row, column) == 0 else { return .null }
    guard let text = unsafe String(validatingCString: PQgetvalue(handle, row, column)) else {
      let name = unsafe String(cString: PQfname(handle, column))
      throw DatabaseError(
        .statement, code: "22021", message: "a text in the column \(name) is no UTF-8")
    }
    return .text(text)
  }
}
