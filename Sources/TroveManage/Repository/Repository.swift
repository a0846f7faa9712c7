/// A folder with `migrate.cfg` and `versions/`: the migrations of one owner.
public struct Repository: Sendable {
  /// The folder.
  public let folder: Path
  /// The id under which the database knows the repository.
  public let id: String
  /// The table that holds the version, by its bare name.
  public let versionTable: String
  /// The ids of the repositories whose objects this one's scripts may touch: `allow` in `migrate.cfg`.
  public let allowances: Set<String>
  /// What it requires of other repositories in the database, one contract for each.
  public let requires: [Contract]
  /// Sentences about what was found in the folder and is probably a mistake.
  public var warnings: [String] { index.warnings }

  private var index: VersionIndex
  private let named: NamedScripts

  /// Reads `migrate.cfg` and lists `versions/`, `repeatable/` and `hooks/`; no script is opened.
  ///
  /// - Throws: ``RepositoryError`` for a folder that is no repository, or not one that can be trusted.
  public init(folder: Path) throws(RepositoryError) {
    guard !folder.text.isEmpty else { throw .notFound(path: "") }
    switch FileSystem.kind(of: folder.text) {
    case .folder?: break
    case nil: throw .notFound(path: folder.text)
    default: throw .notFolder(path: folder.text)
    }
    let config = try MigrateConfig(folder: folder)
    self.folder = folder
    id = config.repositoryID
    versionTable = config.versionTable
    allowances = config.allowances
    requires = config.requires
    let versions = folder.appending("versions")
    guard FileSystem.kind(of: versions.text) == .folder else {
      throw .noVersions(path: folder.text)
    }
    index = try VersionIndex(folder: versions)
    named = NamedScripts(folder: folder)
    if let problem = named.problems.first { throw problem }
  }

  /// The versions in ascending order.
  public var versions: [Int] { index.numbers }
  /// The highest version, 0 when there is none.
  public var latest: Int { index.numbers.last ?? 0 }

  /// Whether the database can stand at `version`: 0, or one of ``versions``.
  public func canStand(at version: Int) -> Bool {
    version == 0 || index.contains(version)
  }

  /// Whether both have the same row, in the same version table.
  func sharesRow(with other: Self) -> Bool { key.sharesRow(with: other.key) }

  /// Those of ``versions`` that lie in one of `ranges`.
  func versions(in ranges: [Range<Int>]) -> [Int] {
    // Every step between timestamps is a range, so that there may be as many as versions.
    var ahead = ranges.sorted { $0.lowerBound < $1.lowerBound }[...]
    var end = 0
    return versions.filter { version in
      while let range = ahead.first, range.lowerBound <= version {
        end = max(end, range.upperBound)
        ahead = ahead.dropFirst()
      }
      return version < end
    }
  }

  /// The repository with more scripts, which may lie in any folder.
  ///
  /// - Throws: ``RepositoryError`` for a name that is no script's, or that the repository has already.
  func adding(_ scripts: [Path]) throws(RepositoryError) -> Self {
    var repository = self
    repository.index = try index.adding(scripts)
    return repository
  }

  /// Where a script called `name` is, or was.
  func path(ofScript name: String) -> Path {
    folder.appending("versions").appending(Path(name).name)
  }

  /// The script that takes the database to `version` (upgrade) or away from it (downgrade).
  ///
  /// - Throws: ``RepositoryError`` when the version has no script for `dialect`.
  public func script(
    _ version: Int, _ operation: Operation, for dialect: Dialect
  ) throws(RepositoryError) -> Path {
    if let path = index.script(version, operation, for: dialect) { return path }
    if let python = index.python(version) { return python }
    throw .noScript(self, version: version, operation, dialect)
  }

  /// Whether the repository has scripts without a version that run again when their text changes.
  var hasRepeatables: Bool { named.hasRepeatables }

  /// The repeatable scripts for `dialect`, in the order in which they run: that of their names.
  public func repeatables(for dialect: Dialect) -> [Path] { named.repeatables(for: dialect) }

  /// The script that runs before or behind the others of a run; `nil` when there is none.
  func hook(_ hook: Operation, for dialect: Dialect) -> Path? { named.hook(hook, for: dialect) }
}
