import Glibc
import TroveManage

/// The question before a database is emptied.
enum Confirmation {
  /// Whether the person at the terminal names the database; where there is no terminal, nobody is asked.
  static func isGiven(for database: DatabaseURL, on output: Output) -> Bool {
    guard isatty(STDIN_FILENO) == 1 else { return true }
    output.message("All rows of core and its plugins in \(database) will be gone.")
    output.message("Type the database's name, \(database.name), to go on:")
    guard readLine() == database.name else {
      output.message("that is not its name; nothing was changed", .error)
      return false
    }
    return true
  }
}

extension DatabaseURL {
  /// The name by which a person knows the database: the file's, or the server's word for it.
  fileprivate var name: String {
    switch self {
    case .sqlite(let database):
      if case .file(let path) = database.storage { path.name } else { ":memory:" }
    case .postgresql(let server): server["dbname"] ?? server["user"] ?? "postgres"
    }
  }
}
