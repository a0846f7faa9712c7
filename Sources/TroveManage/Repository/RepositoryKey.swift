/// What tells a repository from all others of a database, whether its folder is there or not.
public struct RepositoryKey: Hashable, Sendable {
  /// The id under which the database knows the repository.
  public let id: String
  /// The table that holds its version, by its bare name.
  public let versionTable: String

  /// A key made of its parts.
  public init(id: String, versionTable: String) {
    self.id = id
    self.versionTable = versionTable
  }

  /// Whether both have the same row, in the same version table.
  func sharesRow(with other: Self) -> Bool {
    // SQLite's tables are the same whatever the case of their names.
    id == other.id && versionTable.lowercased() == other.versionTable.lowercased()
  }
}

extension Repository {
  /// What tells it from others in a database.
  public var key: RepositoryKey { RepositoryKey(id: id, versionTable: versionTable) }
}
