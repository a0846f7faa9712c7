/// Whose an object is, in a word: `core`, or the id of a repository.
public struct OwnerLabels: Sendable {
  private let labels: [ObjectName: String]

  /// Reads who owns what; nothing is locked or written.
  ///
  /// - Throws: ``MigrationError`` when the database cannot be asked.
  public init(of members: [Member], on connection: any Connection) throws(MigrationError) {
    let owners = try OwnerTable(on: connection).owners(on: connection)
    let core = members.filter { $0.role == .core }.map { Owner($0.repository) }
    labels = owners.entries.byName.mapValues { entry in
      core.contains(entry.owner) ? "core" : entry.owner.description
    }
  }

  /// The owner of the object; `nil` for one that is nobody's.
  public subscript(name: ObjectName) -> String? { labels[name] }
}
