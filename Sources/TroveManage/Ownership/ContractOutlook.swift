/// Where repositories stand now and where they would stand at the end of what is about to be done.
struct ContractOutlook: Sendable {
  /// What is about to be done.
  enum Act: Sendable {
    /// Scripts run.
    case run
    /// A version is set without scripts.
    case stamp
    /// A repository is forgotten.
    case detachment
  }

  /// A repository now and at the end.
  struct Prospect: Sendable {
    let before: Standing
    let after: Standing
    /// Whether it is moved, be it down and up again.
    let isMoved: Bool
  }

  let act: Act
  let prospects: [Prospect]
  /// The ids of all repositories that are known, also of those without a contract.
  let knownIDs: [String]

  /// The contracts that would be broken at the end, in the order of the repositories.
  ///
  /// A contract neither of whose sides is moved is left as it is: it may have been broken before, and
  /// what mends another one must not wait for it.
  var breaches: [ContractBreach] {
    let check = ContractCheck(prospects.map(\.after))
    return prospects.flatMap { holder in
      check.states(of: holder.after.member).compactMap { state in
        guard case .broken(let culprit) = state.outcome else { return nil }
        let other = culprit.flatMap { culprit in
          prospects.first { $0.after.member.isSame(as: culprit.member) }
        }
        guard holder.isMoved || other?.isMoved == true else { return nil }
        return ContractBreach(
          contract: state.contract, act: act, holder: holder, other: other,
          versionsForAll: other.map { check.versions(of: $0.after.repository) } ?? [],
          knownIDs: knownIDs)
      }
    }
  }
}
