/// The interpreter that runs the Python versions of a run: one process, and the next when it was ended and the
/// transaction is tried again.
///
/// What it runs are the modules of `Bridge/`, which give a script an engine of SQLAlchemy whose statements
/// come here.
final class PythonInterpreter {
  private let setup: PythonSetup
  private let interruption: Interruption?
  private let scripts: [PythonScript]
  private let output: (String) -> Void
  private var process: ChildProcess
  /// The database's URL, as the scripts are to see it.
  private let url: String
  private let dialect: Dialect
  /// The script that was begun as soon as the one before it had ended.
  private var begun: PythonScript?
  /// Whether the interpreter was told that there is nothing more to run.
  private var isDismissed = false

  /// Told what a script prints, line by line.
  var outputHandler: (String) -> Void {
    get { process.outputHandler }
    set { process.outputHandler = newValue }
  }

  /// Starts the interpreter and has it load the scripts, before anything of them runs.
  ///
  /// Once it has loaded them, it gets ready for the engine of `database` while nobody waits for it.
  ///
  /// - Throws: ``PythonError`` for the first that cannot be loaded, or when there is no interpreter.
  init(
    _ setup: PythonSetup, loading scripts: [PythonScript], for database: DatabaseURL,
    interruption: Interruption?, output: @escaping (String) -> Void
  ) throws(PythonStop) {
    self.setup = setup
    url = database.textWithoutSecrets
    dialect = database.dialect
    self.interruption = interruption
    self.scripts = scripts
    self.output = output
    process = try Self.start(setup, for: scripts[0])
    try load()
  }

  /// Starts the interpreter once more when it was ended in the middle of a script, or has been dismissed, for
  /// another try.
  ///
  /// - Throws: ``PythonError`` for the first script that cannot be loaded now.
  func restart() throws(PythonStop) {
    guard process.isOver || isDismissed else { return }
    process.end()
    process = try Self.start(setup, for: scripts[0])
    isDismissed = false
    try load()
  }

  /// Ends the interpreter when it has begun a script that is not to run any more.
  func abandon() {
    guard begun != nil else { return }
    begun = nil
    process.end()
  }

  private static func start(
    _ setup: PythonSetup, for first: PythonScript
  ) throws(PythonStop) -> ChildProcess {
    do throws(ChildProcess.StartError) {
      return try ChildProcess(setup.interpreter, ["-c", bootText])
    } catch {
      throw .python(.unusable(setup.interpreter, first, error.reason))
    }
  }

  /// Has the scripts loaded.
  private func load() throws(PythonStop) {
    let first = scripts[0]
    process.outputHandler = output
    process.send(JSONText.object([("modules", .array(Self.modules))]).bytes)
    process.send(
      JSONText.object([
        ("do", .string("check")), ("dialect", .string(dialect.rawValue)),
        ("paths", .array(setup.folders.map { .string($0.text) })),
        ("scripts", .array(scripts.map { .object($0.members) })),
      ]).bytes)
    let answer = try line(limit: nil) {
      .unusable(setup.interpreter, first, $0)
    } late: {
      .unusable(setup.interpreter, first, "no answer")
    }
    guard let node = try? JSONReader.read(answer), node["done"]?.string == "check" else {
      throw .python(.unusable(setup.interpreter, first, "it is no Python 3"))
    }
    guard let failure = node["failures"]?.elements?.first else { return }
    let index = failure["script"]?.integer.map { Int($0) } ?? 0
    let script = scripts.indices.contains(index) ? scripts[index] : first
    guard let node = failure["failure"] else { return }
    throw .python(error(PythonFailure(node, of: script), script))
  }

  /// Runs a script's function.
  ///
  /// The interpreter begins with `next` while what the script has done is recorded. What `next` asks of the
  /// database waits for the call that runs it; until then, ``abandon()`` ends it. Behind the last of all
  /// scripts the interpreter is dismissed.
  ///
  /// - Parameters:
  ///   - script: the function.
  ///   - next: the script that the next call runs; `nil` when that is not known.
  ///   - limit: how long the script may think between two statements; `nil` for as long as it likes.
  ///   - body: answers what the script asks of the database.
  /// - Throws: ``PythonStop`` for a script that did not come to its end.
  func run(
    _ script: PythonScript, before next: PythonScript?, limit: Duration?,
    _ body: (PythonCall) throws(DatabaseError) -> JSONText
  ) throws(PythonStop) {
    if begun == nil { begin(script) }
    begun = nil
    while true {
      let line = try line(limit: limit) {
        .ended(script: script.path.text, reason: $0)
      } late: {
        .silent(script: script.path.text, limit: limit ?? .zero)
      }
      guard let node = try? JSONReader.read(line) else {
        throw disturbed(script)
      }
      if node["done"]?.string == "run" {
        if let failure = node["failure"] {
          throw .python(error(PythonFailure(failure, of: script), script))
        }
        if let next {
          begin(next)
          begun = next
        } else if isLast(script) {
          isDismissed = true
          process.dismiss()
        }
        return
      }
      guard let call = PythonCall(node) else { throw disturbed(script) }
      do throws(DatabaseError) {
        let answer = try body(call).bytes
        // Behind a call whose answer nobody waits for comes another, and to wake it once is enough.
        if process.hasLine { process.post(answer) } else { process.send(answer) }
      } catch {
        process.end()
        throw .database(error)
      }
    }
  }

  private func begin(_ script: PythonScript) {
    process.send(
      JSONText.object(
        script.members + [
          ("do", .string("run")), ("dialect", .string(dialect.rawValue)), ("url", .string(url)),
          ("record", .boolean(setup.records)),
        ]
      ).bytes)
  }

  /// Whether it is certain that none comes behind the script.
  private func isLast(_ script: PythonScript) -> Bool {
    script == scripts.last && !scripts.dropLast().contains(script)
  }

  private func disturbed(_ script: PythonScript) -> PythonStop {
    process.end()
    return .python(.disturbed(script: script.path.text))
  }

  private func error(_ failure: PythonFailure, _ script: PythonScript) -> PythonError {
    failure.missingPackage == nil
      ? .raised(failure)
      : .missingPackage(
        failure, interpreter: setup.interpreter, repository: script.repository.text)
  }

  /// The next line; a signal, or a limit that has passed, ends the interpreter.
  private func line(
    limit: Duration?, ended: (String) -> PythonError, late: () -> PythonError
  ) throws(PythonStop) -> [UInt8] {
    let deadline = limit.map { ContinuousClock.now + $0 }
    while true {
      switch process.receive(within: .milliseconds(100)) {
      case .line(let line): return line
      case .ended(let reason): throw .python(ended(reason))
      case .late:
        if let signal = interruption?.signal {
          process.end()
          throw .database(.interrupted(by: signal))
        }
        if let deadline, .now > deadline {
          process.end()
          throw .python(late())
        }
      }
    }
  }

  private static let bootText = String(decoding: PackageResources.boot_py, as: UTF8.self)

  private static var modules: [JSONText] {
    let package = "trove_migrate"
    let parts: [(String, [UInt8])] = [
      ("channel", PackageResources.channel_py), ("dbapi", PackageResources.dbapi_py),
      ("deferral", PackageResources.deferral_py),
      ("dialects", PackageResources.dialects_py), ("errors", PackageResources.errors_py),
      ("extras", PackageResources.extras_py), ("failure", PackageResources.failure_py),
      ("literals", PackageResources.literals_py), ("loader", PackageResources.loader_py),
      ("main", PackageResources.main_py), ("packages", PackageResources.packages_py),
      ("postgresql", PackageResources.postgresql_py),
      ("postgresql_cursor", PackageResources.postgresql_cursor_py),
      ("ranges", PackageResources.ranges_py), ("reading", PackageResources.reading_py),
      ("sqlite", PackageResources.sqlite_py), ("values", PackageResources.values_py),
      ("watch", PackageResources.watch_py),
    ]
    let all = [(package, PackageResources.__init___py)] + parts.map { ("\(package).\($0.0)", $0.1) }
    return all.map { .array([.string($0.0), .string(String(decoding: $0.1, as: UTF8.self))]) }
  }
}

/// What ends a Python version early.
enum PythonStop: Error {
  case python(PythonError)
  case database(DatabaseError)
}

extension PythonScript {
  fileprivate var members: [(String, JSONText)] {
    [
      ("repository", .string(repository.text)), ("path", .string(path.text)),
      ("function", .string(operation.rawValue)),
    ]
  }
}
