/// The versions of a repository and the files that lead to them, as `versions/` lists them.
///
/// No file is opened.
struct VersionIndex: Sendable {
  /// The numbers in ascending order.
  private(set) var numbers: [Int] = []
  /// Sentences about files that look like scripts and are not.
  private(set) var warnings: [String] = []
  /// The files' names by what they are.
  private var files: [Int: [ScriptName.Kind: String]] = [:]
  private let folder: Path

  /// Lists the folder `versions/` of a repository.
  init(folder: Path) throws(RepositoryError) {
    self.folder = folder
    let names: [String]
    do { names = try FileSystem.names(in: folder.text) } catch { throw .file(error) }
    for name in names { try add(name) }
    numbers = files.keys.sorted()
  }

  /// Adds a file of the folder, or the one at a path from the root on.
  mutating func add(_ name: String) throws(RepositoryError) {
    let path = folder.appending(name).text
    do throws(ScriptNameError) {
      let script = try ScriptName(Path(name).name)
      let other = files[script.version, default: [:]].updateValue(name, forKey: script.kind)
      if let other, !script.isForOtherEngine { throw .duplicate(of: other) }
    } catch {
      switch error {
      case .notScript: break
      case .tooFewDigits:
        warnings.append("\(path): ignored: the version needs three digits, as in 007")
      default: throw .badScript(path: path, error)
      }
    }
  }

  /// Whether the repository has the version.
  func contains(_ version: Int) -> Bool { files[version] != nil }

  /// The SQL script for `dialect`, the exact one before the one for every dialect; `nil` when the version
  /// has neither.
  func script(_ version: Int, _ operation: Operation, for dialect: Dialect) -> Path? {
    path(version, .sql(.dialect(dialect), operation)) ?? path(version, .sql(.anyDialect, operation))
  }

  /// The Python file of the version.
  func python(_ version: Int) -> Path? { path(version, .python) }

  private func path(_ version: Int, _ kind: ScriptName.Kind) -> Path? {
    files[version]?[kind].map { folder.appending($0) }
  }
}
