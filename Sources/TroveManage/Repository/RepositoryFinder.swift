internal import FoundationEssentials

/// Finds the repositories that the conf files speak of.
public struct RepositoryFinder {
  let settings: Settings
  private let dataFolder: Path?

  /// A finder for `settings`.
  ///
  /// - Parameters:
  ///   - settings: what the conf files say.
  ///   - dataFolder: where the repositories that came with the program are, see
  ///   ``installedDataFolder(forExecutable:)``.
  public init(_ settings: Settings, dataFolder: Path?) {
    self.settings = settings
    self.dataFolder = dataFolder
  }

  /// The folders below which dotted names lead to repositories.
  public var pluginFolders: [Path] { settings.pluginFolders ?? dataFolder.map { [$0] } ?? [] }

  /// Core and every plugin in the order of a run, see ``Member/ordered(_:)``.
  ///
  /// - Throws: ``RepositoryError`` for one that is missing, that comes twice, or whose version row would
  ///   be another's, and for contracts that go round in a circle.
  public func members() throws(RepositoryError) -> [Member] {
    var members = [Member(role: .core, repository: try core())]
    for entry in settings.plugins {
      let repository = try plugin(entry)
      for other in members.map(\.repository) {
        guard other.folder != repository.folder else {
          throw .sameRepositoryTwice(entry, path: other.folder.text)
        }
        guard !other.sharesRow(with: repository) else { throw .sameID(other, repository) }
      }
      members.append(Member(role: .plugin(name: entry.text), repository: repository))
    }
    do { return try Member.ordered(members) } catch { throw .contract(error) }
  }

  /// The repository of Trove's own schema: `core_repo_path`, or else the one that came with the program.
  public func core() throws(RepositoryError) -> Repository {
    if let folder = settings.coreRepository { return try Self.open(folder) }
    guard let folder = dataFolder?.appending("trove") else { throw .noCore }
    return try Self.open(folder)
  }

  /// The repository of an entry of `db_plugins`: a path when it has a `/`, else a dotted name that is
  /// looked up below each folder of `db_plugins_path`.
  func plugin(_ entry: ConfValue) throws(RepositoryError) -> Repository {
    if entry.text.contains("/") { return try Self.open(entry.path()) }
    let places = pluginFolders.flatMap { folder in
      Self.places(ofDottedName: entry.text).map { folder.appending($0) }
    }
    let found = places.first { MigrateConfig.exists(in: $0) }
    guard let found else { throw .noPlugin(entry, tried: places.map(\.text)) }
    return try Self.open(found)
  }

  /// Where the repository of `a.b.c.Class` may be, best first: `a/b/c/migrate_repo`,
  /// `a/b/c/Class/migrate_repo`, `a/b/c/Class`.
  static func places(ofDottedName name: String) -> [String] {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    let module = (parts.dropLast() + ["migrate_repo"]).joined(separator: "/")
    let whole = parts.joined(separator: "/")
    return [module, "\(whole)/migrate_repo", whole]
  }

  /// Opens a repository by its real path, which is the same for every way that leads to it and wherever
  /// the program runs.
  static func open(_ folder: Path) throws(RepositoryError) -> Repository {
    guard FileSystem.kind(of: folder.text) != nil else { throw .notFound(path: folder.text) }
    return try Repository(folder: Path(FileSystem.realPath(of: folder.text)))
  }
}

extension RepositoryFinder {
  /// The folder of the repositories that came with the program at `executable`: `share/trove-manage/` of
  /// the prefix that it is installed in, or `migrate_repos/` of the checkout that it was built in.
  public static func installedDataFolder(forExecutable executable: Path) -> Path? {
    var folder = Path(FileSystem.realPath(of: executable.text)).parent
    while true {
      for name in ["share/trove-manage/migrate_repos", "migrate_repos"] {
        let candidate = folder.appending(name)
        if MigrateConfig.exists(in: candidate.appending("trove")) { return candidate }
      }
      guard folder.parent != folder else { return nil }
      folder = folder.parent
    }
  }
}
