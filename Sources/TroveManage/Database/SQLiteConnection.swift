internal import CSQLite

/// A session with a SQLite database file.
@safe public final class SQLiteConnection: Connection {
  /// What to do about a database file that is not there.
  public enum MissingFile: Sendable {
    /// Make an empty one.
    case create
    /// Fail.
    case refuse
  }

  /// SQLite's SQL.
  public let dialect = Dialect.sqlite
  /// Looked at while statements run and while another process holds the lock.
  public var interruption: Interruption? {
    get { wait.interruption }
    set { wait.interruption = newValue }
  }

  /// How long a statement waits for another process, unless the URL says otherwise.
  public static let defaultWait = Duration.seconds(60)

  /// Called with each statement after it ran.
  public var statementHandler: ((Command, Duration) -> Void)?
  /// Only the duration counts: a run waits for a lock before its first statement, not in one.
  public var limits: StatementLimits {
    get { StatementLimits(duration: wait.statementLimit) }
    set { wait.statementLimit = newValue.duration }
  }

  /// The file's path, or `:memory:`.
  let path: String
  private let handle: OpaquePointer
  private let wait = SQLiteWait()
  /// What was dangling before the transaction.
  private var foreignKeyViolations: [ForeignKeyViolation: Int] = [:]

  /// Opens the database that is kept at `storage`; one in memory is the session's own.
  ///
  /// - Parameters:
  ///   - storage: where the database is kept.
  ///   - missingFile: what to do when the file is not there.
  ///   - limit: how long a statement waits while another process writes.
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/refused`` when the file cannot be opened.
  public init(
    _ storage: DatabaseURL.SQLite.Storage, missingFile: MissingFile = .refuse,
    wait limit: Duration = SQLiteConnection.defaultWait
  ) throws(DatabaseError) {
    var flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE
    switch storage {
    case .memory:
      path = ":memory:"
      flags |= SQLITE_OPEN_MEMORY | SQLITE_OPEN_CREATE
    case .file(let file):
      path = file.text
      if missingFile == .create { flags |= SQLITE_OPEN_CREATE }
    }
    var opened: OpaquePointer?
    let code = unsafe sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened = unsafe opened else {
      unsafe sqlite3_close_v2(opened)
      throw Self.openError(code, path: path)
    }
    unsafe handle = opened
    wait.limit = limit
    if case .file(let file) = storage {
      wait.findHolder = { Self.lockHolder(ofFile: file.text) }
    }
    unsafe wait.attach(to: handle)
  }

  deinit { unsafe sqlite3_close_v2(handle) }

  /// The rows of a query of our own.
  public func rows(_ query: String) throws(DatabaseError) -> [Row] {
    var rows: [Row] = []
    let start = ContinuousClock.now
    try forEachStatement(of: Array(query.utf8)[...]) { (statement) throws(DatabaseError) in
      while try statement.step() { rows.append(statement.row) }
    }
    statementHandler?(Command(query), .now - start)
    return rows
  }

  /// Runs the script's statements, checking after each that the transaction still stands, then the
  /// bookkeeping.
  public func execute(
    _ script: [Command], bookkeeping: [Command]
  ) throws(DatabaseError) {
    try refuseAttaching(script)
    try execute(script, countedFrom: 0) { wait.statementStart = .now }
    try restoreSession(after: script)
    try execute(bookkeeping, countedFrom: script.count) {}
  }

  /// Runs commands that are numbered from `first` on in an error's position.
  private func execute(
    _ commands: [Command], countedFrom first: Int, beforeEach prepare: () -> Void
  ) throws(DatabaseError) {
    let inTransaction = isInTransaction
    defer { wait.statementStart = nil }
    for (index, command) in commands.enumerated() {
      do throws(DatabaseError) {
        prepare()
        try execute(command)
        guard inTransaction == isInTransaction else { throw .transactionEnded }
      } catch {
        throw error.at(.init(command: first + index, offset: error.position?.offset))
      }
    }
  }

  private func execute(_ command: Command) throws(DatabaseError) {
    let start = statementHandler == nil ? nil : ContinuousClock.now
    try forEachStatement(of: command.text) { (statement) throws(DatabaseError) in
      while try statement.step() {}
    }
    if let start { statementHandler?(command, .now - start) }
    guard let required = command.requiredChanges else { return }
    let actual = unsafe Int(sqlite3_changes64(handle))
    guard actual == required else {
      throw .unexpectedChanges(required: required, actual: actual)
    }
  }

  /// Compiles and hands out the statements of `text` one by one, as far as the engine itself reads each
  /// (the tail of `sqlite3_prepare_v2`).
  private func forEachStatement(
    of text: ArraySlice<UInt8>,
    _ body: (borrowing SQLiteStatement) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    var rest = text
    while !rest.isEmpty {
      let start = rest.startIndex - text.startIndex
      do throws(DatabaseError) {
        guard let statement = try unsafe SQLiteStatement(compiling: &rest, on: handle) else {
          continue
        }
        try body(statement)
      } catch {
        throw named(error, base: start)
      }
    }
  }

  /// The error with its offset counted from the command's start, and with the file's name where SQLite
  /// leaves it out.
  private func named(_ error: DatabaseError, base: Int) -> DatabaseError {
    var error = error
    if let signal = interruption?.signal { return .interrupted(by: signal) }
    if error.code == "SQLITE_INTERRUPT" { error.message = "the statement took longer than it may" }
    error.position = error.position.map { .init(command: 0, offset: $0.offset.map { $0 + base }) }
    if error.isBusy || error.isAboutFile { error.message = "\(path): \(error.message)" }
    if error.isBusy { error.detail = wait.findHolder()?.detail }
    if error.hint == nil { error.hint = error.fileHint }
    return error
  }

  private var isInTransaction: Bool { unsafe sqlite3_get_autocommit(handle) == 0 }
}

// MARK: - Transactions

extension SQLiteConnection {
  /// Takes the database's one write lock.
  ///
  /// `PRAGMA foreign_keys` cannot change inside a transaction and a table that is rebuilt with
  /// foreign keys on deletes its children (lang_altertable.html §7), so they are off from before
  /// the transaction on; the commit checks them.
  public func begin(_ lock: LockWait) throws(DatabaseError) {
    try execute(Command("PRAGMA foreign_keys = OFF"))
    let limit = wait.limit
    wait.limit = lock.limit
    wait.notice = lock.notice
    defer {
      wait.limit = limit
      wait.notice = nil
    }
    do throws(DatabaseError) {
      try execute(Command("BEGIN IMMEDIATE"))
    } catch {
      guard error.isBusy else { throw error }
      throw DatabaseError(
        .lockTimeout, code: error.code,
        message: "\(path): another process holds the database's lock",
        detail: wait.findHolder()?.detail, hint: LockWait.hint)
    }
    do throws(DatabaseError) {
      foreignKeyViolations = try countForeignKeyViolations()
    } catch {
      rollback()
      throw error
    }
  }

  /// Commits, unless the transaction leaves rows whose parent is missing that were not there before.
  public func commit() throws(DatabaseError) {
    do throws(DatabaseError) {
      try checkForeignKeys()
      try execute(Command("COMMIT"))
    } catch {
      rollback()
      throw error
    }
  }

  /// Undoes the transaction.
  public func rollback() {
    guard isInTransaction else { return }
    // A rollback can only fail when the engine has already rolled back by itself.
    unsafe sqlite3_progress_handler(handle, 0, nil, nil)
    unsafe sqlite3_exec(handle, "ROLLBACK", nil, nil, nil)
    unsafe wait.attach(to: handle)
  }

  private func checkForeignKeys() throws(DatabaseError) {
    let after = try countForeignKeyViolations()
    let worse = after.filter { $0.value > foreignKeyViolations[$0.key, default: 0] }
    guard let violation = worse.keys.min(by: { $0.table < $1.table }) else { return }
    let rows = try rows("PRAGMA foreign_key_check(\(dialect.identifier(violation.table)))")
    let row = rows.last { $0[2] == .text(violation.parent) }?[1].integer
    throw DatabaseError(
      .statement, code: "SQLITE_CONSTRAINT_FOREIGNKEY",
      message: """
        \(after[violation, default: 0]) row(s) of \(violation.table) refer to rows of \
        \(violation.parent) that do not exist
        """,
      detail: row.map { "one of them is the row with rowid \($0)" },
      hint: "delete or mend these rows in the script that leaves them behind",
      tables: [violation.table, violation.parent])
  }

  /// The rows of `PRAGMA foreign_key_check`; a table whose foreign key has no fitting parent, which
  /// makes the whole of it fail, is left out.
  private func foreignKeyCheck() throws(DatabaseError) -> [Row] {
    do throws(DatabaseError) {
      return try rows("PRAGMA foreign_key_check")
    } catch {
      guard error.message.contains("foreign key mismatch") else { throw error }
    }
    var found: [Row] = []
    for table in try tableNames() {
      do throws(DatabaseError) {
        found += try rows("PRAGMA foreign_key_check(\(dialect.identifier(table)))")
      } catch {
        guard error.message.contains("foreign key mismatch") else { throw error }
      }
    }
    return found
  }

  private func countForeignKeyViolations() throws(DatabaseError) -> [ForeignKeyViolation: Int] {
    var counts: [ForeignKeyViolation: Int] = [:]
    for row in try foreignKeyCheck() {
      let key = ForeignKeyViolation(table: row[0].text ?? "", parent: row[2].text ?? "")
      counts[key, default: 0] += 1
    }
    return counts
  }
}

/// Rows of one table that point at missing rows of another.
private struct ForeignKeyViolation: Hashable {
  let table: String
  let parent: String
}

// MARK: - Catalog

extension SQLiteConnection {
  /// What `sqlite_schema` says.
  ///
  /// Names are compared as SQLite does, without regard to case.
  public func tables(named names: [String]) throws(DatabaseError) -> [Table] {
    let list = names.map { dialect.literal($0) }.joined(separator: ", ")
    let rows = try rows(
      """
      SELECT lower(t.name), t.name, c.name, c.type
      FROM main.sqlite_schema AS t, pragma_table_info(t.name) AS c
      WHERE t.type IN ('table', 'view') AND t.name COLLATE NOCASE IN (\(list))
      """)
    let columns = Dictionary(grouping: rows) { $0[0].text ?? "" }
    return names.map { name in
      let columns = columns[name.lowercased(), default: []]
      return Table(
        qualifiedName: "main.\(dialect.identifier(columns.first?[1].text ?? name))",
        columnTypes: Table.types(columns.map { ($0[2], $0[3]) }))
    }
  }

  /// The tables that `sqlite_schema` lists, but for SQLite's own.
  public func tableNames() throws(DatabaseError) -> [String] {
    try rows(
      """
      SELECT name FROM main.sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name
      """
    ).compactMap { $0[0].text }
  }
}
