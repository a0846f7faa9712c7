import Foundation
import Testing
import TroveManage

/// The engines that every rule is tested on.
enum Engine: String, CaseIterable, Sendable, CustomTestStringConvertible {
  case sqlite
  case postgresql

  var testDescription: String { rawValue }
  var dialect: Dialect { self == .sqlite ? .sqlite : .postgresql }
}

/// A fresh, empty database on an engine: a file of its own, or a database on the private server that
/// `Tests/with-postgres` started.
final class TestDatabase {
  let engine: Engine
  let folder: TestFolder
  /// The URL for a conf file.
  let urlText: String
  private let name: String

  init(_ engine: Engine) throws {
    self.engine = engine
    folder = try TestFolder()
    name = "t_" + UUID().uuidString.lowercased().replacing("-", with: "")
    switch engine {
    case .sqlite:
      urlText = "sqlite:///" + folder.path("test.sqlite")
    case .postgresql:
      try Self.server(database: "postgres").execute([Command("CREATE DATABASE \(name)")])
      urlText = try Self.serverURL(database: name)
    }
  }

  deinit {
    guard engine == .postgresql else { return }
    try? Self.server(database: "postgres").execute([Command("DROP DATABASE \(name) WITH (FORCE)")])
  }

  /// Makes the name of a role, which the whole server shares, the test's own.
  var roleSuffix: String { name }

  var url: DatabaseURL {
    get throws { try DatabaseURL(urlText, relativeTo: Path("/")) }
  }

  /// A new session.
  func connect() throws -> any Connection {
    switch try url {
    case .sqlite(let database): try SQLiteConnection(database.storage, missingFile: .create)
    case .postgresql(let server): try PostgresConnection(server)
    }
  }

  /// The rows of a query in a session of its own, every value as text.
  func rows(_ query: String) throws -> [[String?]] {
    try connect().rows(query).map { $0.map(\.plain) }
  }

  /// Executes SQL in a session of its own.
  func execute(_ statements: String...) throws {
    try connect().execute(statements.map { Command($0) })
  }

  /// The tables of the database, sorted.
  func tables() throws -> [String] {
    let query =
      engine == .sqlite
      ? "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"
      : "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename::text COLLATE \"C\""
    return try rows(query).compactMap { $0[0] }
  }

  /// Starts psql, as somebody else who works on the database (PostgreSQL only).
  func psql(_ statement: String) throws -> Process {
    guard case .postgresql(let server) = try url else { throw NoServer() }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/psql")
    process.arguments =
      ["--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--command=\(statement)"]
      + [server.parameters.map { "\($0.keyword)='\($0.value)'" }.joined(separator: " ")]
    try process.run()
    return process
  }

  /// The server's processes that hold an advisory lock of this database.
  func runnerLocks() throws -> [[String?]] {
    try rows(
      """
      SELECT pid FROM pg_locks WHERE locktype = 'advisory'
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """)
  }

  /// The URL of a database on the private server, over its socket.
  static func serverURL(database: String) throws -> String {
    let environment = ProcessInfo.processInfo.environment
    guard let host = environment["TROVE_TEST_PGHOST"], let port = environment["TROVE_TEST_PGPORT"]
    else {
      throw NoServer()
    }
    return "postgresql://trove@/\(database)?host=\(host)&port=\(port)"
  }

  private static func server(database: String) throws -> PostgresConnection {
    let url = try DatabaseURL(serverURL(database: database), relativeTo: Path("/"))
    guard case .postgresql(let server) = url else { throw NoServer() }
    return try PostgresConnection(server)
  }

  struct NoServer: Error, CustomStringConvertible {
    let description = "no PostgreSQL server: run the tests with `make test`, which starts one"
  }
}

extension Value {
  /// The value as text; `nil` for NULL.
  var plain: String? {
    switch self {
    case .null: nil
    case .integer(let number): String(number)
    case .real(let number): String(number)
    case .text(let text): text
    case .blob(let bytes): "\(bytes)"
    }
  }
}
