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
}
