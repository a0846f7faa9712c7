/// Why a Python version could not be run, or not to its end.
public enum PythonError: Error, Hashable, Sendable {
  /// The interpreter could not be started.
  case noInterpreter(String, script: String, reason: String)
  /// The interpreter, or the script in it, lacks a package.
  case missingPackage(PythonFailure, interpreter: String, repository: String)
  /// The script cannot be loaded, or has raised an exception.
  case raised(PythonFailure)
  /// The interpreter has ended while the script was to run.
  case ended(script: String, reason: String)
  /// The script has asked for nothing for longer than a statement may take.
  case silent(script: String, limit: Duration)
  /// What came over the channel is nothing that the interpreter says.
  case disturbed(script: String)

  /// Why the interpreter could not say the first word.
  static func unusable(_ interpreter: String, _ script: PythonScript, _ reason: String) -> Self {
    .noInterpreter(interpreter, script: script.path.text, reason: reason)
  }

  /// The path of the script that could not be run.
  var script: String {
    switch self {
    case .noInterpreter(_, let script, _), .ended(let script, _), .silent(let script, _),
      .disturbed(let script):
      script
    case .raised(let failure), .missingPackage(let failure, _, _): failure.script
    }
  }

  /// The exception, when it is one.
  var failure: PythonFailure? {
    switch self {
    case .raised(let failure), .missingPackage(let failure, _, _): failure
    default: nil
    }
  }
}

extension PythonError: CustomStringConvertible {
  /// What went wrong, starting with the file, and the ways out.
  public var description: String {
    switch self {
    case .noInterpreter(let interpreter, let script, let reason):
      """
      \(script): this version is in Python, and \(interpreter) cannot run it: \(reason)
      hint: name an interpreter that has SQLAlchemy and sqlalchemy-migrate as python in the section \
      [migrate], or have SQL in the place of Python: repo_convert
      """
    case .missingPackage(let failure, let interpreter, let repository):
      """
      \(failure.place): this version is in Python, and \(interpreter) has no usable \
      \(failure.missingPackage ?? "package"): \(failure.words)
      hint: install it there, or name another interpreter as python in the section [migrate]; or have SQL in \
      the place of Python: repo_convert \(repository)
      """
    case .raised(let failure): "\(failure.place): \(failure.words)"
    case .ended(let script, let reason):
      """
      \(script): the interpreter is gone before the script's end: \(reason)
      hint: a version must return to its caller; os._exit, a crash or a signal ends the run
      """
    case .silent(let script, let limit):
      """
      \(script): no statement for \(limit.milliseconds / 1000) s, which is longer than one may take; the \
      interpreter was ended
      hint: see what the script waits for, or allow more: statement_timeout in the section [migrate]
      """
    case .disturbed(let script):
      """
      \(script): somebody else than the program's own module has written into the channel to the \
      program; the interpreter was ended
      hint: the file descriptors 3 and 4 of the interpreter are not the script's
      """
    }
  }
}
