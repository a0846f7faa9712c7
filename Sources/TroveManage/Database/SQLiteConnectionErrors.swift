internal import CSQLite

extension DatabaseError {
  var isBusy: Bool { code?.hasPrefix("SQLITE_BUSY") ?? false }

  /// Whether SQLite speaks of the file without naming it.
  var isAboutFile: Bool {
    ["SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL", "SQLITE_CORRUPT"]
      .contains { code?.hasPrefix($0) ?? false }
      || ["SQLITE_NOTADB", "SQLITE_PERM"].contains(code)
  }

  /// What can be done about the file at `path`, or its lock.
  func fileHint(_ path: String) -> String? {
    switch code?.split(whereSeparator: { "_ ".contains($0) }).dropFirst().first {
    case _ where code == "SQLITE_CORRUPT_INDEX":
      "an index does not fit its table: sqlite3 \(path) REINDEX; or restore the file from a backup"
    case _ where code == "SQLITE_IOERR_DELETE", _ where code == "SQLITE_READONLY_ROLLBACK":
      """
      \(path)-journal undoes what another program left half-done: check who may write it, the file \
      and its folder; whatever may write, such as db_status, undoes it
      """
    case "BUSY": LockWait.hint
    case "READONLY", "PERM", "CANTOPEN":
      "check who may write the file, its folder\(Self.companions(of: path))"
    case "FULL": "make room on the disk and run the command again"
    case "IOERR": "check the disk and the room on it, and run the command again"
    case "CORRUPT": "the file is damaged: restore it from a backup"
    case "NOTADB": "the file is no SQLite database: check the URL"
    default: nil
    }
  }

  /// The files that SQLite keeps beside the one at `path`, as the end of a list (tempfiles.html §2).
  private static func companions(of path: String) -> String {
    let files = ["-journal", "-wal", "-shm"].map { path + $0 }
    let found = files.filter { FileSystem.kind(of: $0) != nil }
    guard found.isEmpty else { return " and \(found.joined(separator: ", "))" }
    return "; in WAL mode SQLite keeps \(path)-wal and \(path)-shm there"
  }

  /// The constant's name (rescode.html), which is what people look up.
  static func name(of code: Int32) -> String {
    let primary = primaryNames[code & 0xFF] ?? "SQLITE_ERROR"
    return code == code & 0xFF ? primary : extendedNames[code] ?? "\(primary) (\(code))"
  }

  private static let primaryNames: [Int32: String] = [
    SQLITE_ERROR: "SQLITE_ERROR", SQLITE_INTERNAL: "SQLITE_INTERNAL", SQLITE_PERM: "SQLITE_PERM",
    SQLITE_ABORT: "SQLITE_ABORT", SQLITE_BUSY: "SQLITE_BUSY", SQLITE_LOCKED: "SQLITE_LOCKED",
    SQLITE_NOMEM: "SQLITE_NOMEM", SQLITE_READONLY: "SQLITE_READONLY",
    SQLITE_INTERRUPT: "SQLITE_INTERRUPT", SQLITE_IOERR: "SQLITE_IOERR",
    SQLITE_CORRUPT: "SQLITE_CORRUPT", SQLITE_NOTFOUND: "SQLITE_NOTFOUND",
    SQLITE_FULL: "SQLITE_FULL", SQLITE_CANTOPEN: "SQLITE_CANTOPEN",
    SQLITE_PROTOCOL: "SQLITE_PROTOCOL", SQLITE_SCHEMA: "SQLITE_SCHEMA",
    SQLITE_TOOBIG: "SQLITE_TOOBIG", SQLITE_CONSTRAINT: "SQLITE_CONSTRAINT",
    SQLITE_MISMATCH: "SQLITE_MISMATCH", SQLITE_MISUSE: "SQLITE_MISUSE",
    SQLITE_NOLFS: "SQLITE_NOLFS", SQLITE_AUTH: "SQLITE_AUTH", SQLITE_RANGE: "SQLITE_RANGE",
    SQLITE_NOTADB: "SQLITE_NOTADB",
  ]

  /// The extended codes that a migration meets; their macros are expressions that Swift does not import.
  private static let extendedNames: [Int32: String] = [
    275: "SQLITE_CONSTRAINT_CHECK", 531: "SQLITE_CONSTRAINT_COMMITHOOK",
    787: "SQLITE_CONSTRAINT_FOREIGNKEY", 1299: "SQLITE_CONSTRAINT_NOTNULL",
    1555: "SQLITE_CONSTRAINT_PRIMARYKEY", 1811: "SQLITE_CONSTRAINT_TRIGGER",
    2067: "SQLITE_CONSTRAINT_UNIQUE", 2579: "SQLITE_CONSTRAINT_ROWID",
    3091: "SQLITE_CONSTRAINT_DATATYPE", 261: "SQLITE_BUSY_RECOVERY", 517: "SQLITE_BUSY_SNAPSHOT",
    773: "SQLITE_BUSY_TIMEOUT", 264: "SQLITE_READONLY_RECOVERY", 520: "SQLITE_READONLY_CANTLOCK",
    776: "SQLITE_READONLY_ROLLBACK", 1032: "SQLITE_READONLY_DBMOVED",
    1288: "SQLITE_READONLY_CANTINIT", 1544: "SQLITE_READONLY_DIRECTORY",
    526: "SQLITE_CANTOPEN_ISDIR", 782: "SQLITE_CANTOPEN_FULLPATH",
    1550: "SQLITE_CANTOPEN_SYMLINK", 523: "SQLITE_CORRUPT_SEQUENCE", 779: "SQLITE_CORRUPT_INDEX",
    5898: "SQLITE_IOERR_DELETE_NOENT", 266: "SQLITE_IOERR_READ", 522: "SQLITE_IOERR_SHORT_READ",
    778: "SQLITE_IOERR_WRITE",
    1034: "SQLITE_IOERR_FSYNC", 1546: "SQLITE_IOERR_TRUNCATE", 1802: "SQLITE_IOERR_FSTAT",
    2570: "SQLITE_IOERR_DELETE", 3850: "SQLITE_IOERR_LOCK", 4618: "SQLITE_IOERR_SHMOPEN",
    4874: "SQLITE_IOERR_SHMSIZE", 5386: "SQLITE_IOERR_SHMMAP",
  ]
}
