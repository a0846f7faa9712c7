import Foundation
import TroveManage

/// sqlalchemy-migrate itself, in the virtual environment that `make test` makes.
enum Reference {
  /// The version at which it finds the database.
  static func version(_ database: TestDatabase, repository: String) throws -> String {
    try python(
      "from migrate.versioning import api; print(api.db_version(*sys.argv[1:]))",
      database.urlText, repository)
  }

  /// Lets it put the database under version control at `version`.
  static func control(_ database: TestDatabase, repository: String, version: Int) throws {
    _ = try python(
      "from migrate.versioning import api; api.version_control(*sys.argv[1:])",
      database.urlText, repository, String(version))
  }

  /// Lets it take the database to its repository's latest version.
  static func upgrade(_ database: TestDatabase, repository: String) throws {
    _ = try python(
      "from migrate.versioning import api; api.upgrade(*sys.argv[1:])", database.urlText,
      repository)
  }

  /// What Python says of a program that may import it; `sys.argv[1:]` are the arguments.
  static func python(_ code: String, _ arguments: String...) throws -> String {
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: try PythonEnvironment.reference.interpreter)
    // Python 3.11 dropped a function that sqlalchemy-migrate calls.
    let shim = "import inspect, sys; inspect.getargspec = lambda f: inspect.getfullargspec(f)[:4]; "
    process.arguments = ["-c", shim + code] + arguments
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failed(status: process.terminationStatus) }
    return String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
  }

  struct Failed: Error {
    let status: Int32
  }
}
