internal import CPostgres

extension PostgresConnection {
  /// Sends the preparation, and then the statements in one query string.
  ///
  /// Not all in one: the server parses a query string before it runs anything of it, so that of a preparation
  /// beside a syntax error nothing would be there to go back to (PostgreSQL documentation, 55.2.2.1).
  public func run(
    _ queries: [Query], after preparation: [Command]
  ) throws(DatabaseError) -> QueryResult {
    var all = QueryResult()
    do throws(DatabaseError) {
      if !preparation.isEmpty { try send(PostgresBatch(preparation)) { _, _ in } }
      if queries.isEmpty { return all }
      try send(PostgresBatch(queries.map(\.command))) { (result, _) throws(DatabaseError) in
        all.append(try QueryResult(result))
      }
    } catch {
      throw checked(error)
    }
    guard unsafe PQtransactionStatus(handle) == PQTRANS_INTRANS else { throw .transactionEnded }
    return all
  }

  /// Sends the statements in one query string.
  ///
  /// The server reads the whole string before it runs any of it, but not those behind it: what a part has
  /// set that decides how strings are read is put back before the next.
  public func execute(part: [Command]) throws(DatabaseError) {
    try restoreReading()
    try execute(part, havingScript: part.count)
  }

  /// Puts back what a script has set that decides how strings are read.
  func restoreReading() throws(DatabaseError) {
    let settings = [("standard_conforming_strings", "on"), ("client_encoding", "UTF8")]
      .filter { name, value in parameter(name).map { $0 != value } ?? false }
      .map { name, value in Command("SET \(name) = \(value)") }
    try execute(settings, havingScript: 0)
  }

  /// What the server has said about a setting of the session; `nil` for one that it does not tell of.
  private func parameter(_ name: String) -> String? {
    unsafe PQparameterStatus(handle, name).map { unsafe String(cString: $0) }
  }

  /// The error of a statement after which the transaction still stands, or that it does not.
  private func checked(_ error: DatabaseError) -> DatabaseError {
    guard error.kind == .statement else { return error }
    switch unsafe PQtransactionStatus(handle) {
    case PQTRANS_INTRANS, PQTRANS_INERROR: return error
    default: return .transactionEnded
    }
  }

  /// Undoes what the script has set in the session, and records it, in one round trip, whose answer is not
  /// waited for.
  public func finish(
    _ script: [Command], after preparation: [Command], bookkeeping: [Command]
  ) throws(DatabaseError) {
    let resets = resets(after: script)
    do throws(DatabaseError) {
      if try transactionStatus() == PQTRANS_INERROR {
        // What goes back behind the failure leaves the transaction otherwise than it was.
        try send(PostgresBatch(preparation)) { _, _ in }
        try execute(resets + bookkeeping, havingScript: 0)
      } else {
        try execute(ahead: preparation + resets + bookkeeping)
      }
    } catch {
      throw error.at(.init(command: script.count))
    }
  }

  /// Has the planner explain the statement, in a savepoint: of some, such as `SHOW`, it knows nothing.
  public func tables(readBy query: Query) throws(DatabaseError) -> [String] {
    let savepoint = "trove_migrate_explain"
    let explain = Array("EXPLAIN (VERBOSE, FORMAT JSON) ".utf8) + query.command.text
    do throws(DatabaseError) {
      let result = try run(
        [Query(explain[...])], after: [Command("SAVEPOINT \(savepoint)")])
      _ = try run([], after: [Command("RELEASE SAVEPOINT \(savepoint)")])
      let text = result.rows.first?.first?.text ?? "[]"
      return (try? JSONReader.read(Array(text.utf8)))?.scannedTables.sorted() ?? []
    } catch {
      guard error.kind == .statement else { throw error }
      let commands = ["ROLLBACK TO SAVEPOINT \(savepoint)", "RELEASE SAVEPOINT \(savepoint)"]
      _ = try run([], after: commands.map { Command($0) })
      return []
    }
  }
}

extension JSONNode {
  /// The user's tables in a plan, at whatever depth (PostgreSQL documentation, EXPLAIN).
  fileprivate var scannedTables: Set<String> {
    switch value {
    case .array(let elements): elements.reduce(into: []) { $0.formUnion($1.scannedTables) }
    case .object(let members):
      members.reduce(into: ownTable.map { [$0] } ?? []) { $0.formUnion($1.node.scannedTables) }
    case .null, .boolean, .number, .string: []
    }
  }

  private var ownTable: String? {
    guard let name = self["Relation Name"]?.string, let schema = self["Schema"]?.string else {
      return nil
    }
    return ["pg_catalog", "information_schema", "pg_toast"].contains(schema) ? nil : name
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
