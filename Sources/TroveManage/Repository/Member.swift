/// A repository and the part that it plays in the database.
public struct Member: Sendable {
  /// Why a repository is in the database.
  public enum Role: Hashable, Sendable {
    /// Trove's own schema.
    case core
    /// The repository of the entry `name` of `db_plugins`.
    case plugin(name: String)
    /// The repository that the command line named.
    case named
  }

  /// Why it is here.
  public let role: Role
  /// The repository.
  public let repository: Repository

  /// A repository in its role.
  public init(role: Role, repository: Repository) {
    self.role = role
    self.repository = repository
  }

  /// Whether both are the same repository.
  func isSame(as other: Self) -> Bool { repository.folder == other.repository.folder }

  /// The part that the repository plays, in a word.
  public var roleWord: String {
    switch role {
    case .core: "core"
    case .plugin: "plugin"
    case .named: "repository"
    }
  }
}
