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

  /// Asked by the engine's authorizer while a script runs.
  public var warden: (any ScriptWarden)? {
    get { authorizer.warden }
    set { authorizer.warden = newValue }
  }
  /// SQLite asks for each table that a statement touches, when it compiles the statement.
  public var asksWarden: Bool { true }

  /// Called with each statement after it ran.
  public var statementHandler: ((Command, Duration) -> Void)?
  /// Only the duration counts: a run waits for a lock before its first statement, not in one.
  public var limits: StatementLimits {
    get { StatementLimits(duration: wait.statementLimit) }
    set { wait.statementLimit = newValue.duration }
  }

  /// The file's path, or `:memory:`.
  let path: String
  let handle: OpaquePointer
  let wait = SQLiteWait()
  let authorizer = SQLiteAuthorizer()
  /// The rows that dangled before the transaction.
  var dangling: DanglingRows?
  /// Whether transactions are those of a script outside one.
  var isOutside = false

  /// Opens the database that is kept at `storage`; one in memory is the session's own.
  ///
  /// - Parameters:
  ///   - storage: where the database is kept.
  ///   - missingFile: what to do when the file is not there.
  ///   - access: what the session may do.
  ///   - limit: how long a statement waits while another process writes.
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/refused`` when the file cannot be opened.
  public init(
    _ storage: DatabaseURL.SQLite.Storage, missingFile: MissingFile = .refuse,
    access: Database.Access = .readWrite, wait limit: Duration = SQLiteConnection.defaultWait
  ) throws(DatabaseError) {
    var flags = Self.flags(for: access, to: storage)
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
    if access == .readOnly { unsafe Self.keepFiles(of: handle) }
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
    try execute(script: script)
    try restoreSession(after: script)
    try execute(bookkeeping, countedFrom: script.count)
  }

  /// Runs statements of a script.
  func execute(script: [Command]) throws(DatabaseError) {
    try asScript(script) { (index) throws(DatabaseError) in try execute(script[index]) }
  }

  /// Runs what is numbered from `first` on in an error's position.
  func execute(_ commands: [Command], countedFrom first: Int) throws(DatabaseError) {
    try guarded(commands, countedFrom: first) { (index) throws(DatabaseError) in
      try execute(commands[index])
    }
  }

  /// Calls `body` for each of a script's statements, which is to run it: watched, and within its time.
  func asScript(
    _ script: [Command], _ body: (Int) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    try refuseAttaching(script)
    unsafe authorizer.attach(to: handle)
    defer {
      unsafe authorizer.detach(from: handle)
      wait.statementStart = nil
    }
    try guarded(script, countedFrom: 0) { (index) throws(DatabaseError) in
      if wait.statementLimit != nil { wait.statementStart = .now }
      try body(index)
    }
  }

  /// Calls `body` for each command, which is to run it; the transaction must stand as before then.
  private func guarded(
    _ commands: [Command], countedFrom first: Int, _ body: (Int) throws(DatabaseError) -> Void
  ) throws(DatabaseError) {
    let inTransaction = isInTransaction
    for (index, command) in commands.enumerated() {
      do throws(DatabaseError) {
        authorizer.begin(command)
        try body(index)
        guard inTransaction == isInTransaction else { throw .transactionEnded }
        try authorizer.checkCatalog(on: self)
      } catch {
        throw authorizer.explained(error).at(
          .init(command: first + index, offset: error.position?.offset))
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
  func forEachStatement(
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
    if error.code == "SQLITE_READONLY_DBMOVED" { return .fileMoved(path) }
    if error.isBusy || error.isAboutFile { error.message = "\(path): \(error.message)" }
    if error.isBusy { error.detail = wait.findHolder()?.detail }
    if error.hint == nil { error.hint = error.fileHint(path) }
    return error
  }

  /// Waits for other processes as long as the session is meant to, whatever a script has set.
  func waitAsBefore() { unsafe wait.attach(to: handle) }

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
    // A script outside a transaction may have set a `busy_timeout`, which takes its place.
    if isOutside { waitAsBefore() }
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
      // Outside, most transactions hold nothing but our own rows.
      dangling = isOutside ? nil : try danglingRows()
    } catch {
      rollback()
      throw error
    }
  }

  /// Commits, unless the transaction leaves rows whose parent is missing that were not there before.
  public func commit() throws(DatabaseError) {
    do throws(DatabaseError) {
      if let dangling { try refuseDanglingRows(besides: dangling) }
      try refuseReplacedFile()
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
