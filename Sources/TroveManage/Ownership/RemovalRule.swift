/// The rule that nothing is left of a repository that goes, and that nobody leans on it.
///
/// It comes after ``OwnershipRule``, which knows at each time who owns what.
public final class RemovalRule: RunRule {
  private let owner: Owner
  private let ownership: OwnershipRule
  private let key: RepositoryKey
  /// What there was of the repository before; `nil` as long as nothing has begun.
  public private(set) var holdings: PluginHoldings?

  /// The rule for a run to ``Target/nothing`` of `repository`.
  ///
  /// - Parameters:
  ///   - repository: the one that goes.
  ///   - ownership: the rule of the same run that follows who owns what.
  public init(of repository: Repository, following ownership: OwnershipRule) {
    key = repository.key
    owner = Owner(repository)
    self.ownership = ownership
  }

  /// Refuses to begin while foreign keys of others refer to what goes.
  public func begin(
    from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    let holdings = try PluginHoldings(of: key, ownership.owners, on: connection)
    self.holdings = holdings
    guard holdings.references.isEmpty else { throw .rule(holdings.references) }
  }

  /// Proves that nothing is left, and forgets the repository.
  public func end(on connection: any Connection) throws(MigrationError) {
    let left = try ownership.owners.present(of: owner, on: connection)
    guard left.isEmpty else { throw .rule(Leftovers(objects: left, owner: owner)) }
    let references = try ForeignReferences(
      to: holdings?.objects ?? [], of: owner, ownership.owners, on: connection)
    guard references.isEmpty else { throw .rule(references) }
    let table = try OwnerTable(on: connection)
    guard table.exists else { return }
    let commands = table.forget(ownership.owners.objects(of: owner)) + table.forget(owner)
    try MigrationError.catching { () throws(DatabaseError) in try connection.execute(commands) }
  }
}

/// What the downgrade scripts of a repository leave behind.
struct Leftovers: RuleViolation {
  let objects: [ObjectName]
  let owner: Owner
  let severity = RuleSeverity.difference

  var description: String {
    """
    \(objects.map { "\($0.kind.rawValue) \($0) is left of \(owner)" }.joined(separator: "\n"))
    hint: let a downgrade script of \(owner) drop \(objects.count == 1 ? "it" : "them"); or forget \
    \(owner) and keep all of its tables: plugin_remove \(owner.description.shellWord) --detach
    """
  }
}
