import Foundation
import TroveManage

/// One process of sqlalchemy-migrate that takes databases from version to version, as often as it is asked to.
///
/// Each time it forks: to import SQLAlchemy takes longer than all else, and no version sees what another has
/// left in the interpreter.
final class ReferenceProcess {
  /// What went wrong in it, as Python tells it.
  struct Failed: Error, CustomStringConvertible {
    let description: String
  }

  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private let files: TestFolder
  private let repository: String

  /// Starts it for the repository whose scripts find the modules that they import in the folder `modules`.
  init(repository: String, modules: String) throws {
    self.repository = repository
    files = try TestFolder()
    let messages = files.path("messages")
    _ = FileManager.default.createFile(atPath: messages, contents: nil)
    process.executableURL = URL(filePath: try PythonEnvironment.reference.interpreter)
    process.arguments = ["-B", "-c", Self.code]
    process.environment = ["PYTHONPATH": modules, "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = try FileHandle(forWritingTo: URL(filePath: messages))
    try process.run()
  }

  deinit { process.terminate() }

  /// Takes the database up or down to `version`, and puts it under version control before if need be.
  func move(_ database: TestDatabase, to version: Int) throws {
    guard process.isRunning else { throw try failure() }
    try input.fileHandleForWriting.write(
      contentsOf: Data("\(version) \(repository) \(database.urlText)\n".utf8))
    // A line of a few bytes comes at once; none means that the process is gone.
    let answer = output.fileHandleForReading.availableData
    guard answer == Data("done\n".utf8) else { throw try failure() }
  }

  private func failure() throws -> Failed {
    Failed(description: try String(contentsOfFile: files.path("messages"), encoding: .utf8))
  }

  private static let code = """
    import inspect, os, sys, traceback
    # Python 3.11 dropped a function that sqlalchemy-migrate calls.
    inspect.getargspec = lambda f: inspect.getfullargspec(f)[:4]
    from migrate import exceptions
    from migrate.versioning import api

    def move(version, repository, url):
        try:
            current = int(api.db_version(url, repository))
        except exceptions.DatabaseNotControlledError:
            api.version_control(url, repository, 0)
            current = 0
        if version > current:
            api.upgrade(url, repository, version)
        elif version < current:
            api.downgrade(url, repository, version)

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            # What scripts print is no answer.
            os.dup2(2, 1)
            status = 1
            try:
                version, repository, url = line.split()
                move(int(version), repository, url)
                status = 0
            except BaseException:
                traceback.print_exc()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)
        _, status = os.waitpid(child, 0)
        print("failed" if status else "done", flush=True)
    """
}
