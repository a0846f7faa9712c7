/// What a script does for its repository.
public enum Operation: String, Sendable, CaseIterable {
  /// Takes the database one version up.
  case upgrade
  /// Takes the database one version down.
  case downgrade
  /// Makes what has no version, such as a view, behind the versions and whenever its text has changed.
  case repeatable
  /// Runs before everything else of the repository in a run to its latest version.
  case beforeSync = "before_sync"
  /// Runs behind everything else of the repository in such a run.
  case afterSync = "after_sync"

  /// Those of the scripts in `versions/`.
  public static let ofVersions: [Self] = [.upgrade, .downgrade]
  /// Those of the scripts in `hooks/`.
  static let hooks: [Self] = [.beforeSync, .afterSync]

  /// Whether the script leads from one version to another.
  public var isOfVersion: Bool { Self.ofVersions.contains(self) }

  /// Where it takes the database, in a table.
  public func way(from: Int, to: Int) -> String { isOfVersion ? "\(from) -> \(to)" : "at \(to)" }

  /// What it does to the repository with the id, in a sentence.
  func deed(on id: String, from: Int, to: Int) -> String {
    switch self {
    case .upgrade, .downgrade: "\(self) of \(id) from \(from) to \(to)"
    case .repeatable: "repeatable script of \(id) at version \(to)"
    case .beforeSync, .afterSync: "hook \(rawValue) of \(id) at version \(to)"
    }
  }
}
