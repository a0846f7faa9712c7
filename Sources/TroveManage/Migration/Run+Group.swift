extension Run {
  /// Applies steps that share a commit where each is to have its own.
  ///
  /// Where that fails, each gets its own after all: so those before the one to blame stay, and what a script
  /// cannot do in a transaction with others it can still do.
  ///
  /// - Returns: where the repositories stand then; `nil` when they did not stand where expected.
  mutating func apply(
    group: [Step], to state: DatabaseState, count: Int
  ) throws(MigrationError) -> DatabaseState? {
    let begun = stepsBegun
    do throws(MigrationError) {
      return try apply(group, to: state, clearing: nil, count: count)
    } catch {
      guard error.blamesStep else { throw error }
    }
    stepsBegun = begun
    report?.rolledBack = []
    migrator.report(.dividing(group))
    var state = state
    for step in group {
      guard let next = try apply([step], to: state, clearing: nil, count: count) else { return nil }
      state = next
    }
    return state
  }
}

extension MigrationError {
  /// Whether something that ran is to blame, so that it may be told apart by running one step at a time.
  fileprivate var blamesStep: Bool {
    switch self {
    case .statementFailed, .recordingFailed, .commitRefused, .rule, .version: true
    case .database(let error): !error.isNobodysFault && error.kind != .lockTimeout
    default: false
    }
  }
}
