internal import CSQLite

extension SQLiteConnection {
  /// Why the file at `path` could not be opened: SQLite only says that it could not.
  static func openError(_ code: Int32, path: String) -> DatabaseError {
    let folder = Path(path).parent.text
    let (message, hint): (String, String?) =
      switch (FileSystem.kind(of: folder), FileSystem.kind(of: path)) {
      case (nil, _): ("the folder \(folder) does not exist", "make it: mkdir -p \(folder)")
      case (.file?, _), (.other?, _): ("\(folder) is not a folder", nil)
      case (_, .folder?): ("it is a folder, not a database", nil)
      case (_, nil): ("it cannot be made in the folder \(folder)", "check who may write there")
      default: (unsafe String(cString: sqlite3_errstr(code)), "check who may read and write it")
      }
    return DatabaseError(
      .refused, code: DatabaseError.name(of: code), message: "\(path): \(message)", hint: hint)
  }

  /// Refuses to commit to a file that is no longer where it was opened: its path leads elsewhere now
  /// (c3ref/c_fcntl_begin_atomic_write.html, "SQLITE_FCNTL_HAS_MOVED").
  func refuseReplacedFile() throws(DatabaseError) {
    var hasMoved: Int32 = 0
    let code = unsafe sqlite3_file_control(handle, "main", SQLITE_FCNTL_HAS_MOVED, &hasMoved)
    guard code == SQLITE_OK, hasMoved != 0 else { return }
    throw .fileMoved(path)
  }
}

extension DatabaseError {
  /// The file is no longer where it was opened.
  static func fileMoved(_ path: String) -> Self {
    Self(
      .statement, code: "SQLITE_READONLY_DBMOVED",
      message: "\(path): somebody has moved, replaced or removed the file during the run",
      hint: "run the command again on the file that is there now")
  }
}
