/// The versions of a repository and the files that lead to them, as `versions/` lists them.
///
/// No file is opened. A repository may have very many versions: what is kept of each is its files' names, in
/// one array in the order of the versions.
struct VersionIndex: Sendable {
  /// The numbers in ascending order.
  private(set) var numbers: [Int] = []
  /// Sentences about files that look like scripts and are not.
  private(set) var warnings: [String] = []
  /// The scripts in the order of their versions.
  private var scripts: [ScriptName] = []
  private let folder: Path

  /// Lists the folder `versions/` of a repository.
  init(folder: Path) throws(RepositoryError) {
    self.folder = folder
    let names: [String]
    do { names = try FileSystem.names(in: folder.text) } catch { throw .file(error) }
    scripts.reserveCapacity(names.count)
    for name in names { try add(name) }
    try arrange()
  }

  /// The same with more scripts, each by its path from the root on.
  func adding(_ paths: [Path]) throws(RepositoryError) -> Self {
    var index = self
    for path in paths { try index.add(path.text) }
    try index.arrange()
    return index
  }

  /// Adds a file of the folder, or the one at a path from the root on.
  private mutating func add(_ name: String) throws(RepositoryError) {
    do throws(ScriptNameError) {
      scripts.append(try ScriptName(name))
    } catch {
      let path = folder.appending(name).text
      switch error {
      case .notScript: break
      case .tooFewDigits:
        warnings.append("\(path): ignored: the version needs three digits, as in 007")
      default: throw .badScript(path: path, error)
      }
    }
  }

  /// Brings the scripts into their order.
  private mutating func arrange() throws(RepositoryError) {
    // Names with as many digits in all of them are in order already.
    if zip(scripts, scripts.dropFirst()).contains(where: { $0.version > $1.version }) {
      // A stable sort, so that the later one of two is still to blame.
      scripts = scripts.enumerated()
        .sorted { ($0.element.version, $0.offset) < ($1.element.version, $1.offset) }
        .map(\.element)
    }
    numbers = []
    var start = 0
    for (position, script) in scripts.enumerated() {
      if numbers.last != script.version {
        numbers.append(script.version)
        start = position
      }
      guard !script.isForOtherEngine else { continue }
      for other in scripts[start..<position] where other.kind == script.kind {
        let path = folder.appending(script.fileName).text
        throw .badScript(path: path, .duplicate(of: other.fileName))
      }
    }
  }

  /// Whether the repository has the version.
  func contains(_ version: Int) -> Bool {
    let position = start(of: version)
    return position < scripts.count && scripts[position].version == version
  }

  /// The SQL script for `dialect`, the exact one before the one for every dialect; `nil` when the version
  /// has neither.
  func script(_ version: Int, _ operation: Operation, for dialect: Dialect) -> Path? {
    path(version, .sql(.dialect(dialect), operation)) ?? path(version, .sql(.anyDialect, operation))
  }

  /// The Python file of the version.
  func python(_ version: Int) -> Path? { path(version, .python) }

  private func path(_ version: Int, _ kind: ScriptName.Kind) -> Path? {
    scripts[start(of: version)...].prefix { $0.version == version }.first { $0.kind == kind }
      .map { folder.appending($0.fileName) }
  }

  /// Where the scripts of `version` begin, or would.
  private func start(of version: Int) -> Int {
    var (low, high) = (0, scripts.count)
    while low < high {
      let middle = (low + high) / 2
      if scripts[middle].version < version { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
