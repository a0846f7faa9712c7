import TroveManage

extension JSONReporter {
  func reportFindings(
    _ findings: [Adoption.Finding], in database: DatabaseURL, claim: ToolClaim?
  ) {}

  func finishAdoption(
    _ findings: [Adoption.Finding], in database: DatabaseURL, claim: ToolClaim?,
    _ outcome: AdoptionOutcome
  ) {
    var document = JSONDocument(ok: outcome.status == .done)
    document.database = database.description
    document.claim = claim.map { .init($0) }
    document.evidence = findings.map { .init($0) }
    document.outcome = outcome.rawValue
    document.print(to: output)
  }
}

extension JSONDocument {
  /// What the schema says about a repository.
  struct Evidence: Encodable {
    let id: String
    let role: String
    let path: String
    /// `found`, `verified`, `absent`, `ambiguous`, `different` or `behind`.
    let verdict: String
    let version: Int?
    let recorded: Int?
    let matches: [Int]
    let nearest: Int?
    let objects: [String]
    let rejected: [Rejected]
    let differences: [Difference]?

    init(_ finding: Adoption.Finding) {
      let repository = finding.member.repository
      id = repository.id
      role = finding.member.roleWord
      path = repository.folder.text
      recorded = finding.recorded
      matches = finding.matches
      nearest = finding.nearest
      objects = finding.schema.map(\.name.title)
      rejected = finding.rejections.map { .init($0) }
      (verdict, version, differences) =
        switch finding.verdict {
        case .found(let version): ("found", version, nil)
        case .verified(let version): ("verified", version, nil)
        case .absent: ("absent", nil, nil)
        case .ambiguous: ("ambiguous", nil, nil)
        case .different(let version, let difference):
          ("different", version, JSONDocument.differences(difference))
        case .behind: ("behind", nil, nil)
        }
    }
  }

  /// Versions that are out of question.
  struct Rejected: Encodable {
    let from: Int
    let to: Int
    let reason: String

    init(_ rejection: VersionEvidence.Rejection) {
      from = rejection.versions.lowerBound
      to = rejection.versions.upperBound
      reason = rejection.reason
    }
  }
}
