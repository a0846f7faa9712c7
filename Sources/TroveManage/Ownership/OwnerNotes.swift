/// Remembers who owned what when a transaction began, for whoever speaks of it once it is over.
///
/// It stands behind the ``OwnershipRule`` that finds that out, which knows who owns what at the end.
public final class OwnerNotes: RunRule {
  private let rule: OwnershipRule
  private let core: [Owner]
  private var before = Owners()

  /// Notes of `rule`, in which the repositories of `members` that are core's are called so.
  public init(_ rule: OwnershipRule, members: [Member]) {
    self.rule = rule
    core = members.filter { $0.role == .core }.map { Owner($0.repository) }
  }

  /// Notes who owns what.
  public func begin(
    from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    before = rule.owners
  }

  /// Whose the object was, or is now, in a word: `core`, or the id of a repository; `nil` for nobody's.
  public subscript(name: ObjectName) -> String? {
    guard let owner = before.owner(of: name) ?? rule.owners.owner(of: name) else { return nil }
    return core.contains(owner) ? "core" : owner.description
  }
}
