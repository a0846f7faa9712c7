/// Why the repositories' scripts could not be run in a database of their own.
public enum ScratchError: Error, DatabaseFailure {
  /// The place for a scratch database is one of another engine than the database to compare with.
  case otherEngine(DatabaseURL, needed: Dialect)
  /// Nothing names a PostgreSQL server.
  case noServer
  /// Two databases are of different engines.
  case incomparable(DatabaseURL, DatabaseURL)
  /// The file that is to be compared with is not there.
  case noFile(Path)
  /// The file that was named is there already.
  case fileExists(Path)
  /// No temporary folder could be made.
  case noFolder(FileError)
  /// The user may not make databases on the server.
  case notAllowed(on: DatabaseURL, DatabaseError)
  /// The server would not make a database.
  case notMade(on: DatabaseURL, DatabaseError)
  /// A repository could not be brought to a version there.
  case build(MigrationError)
  /// The database that is compared with could not be asked.
  case database(DatabaseError)

  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    switch self {
    case .notAllowed(_, let error), .notMade(_, let error), .database(let error): error
    case .build(let error): error.databaseError
    case .otherEngine, .noServer, .incomparable, .noFile, .fileExists, .noFolder: nil
    }
  }
}

extension ScratchError: CustomStringConvertible {
  private static let example = "--scratch postgresql://user:password@host/postgres"

  /// What went wrong, and what to do.
  public var description: String {
    switch self {
    case .otherEngine(let url, let needed):
      """
      --scratch \(url) is no place for a scratch database of \(needed.engineName)
      hint: \(needed == .sqlite ? "leave --scratch out: a temporary file does" : Self.example)
      """
    case .noServer:
      """
      the scripts for PostgreSQL can be tried on no server: the conf files name none
      hint: \(Self.example) names one, by any database on it; --dialect sqlite leaves PostgreSQL out
      """
    case .incomparable(let one, let two):
      """
      \(one) and \(two) are of different engines, whose schemas cannot be compared
      hint: name a database of \(one.dialect.engineName)
      """
    case .noFile(let path): "\(path): no such file"
    case .fileExists(let path):
      """
      \(path) is there already; a scratch database is made anew, and removed afterwards
      hint: leave --scratch out: a temporary file does
      """
    case .noFolder(let error):
      """
      \(error), which was to hold a scratch database
      hint: name another folder for temporary files: TMPDIR=/var/tmp
      """
    case .notAllowed(let url, let error):
      """
      no scratch database, in which the scripts could run, can be made on \(url): \(error.sentence)
      hint: \(Self.example) names a server, by any database on it, where one may be made; or let this \
      user: ALTER ROLE … CREATEDB
      """
    case .notMade(let url, let error):
      """
      no scratch database, in which the scripts could run, can be made on \(url): \(error.sentence)
      hint: \(error.hint ?? "\(Self.example) names another server, by any database on it")
      """
    case .build(let error): "in the scratch database: \(error)"
    case .database(let error): error.description
    }
  }
}

extension DatabaseError {
  fileprivate var sentence: String { code.map { "\(message) [\($0)]" } ?? message }
}
