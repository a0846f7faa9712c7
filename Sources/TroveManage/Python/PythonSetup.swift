/// How Python versions are run.
public struct PythonSetup: Hashable, Sendable {
  /// The interpreter: a path, or a name that is looked up on the PATH.
  public var interpreter: String
  /// The folders below which dotted names lead to repositories: `db_plugins_path`.
  public var folders: [Path]
  /// Whether what they execute is put down as SQL that can be run in their place, which costs time.
  var records = false

  /// The interpreter that the PATH calls `python3`, or another one.
  public init(interpreter: String = "python3", folders: [Path] = []) {
    self.interpreter = interpreter
    self.folders = folders
  }
}

/// A function of a Python version.
struct PythonScript: Hashable, Sendable {
  /// The file.
  let path: Path
  /// The folder of its repository.
  let repository: Path
  /// Which of its functions is to be run.
  let operation: Operation
}
