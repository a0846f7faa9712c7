internal import CSQLite

/// What SQLite calls back while it compiles a script's statements: whether they may touch what they touch
/// (c3ref/set_authorizer.html).
final class SQLiteAuthorizer {
  var warden: (any ScriptWarden)?
  /// Whether the statement is one that writes the engine's own tables by itself.
  private var isDefinition = false
  private var hasRefused = false
  private var wroteCatalog = false
  /// The write of rows that was allowed last in the running script, which does not change who owns what.
  private var lastWrite: (action: Int32, table: [UInt8])?
  /// How many times the engine has asked about something that changes or takes away entries of a catalog.
  private(set) var alterations = 0
  /// Temporary triggers, whose names say nothing about whose they are.
  private var temporaryTriggers: Set<String> = []

  /// Installs itself on `handle`, when there is somebody to ask.
  func attach(to handle: OpaquePointer) {
    guard warden != nil else { return }
    lastWrite = nil
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sqlite3_set_authorizer(
      handle,
      { context, action, first, second, database, trigger in
        guard let context = unsafe context else { return SQLITE_OK }
        // What nobody is asked about costs no string.
        guard SQLiteAuthorizer.isWatched(action) else { return SQLITE_OK }
        let authorizer = unsafe Unmanaged<SQLiteAuthorizer>.fromOpaque(context)
          .takeUnretainedValue()
        if unsafe trigger == nil,
          unsafe authorizer.hasAllowedWrite(action, to: first, in: database)
        {
          return SQLITE_OK
        }
        let call = unsafe Call(
          action: action, first: first.map { unsafe String(cString: $0) },
          second: second.map { unsafe String(cString: $0) },
          database: database.map { unsafe String(cString: $0) },
          trigger: trigger.map { unsafe String(cString: $0) })
        return authorizer.allows(call) ? SQLITE_OK : SQLITE_DENY
      }, context)
  }

  /// Lets the engine do without.
  func detach(from handle: OpaquePointer) {
    unsafe sqlite3_set_authorizer(handle, nil, nil)
  }

  /// Gets ready for another statement.
  func begin(_ command: Command) {
    guard warden != nil else { return }
    isDefinition = command.isDefinition
    wroteCatalog = false
    hasRefused = false
  }

  /// Has the warden look at the catalog when the statement wrote it past what is made for that: with
  /// `PRAGMA writable_schema`, or where AUTOINCREMENT counts.
  func checkCatalog(on connection: any Connection) throws(DatabaseError) {
    guard wroteCatalog, let warden else { return }
    wroteCatalog = false
    if try !warden.allowsCatalogChange(on: connection) {
      hasRefused = true
      throw DatabaseError(.forbidden, code: "SQLITE_AUTH", message: "not authorized")
    }
  }

  /// The error of a statement that was refused, as such.
  func explained(_ error: DatabaseError) -> DatabaseError {
    var error = error
    if hasRefused, error.code == "SQLITE_AUTH" { error.kind = .forbidden }
    return error
  }

  /// What the engine asks about.
  private struct Call {
    let action: Int32
    let first: String?
    let second: String?
    let database: String?
    var trigger: String?
  }

  private func allows(_ call: Call) -> Bool {
    var call = call
    if Self.alters(call.action) { alterations += 1 }
    if let trigger = call.trigger, temporaryTriggers.contains(trigger.lowercased()) {
      call.trigger = nil
    }
    guard let access = access(call), let warden else { return true }
    guard warden.allows(access) else {
      hasRefused = true
      return false
    }
    if access.action == .writeRows, call.trigger == nil, let table = call.first {
      lastWrite = (call.action, Array(table.utf8) + [0])
    }
    return true
  }

  /// Whether the same was asked before, and allowed: most statements of a long script write to one table.
  private func hasAllowedWrite(
    _ action: Int32, to table: UnsafePointer<CChar>?, in database: UnsafePointer<CChar>?
  ) -> Bool {
    guard let lastWrite, lastWrite.action == action, let table = unsafe table,
      let database = unsafe database
    else { return false }
    for (index, byte) in "main".utf8.enumerated()
    where unsafe UInt8(bitPattern: database[index]) != byte { return false }
    guard unsafe database[4] == 0 else { return false }
    // The stored name ends with a zero, which is the first to differ from a longer or shorter one.
    for (index, byte) in lastWrite.table.enumerated()
    where unsafe UInt8(bitPattern: table[index]) != byte { return false }
    return true
  }

  /// Whether there is something to do about what the engine asks.
  private static func isWatched(_ action: Int32) -> Bool {
    switch action {
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE, SQLITE_CREATE_TEMP_TRIGGER,
      SQLITE_CREATE_INDEX, SQLITE_CREATE_TRIGGER:
      true
    default: alters(action)
    }
  }

  /// Whether entries of a catalog may be changed or go.
  private static func alters(_ action: Int32) -> Bool {
    switch action {
    case SQLITE_ALTER_TABLE, SQLITE_DROP_TABLE, SQLITE_DROP_VIEW, SQLITE_DROP_VTABLE,
      SQLITE_DROP_TRIGGER, SQLITE_DROP_INDEX, SQLITE_CREATE_VTABLE, SQLITE_PRAGMA:
      true
    default: false
    }
  }

  /// What the statement does to an object of the main database; `nil` for what is nobody's concern.
  private func access(_ call: Call) -> ScriptAccess? {
    if call.action == SQLITE_ALTER_TABLE {
      // Here the first is the database.
      guard call.first == "main", let table = call.second else { return nil }
      return ScriptAccess(.alter, Self.table(table), trigger: call.trigger)
    }
    if call.action == SQLITE_CREATE_TEMP_TRIGGER {
      if let trigger = call.first { temporaryTriggers.insert(trigger.lowercased()) }
      return call.second.map { ScriptAccess(.createTrigger, Self.table($0)) }
    }
    guard call.database == "main", let first = call.first else { return nil }
    let second = call.second ?? ""
    switch call.action {
    case SQLITE_DROP_TABLE, SQLITE_DROP_VIEW, SQLITE_DROP_VTABLE:
      return ScriptAccess(.drop, Self.table(first), trigger: call.trigger)
    case SQLITE_DROP_TRIGGER:
      return ScriptAccess(
        .drop, ObjectName(.trigger, schema: "main", table: second, name: first))
    case SQLITE_CREATE_INDEX: return ScriptAccess(.createIndex, Self.table(second))
    case SQLITE_DROP_INDEX: return ScriptAccess(.dropIndex, Self.table(second))
    case SQLITE_CREATE_TRIGGER: return ScriptAccess(.createTrigger, Self.table(second))
    case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE: return write(to: first, by: call.trigger)
    default: return nil
    }
  }

  private func write(to table: String, by trigger: String?) -> ScriptAccess? {
    let name = table.lowercased()
    if name.hasPrefix("sqlite_") {
      guard !isDefinition else { return nil }
      if ["sqlite_master", "sqlite_schema"].contains(name) {
        return ScriptAccess(.writeCatalog, Self.table("sqlite_schema"), trigger: trigger)
      }
      wroteCatalog = true
      alterations += 1
      return nil
    }
    return ScriptAccess(.writeRows, Self.table(table), trigger: trigger)
  }

  /// Tables and views share their names.
  private static func table(_ name: String) -> ObjectName {
    ObjectName(.table, schema: "main", name: name)
  }
}

extension Command {
  /// Whether the statement is one by which the engine writes its own tables itself.
  fileprivate var isDefinition: Bool {
    // None is longer: eight letters fill a number.
    var word: UInt64 = 0
    for byte in text {
      let letter = byte | 0x20
      guard (0x61...0x7A).contains(letter) else { break }
      guard word >> 56 == 0 else { return false }
      word = word << 8 | UInt64(letter)
    }
    return Self.definitions.contains(word)
  }

  private static let definitions = Set(
    ["create", "drop", "alter", "analyze", "reindex", "vacuum", "pragma"].map { word in
      word.utf8.reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    })
}
