import ArgumentParser
import TroveManage

/// Where a command makes a database for its own use.
struct ScratchOption: ParsableArguments {
  @Option(name: .customLong("scratch"), help: Self.help)
  var url: String?

  private static let help = ArgumentHelp(
    """
    Where to make the scratch database: postgresql://… names a server, by any database on it to connect \
    to. Without it: on the server of the conf file's database, or in a temporary file for SQLite.
    """, valueName: "url")

  func validate() throws { _ = try place() }

  /// What the option names.
  func place() throws -> DatabaseURL? {
    try url.map(DatabaseURL.init(argument:))
  }
}

/// On which PostgreSQL server a command that tries scripts on both engines makes its databases.
struct ScratchServerOption: ParsableArguments {
  @Option(name: .customLong("scratch"), help: Self.help)
  var url: String?

  private static let help = ArgumentHelp(
    """
    A PostgreSQL server to make scratch databases on, by any database on it to connect to; without it, the \
    one of the conf file. SQLite's are temporary files.
    """, valueName: "url")

  func validate() throws { _ = try place() }

  /// The server that the option names.
  func place() throws -> DatabaseURL? {
    try url.map(DatabaseURL.init(argument:))
  }
}

extension DatabaseURL {
  /// The database that the command line names; a relative path starts where the program was started.
  ///
  /// - Throws: `ValidationError`, which does not show the URL: it may hold a password.
  init(argument: String) throws {
    do {
      try self.init(argument, relativeTo: .currentFolder)
    } catch {
      throw ValidationError("\(error)")
    }
  }
}
