/// How much of a run is applied in one transaction: everything in it, or nothing.
public enum TransactionScope: String, CaseIterable, Hashable, Sendable {
  /// The whole run.
  case run
  /// All versions of a repository.
  case repository
  /// A single version.
  case version
}
