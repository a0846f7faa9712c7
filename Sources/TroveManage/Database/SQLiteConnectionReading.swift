internal import CSQLite

extension SQLiteConnection {
  /// What `sqlite3_open_v2` is told.
  ///
  /// A session that may only read rolls nothing back that another program has left half-done. A file in WAL mode
  /// is opened for writing all the same: who may only read it leaves its `-wal` and `-shm` behind (wal.html §7
  /// "Read-Only Databases").
  static func flags(for access: Database.Access, to storage: DatabaseURL.SQLite.Storage) -> Int32 {
    _ = forgoesStatistics
    // A session belongs to one thread.
    let common = SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_NOMUTEX
    guard access == .readOnly, case .file(let file) = storage,
      let head = try? FileSystem.read(file.text, first: 20), head.count < 20 || head[18] != 2
    else { return common | SQLITE_OPEN_READWRITE }
    return common | SQLITE_OPEN_READONLY
  }

  /// Whether SQLite was told in time not to count its memory.
  private static let forgoesStatistics = trove_forgo_memory_statistics() == SQLITE_OK

  /// Refuses writing, and leaves what others have written beside the file where it is when the session ends.
  static func keepFiles(of handle: OpaquePointer) {
    unsafe sqlite3_exec(handle, "PRAGMA query_only = ON", nil, nil, nil)
    guard let name = unsafe sqlite3_db_filename(handle, "main") else { return }
    // Without one before, what the session makes itself goes with it.
    guard FileSystem.kind(of: unsafe String(cString: name) + "-wal") != nil else { return }
    _ = unsafe trove_keep_wal(handle)
  }
}
