/// What a run did.
public struct RunReport: Sendable {
  /// Where the repositories stood before.
  public let before: [Standing]
  /// Where they stand now.
  public internal(set) var after: [Standing]
  /// The steps that are durable, in order.
  public internal(set) var applied: [Step]
  /// The steps that had been done and were undone, because one after them in the same transaction failed.
  public internal(set) var rolledBack: [Step]
  /// Whether everything that the scripts make was dropped, for good.
  public internal(set) var cleared = false
  /// In how many transactions that was, not counting scripts outside of one.
  public internal(set) var transactions = 0
  /// How often a transaction was tried again.
  public internal(set) var retries = 0
  /// Tables that belong to none of the repositories and were left alone when everything was dropped.
  public internal(set) var leftAlone: [String] = []
  /// From the first question to the last answer.
  public internal(set) var duration = Duration.zero

  init(before: [Standing]) {
    self.before = before
    after = before
    applied = []
    rolledBack = []
  }
}

/// A run that could not go on, and what it did before.
public struct RunFailure: Error, Sendable {
  /// Why.
  public let error: MigrationError
  /// What was done; `nil` when nothing had begun.
  public let report: RunReport?
}
