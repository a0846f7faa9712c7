internal import CSQLite

extension SQLiteConnection {
  /// Checks that the database at `storage` can be read, or made in a folder that is there.
  ///
  /// The file is not opened as a database: SQLite would roll back what a killed program left, or make
  /// the files of the WAL mode.
  ///
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/refused``.
  static func checkReadable(_ storage: DatabaseURL.SQLite.Storage) throws(DatabaseError) {
    guard case .file(let path) = storage else { return }
    let folder = path.parent.text
    switch (FileSystem.kind(of: path.text), FileSystem.kind(of: folder)) {
    case (.file?, _): break
    case (nil, .folder?):
      // A folder that we may not search hides what is in it.
      guard (try? FileSystem.names(in: folder)) != nil else {
        throw openError(SQLITE_CANTOPEN, path: path.text)
      }
      return
    default: throw openError(SQLITE_CANTOPEN, path: path.text)
    }
    let beginning: [UInt8]
    do {
      beginning = try FileSystem.read(path.text, first: header.count)
    } catch {
      throw DatabaseError(
        .refused, message: error.description, hint: "check who may read and write it")
    }
    // An empty file is an empty database (fileformat2.html §1.3).
    guard beginning.isEmpty || beginning == header else {
      throw DatabaseError(
        .refused, code: "SQLITE_NOTADB", message: "\(path): file is not a database",
        hint: "the file is no SQLite database: check the URL")
    }
  }

  /// What every database file begins with (fileformat2.html §1.3.1).
  private static let header = Array("SQLite format 3\0".utf8)
}
