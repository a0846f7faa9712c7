/// How much of a run is applied in one transaction: everything in it, or nothing.
public enum TransactionScope: String, CaseIterable, Hashable, Sendable {
  /// The whole run.
  case run
  /// All versions of a repository.
  case repository
  /// A single version; those share a transaction that make tables and do nothing else, since nobody can see them
  /// before its commit.
  case version
}
