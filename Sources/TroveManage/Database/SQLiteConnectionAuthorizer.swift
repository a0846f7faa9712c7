internal import CSQLite

/// What SQLite calls back while it compiles a script's statements: whether they may touch what they touch
/// (c3ref/set_authorizer.html).
final class SQLiteAuthorizer {
  var warden: (any ScriptWarden)?
  /// Whether the statement is one that writes the engine's own tables by itself.
  private var isDefinition = false
  private var hasRefused = false
  private var wroteCatalog = false
  /// Temporary triggers, whose names say nothing about whose they are.
  private var temporaryTriggers: Set<String> = []

  /// Installs itself on `handle`, when there is somebody to ask.
  func attach(to handle: OpaquePointer) {
    guard warden != nil else { return }
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sqlite3_set_authorizer(
      handle,
      { context, action, first, second, database, trigger in
        guard let context = unsafe context else { return SQLITE_OK }
        let authorizer = unsafe Unmanaged<SQLiteAuthorizer>.fromOpaque(context)
          .takeUnretainedValue()
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
    let word = command.text.prefix { ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A }
    let text = String(decoding: word, as: UTF8.self).uppercased()
    isDefinition = ["CREATE", "DROP", "ALTER", "ANALYZE", "REINDEX", "VACUUM", "PRAGMA"].contains(
      text)
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
    if let trigger = call.trigger, temporaryTriggers.contains(trigger.lowercased()) {
      call.trigger = nil
    }
    guard let access = access(call), let warden else { return true }
    guard !warden.allows(access) else { return true }
    hasRefused = true
    return false
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
      return nil
    }
    return ScriptAccess(.writeRows, Self.table(table), trigger: trigger)
  }

  /// Tables and views share their names.
  private static func table(_ name: String) -> ObjectName {
    ObjectName(.table, schema: "main", name: name)
  }
}
