/// Whom an object of the database belongs to.
public enum Owner: Hashable, Sendable {
  /// The repository whose script made it.
  case repository(RepositoryKey)
  /// This program: version tables and its side tables.
  case program
  /// The engine: SQLite's own table of the schema.
  case engine

  /// The repository as an owner.
  public init(_ repository: Repository) {
    self = .repository(repository.key)
  }
}

extension Owner: CustomStringConvertible {
  /// The repository's id.
  public var description: String {
    switch self {
    case .repository(let key): key.id
    case .program: "trove-manage itself"
    case .engine: "SQLite itself"
    }
  }
}

extension Owner: Comparable {
  /// By id, then by version table.
  public static func < (left: Self, right: Self) -> Bool { left.key < right.key }

  private var key: (String, String) {
    switch self {
    case .repository(let key): (key.id, key.versionTable)
    case .program, .engine: ("", "")
    }
  }
}
