/// The session of an engine: opened when it is needed, and again after it broke.
final class EngineSession {
  /// Where a session stands to transactions.
  private enum State {
    case idle
    case working
    /// A statement of the transaction failed, or another one was asked for inside: it will be rolled back.
    case failed(ServiceError, MappedTable?)
    case closed
  }

  /// Where the database is, as the conf names it.
  let url: DatabaseURL
  let dialect: Dialect
  /// The command that brings the database to where a service wants it.
  let remedy: String
  private let database: Database
  private var opened: (any Connection)?
  private var state = State.idle

  init(_ database: Database, at url: DatabaseURL, remedy: String) {
    self.database = database
    self.url = url
    self.remedy = remedy
    dialect = url.dialect
  }

  /// The session with the database.
  ///
  /// - Throws: ``ServiceError/closed``, ``ServiceError/noDatabase(path:remedy:)`` and ``ServiceError/database(_:)``.
  func connection() throws(ServiceError) -> any Connection {
    try checkOpen()
    if let opened { return opened }
    if case .sqlite(let sqlite) = database.url, case .file(let path) = sqlite.storage {
      // Opened for writing, it would be made.
      guard FileSystem.kind(of: path.text) != nil else {
        throw .noDatabase(path: path.text, remedy: remedy)
      }
    }
    do throws(DatabaseError) {
      let connection = try database.connection(for: .writing)
      try connection.prepareForRows()
      opened = connection
      return connection
    } catch {
      end()
      throw .database(error)
    }
  }

  /// What the database says of its tables now.
  ///
  /// - Throws: ``ServiceError``; an open transaction is over then.
  func catalog() throws(ServiceError) -> EngineCatalog {
    if case .failed(let error, _) = state { throw error }
    let connection = try connection()
    do throws(DatabaseError) {
      return try EngineCatalog(connection)
    } catch {
      if error.endsSession { end() }
      let failure = ServiceError.database(error)
      if case .working = state { state = .failed(failure, nil) }
      throw failure
    }
  }

  /// Throws ``ServiceError/closed`` once the engine was closed.
  func checkOpen() throws(ServiceError) {
    if case .closed = state { throw .closed }
  }

  /// Runs a statement about `table`.
  ///
  /// - Throws: ``ServiceError``; what was mapped is compared with what is there then.
  func run(_ draft: StatementDraft, on table: MappedTable) throws(ServiceError) -> QueryResult {
    if case .failed(let error, _) = state { throw error }
    let connection = try connection()
    do throws(DatabaseError) {
      return try connection.run(draft.text, binding: draft.values)
    } catch {
      var error = error
      let isOver = error.endsSession
      if isOver {
        error.hint = error.kind == .connectionLost ? lostHint : Self.movedHint
        end()
      }
      let failure = ServiceError.statement(error, table: table.name)
      if case .working = state {
        state = .failed(failure, table)
        throw failure
      }
      throw isOver ? failure : explained(failure, on: table)
    }
  }

  private static let movedHint = "the next statement opens the file that is there now"

  /// What became of the statement whose answer never came.
  private var lostHint: String {
    if case .idle = state {
      return
        "the session broke: a change may have been made or not; the next statement opens another"
    }
    return "the session broke, and nothing of its transaction is left; the next one opens another"
  }

  /// The error, or what has changed in `table` since it was mapped, which is why.
  func explained(_ error: ServiceError, on table: MappedTable) -> ServiceError {
    if case .failed = state { return error }
    // What is no matter of columns stays as it is; a lock would keep the catalog waiting, too.
    if let refusal = error.databaseError, !refusal.mayComeFromColumns { return error }
    guard let catalog = try? catalog() else { return error }
    guard let now = catalog.table(table.definition.name) else {
      return .noTable(table.name, owner: table.owner, remedy: remedy)
    }
    let changes = table.definition.changes(to: now)
    return changes.isEmpty ? error : .tableChanged(table.name, changes)
  }

  /// Runs `body` in a transaction, and commits it.
  func transaction<Result>(_ body: () throws -> Result) throws -> Result {
    if case .working = state { state = .failed(.nestedTransaction, nil) }
    if case .failed = state { throw ServiceError.nestedTransaction }
    let connection = try connection()
    do throws(DatabaseError) {
      try connection.beginWork()
    } catch {
      if error.endsSession { end() }
      throw ServiceError.database(error)
    }
    state = .working
    do {
      let result = try body()
      if case .failed(let error, _) = state { throw error }
      guard case .working = state else { throw ServiceError.closed }
      try commit(on: connection)
      state = .idle
      return result
    } catch {
      connection.rollback()
      throw settled(error)
    }
  }

  private func commit(on connection: any Connection) throws(ServiceError) {
    do throws(DatabaseError) {
      try connection.commit()
    } catch {
      guard error.endsSession else { throw .database(error) }
      end()
      var error = error
      error.hint = Self.movedHint
      guard error.kind == .connectionLost else { throw .database(error) }
      error.hint = """
        the session broke before the answer to COMMIT came: the transaction was made or undone as a whole; look \
        which before you repeat it
        """
      throw .database(error)
    }
  }

  /// Ends the transaction's state; the error says why a statement failed, now that the catalog can be asked.
  private func settled(_ error: any Error) -> any Error {
    let before = state
    if case .closed = before { return error }
    state = .idle
    guard case .failed(let failure, let table?) = before,
      case .statement(let shown, _)? = error as? ServiceError,
      case .statement(let failed, _) = failure, shown == failed
    else { return error }
    return explained(failure, on: table)
  }

  /// Ends the session for good, and with it an open transaction.
  func close() {
    opened?.rollback()
    end()
    state = .closed
  }

  private func end() {
    opened = nil
    database.close()
  }
}

extension DatabaseError {
  /// Whether a table with other columns than were mapped may be the reason (PostgreSQL documentation, Appendix A;
  /// rescode.html).
  fileprivate var mayComeFromColumns: Bool {
    guard kind == .statement, let code else { return false }
    return code.hasPrefix("42") || code.hasPrefix("22") || code == "23502"
      || ["SQLITE_ERROR", "SQLITE_MISMATCH", "SQLITE_CONSTRAINT_NOTNULL"].contains(code)
  }

  /// Whether no further statement makes sense in the session: it broke, or its file is not the database any more,
  /// as after a backup was put in its place.
  fileprivate var endsSession: Bool {
    kind == .connectionLost || code == "SQLITE_READONLY_DBMOVED"
  }
}
