/// Contracts that a run, or a stamp, would leave broken: all of them.
public struct BrokenContracts: RuleViolation {
  let breaches: [ContractBreach]

  /// A broken contract is a difference between what is and what should be.
  public var severity: RuleSeverity { .difference }

  /// Each contract with what would break it, and the ways out.
  public var description: String { breaches.map(\.description).joined(separator: "\n") }
}
