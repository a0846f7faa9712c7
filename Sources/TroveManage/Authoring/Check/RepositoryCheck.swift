/// What an author should mend in a repository before an operator runs it, found in its files alone.
///
/// Nothing stops at the first mistake: what cannot be read is named, and the rest is checked. No database is
/// needed, and nothing is written.
public struct RepositoryCheck: Sendable {
  /// The repository's folder.
  public let folder: Path
  /// The id that `migrate.cfg` gives it; `nil` when that cannot be read.
  public let repositoryID: String?
  /// How many scripts there are.
  public let scriptCount: Int
  /// What was found, by file and line.
  public let diagnostics: [Diagnostic]

  /// Checks the repository in `folder`, to which a trial of its scripts adds what it has found.
  public init(of folder: Path, with trial: TrialCheck? = nil) {
    self.folder = folder
    var found = Self.faults(of: folder)
    let config = ConfigCheck(folder: folder)
    repositoryID = config.repositoryID
    found += config.found
    let versions = folder.appending("versions")
    let files =
      FileSystem.kind(of: versions.text) == .folder
      ? FileCheck(folder: versions, countsByTime: config.countsByTime) : nil
    let named = NamedScripts(folder: folder)
    scriptCount = (files?.scripts.count ?? 0) + named.all.count
    var ignores = config.ignores
    if let files {
      let scripts = ScriptsCheck(of: files, and: named, saying: config)
      found += files.found + scripts.found
      found += NamedFileCheck(of: named, besides: files.dialects).found
      ignores += scripts.ignores
    }
    let rules = CheckRule.allCases.filter { $0.group != .trials }
    let left = ignores.applied(
      to: Self.distinct(found) + (trial?.diagnostics ?? []),
      of: Set(rules).union(trial?.finishedRules ?? [])
    ) { path in
      (try? ScriptName(Path(path).name))?.version
    }
    diagnostics = left.sorted(by: Diagnostic.comesBefore)
  }

  /// Why `folder` is no repository at all.
  private static func faults(of folder: Path) -> [Diagnostic] {
    let error: RepositoryError
    switch FileSystem.kind(of: folder.text) {
    case _ where folder.text.isEmpty, nil: error = .notFound(path: folder.text)
    case .folder?:
      var faults: [Diagnostic] = []
      if !MigrateConfig.exists(in: folder) {
        faults.append(fault(.noConfig(path: folder.text), folder))
      }
      if FileSystem.kind(of: folder.appending("versions").text) != .folder {
        faults.append(fault(.noVersions(path: folder.text), folder))
      }
      return faults
    default: error = .notFolder(path: folder.text)
    }
    return [fault(error, folder)]
  }

  private static func fault(_ error: RepositoryError, _ folder: Path) -> Diagnostic {
    let location = TextLocation.beginning(of: folder.text)
    return Diagnostic(.repositoryFolder, at: location, quoting: error)
  }

  /// Those of `found` that are not said twice: a script may be for both engines.
  private static func distinct(_ found: [Diagnostic]) -> [Diagnostic] {
    struct Place: Hashable {
      let rule: CheckRule
      let location: TextLocation
    }
    var seen: Set<Place> = []
    return found.filter { seen.insert(Place(rule: $0.rule, location: $0.location)).inserted }
  }
}
