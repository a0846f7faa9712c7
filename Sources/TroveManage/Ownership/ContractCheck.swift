/// Contracts held against where repositories stand, or would stand.
///
/// A contract counts while its holder is installed: while the database is at a version of it above 0.
public struct ContractCheck: Sendable {
  private let standings: [Standing]

  /// A check of the repositories that stand as `standings` says, all that the database is known to have.
  public init(_ standings: [Standing]) {
    self.standings = standings
  }

  /// How the contracts of `member` fare, in the order in which they are written.
  public func states(of member: Member) -> [ContractState] {
    let holder = standings.first { $0.member.isSame(as: member) }
    return member.repository.requires.map { contract in
      ContractState(contract: contract, outcome: outcome(of: contract, heldBy: holder))
    }
  }

  /// Whether none of the contracts of `member` is broken.
  public func isKept(by member: Member) -> Bool {
    !states(of: member).contains(where: \.isBroken)
  }

  /// The versions of `repository` that suit everybody who is installed and requires it.
  func versions(of repository: Repository) -> [Int] {
    let contracts = standings.filter(\.isInstalled).flatMap(\.repository.requires)
      .filter { $0.repositoryID == repository.id }
    return repository.versions.filter { version in contracts.allSatisfy { $0.suits(version) } }
  }

  private func outcome(of contract: Contract, heldBy holder: Standing?) -> ContractState.Outcome {
    guard holder?.isInstalled == true else { return .idle }
    let others = standings.filter { $0.repository.id == contract.repositoryID }
    guard !others.isEmpty else { return .broken(by: nil) }
    // An id may be there twice, in two version tables: nobody can tell which one is meant.
    let culprit = others.first { !contract.suits($0.version ?? 0) }
    return culprit.map { .broken(by: $0) } ?? .kept
  }
}

/// A contract and how it fares.
public struct ContractState: Sendable {
  /// How a contract fares.
  public enum Outcome: Sendable {
    /// Nothing of its holder is in the database, so that it does not count.
    case idle
    /// The other repository stands where it may.
    case kept
    /// The other repository stands where it must not; `nil` when there is no such repository.
    case broken(by: Standing?)
  }

  /// The contract.
  public let contract: Contract
  /// How it fares.
  public let outcome: Outcome

  /// Whether the database, as it stands, breaks it.
  public var isBroken: Bool {
    if case .broken = outcome { true } else { false }
  }
}

extension Standing {
  /// Whether something of the repository is in the database.
  var isInstalled: Bool { version ?? 0 > 0 }
}
