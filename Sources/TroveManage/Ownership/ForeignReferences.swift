/// Foreign keys of others to the tables of a repository, in whose way they are when it is to go.
public struct ForeignReferences: RuleViolation {
  /// A foreign key and whose table it is in.
  struct Reference: Hashable, Sendable {
    let foreignKey: ForeignKeyReference
    /// `nil` for nobody's.
    let owner: Owner?
  }

  let references: [Reference]
  private let owner: Owner

  /// Whether there is none.
  public var isEmpty: Bool { references.isEmpty }
  /// It is not done as long as there are some.
  public var severity: RuleSeverity { .refused }

  /// Looks for them.
  ///
  /// - Parameters:
  ///   - objects: what belongs, or belonged, to `owner`.
  ///   - owner: the repository.
  ///   - owners: who owns what.
  ///   - connection: the session.
  /// - Throws: ``MigrationError`` when the catalog cannot be read.
  init(
    to objects: [ObjectName], of owner: Owner, _ owners: Owners, on connection: any Connection
  ) throws(MigrationError) {
    self.owner = owner
    let tables = Set(objects.filter { $0.kind == .table })
    guard !tables.isEmpty else {
      references = []
      return
    }
    let all = try MigrationError.catching { () throws(DatabaseError) in
      try connection.foreignKeys()
    }
    references = all.filter { tables.contains($0.parent) && !tables.contains($0.child) }
      .map { Reference(foreignKey: $0, owner: owners.owner(of: $0.child)) }
      .filter { $0.owner != owner }
  }

  /// Each foreign key with whose it is, and the way out.
  public var description: String {
    """
    \(references.map(\.words).joined(separator: "\n"))
    hint: drop these foreign keys first, in the repositories that they belong to; or forget \(owner) and keep \
    its tables: plugin_remove \(owner.description.shellWord) --detach
    """
  }
}

extension ForeignReferences.Reference {
  /// Who refers to what.
  fileprivate var words: String {
    let whose = owner.map { " of \($0)" } ?? ", which is nobody's,"
    let name = foreignKey.name.map { "\($0) " } ?? ""
    let columns = foreignKey.columns.joined(separator: ", ")
    return """
      table \(foreignKey.child)\(whose) refers to \(foreignKey.parent) by foreign key \(name)(\(columns))
      """
  }
}
