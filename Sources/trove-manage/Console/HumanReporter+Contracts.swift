import TroveManage

extension HumanReporter {
  /// How the contracts of a repository fare, in a few words; `-` where none counts.
  static func words(for states: [ContractState]) -> String {
    let broken = states.compactMap(\.brokenWords)
    if !broken.isEmpty { return "broken: \(broken.joined(separator: "; "))" }
    return states.contains(where: \.isKept) ? "kept" : "-"
  }
}

extension ContractState {
  /// Whether it counts and is kept.
  var isKept: Bool {
    if case .kept = outcome { true } else { false }
  }

  /// What is required, and what is there instead; `nil` unless it is broken.
  fileprivate var brokenWords: String? {
    guard case .broken(let other) = outcome else { return nil }
    let words = "requires \(contract.requirement), "
    guard let other else { return words + "which is not among core and db_plugins" }
    return words + (other.version.map { "is at \($0)" } ?? "which is not there")
  }
}
