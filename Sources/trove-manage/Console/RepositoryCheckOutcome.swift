import TroveManage

/// What a check of repositories has found in their files.
struct RepositoryCheckOutcome {
  /// The repositories, each with what was found in it.
  let checks: [RepositoryCheck]
  /// All that was found, as severe as it counts.
  let diagnostics: [Diagnostic]
  /// The file that has them, too.
  let file: Path?

  /// How many of the findings are errors.
  var errorCount: Int { diagnostics.count { $0.severity == .error } }
  /// Whether there are warnings at most.
  var isClean: Bool { errorCount == 0 }
}
