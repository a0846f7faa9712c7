import TroveManage

extension JSONDocument {
  /// What a repository requires of another one.
  struct Requirement: Encodable {
    let repository: String
    let condition: String
    /// Absent while the contract does not count, since nothing of its holder is there.
    let kept: Bool?

    init(_ state: ContractState) {
      repository = state.contract.repositoryID
      condition = state.contract.condition
      kept =
        switch state.outcome {
        case .idle: nil
        case .kept: true
        case .broken: false
        }
    }
  }
}

extension JSONDocument.Repository {
  /// A repository, where it stands and how its contracts fare.
  init(_ standing: Standing, contracts: ContractCheck) {
    self.init(standing)
    requires = contracts.states(of: standing.member).map { JSONDocument.Requirement($0) }
  }
}
