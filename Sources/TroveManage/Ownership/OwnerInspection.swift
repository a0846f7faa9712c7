/// What a check looks for between repositories: drift, orphans and broken contracts.
public struct OwnerInspection: Inspection {
  private let members: [Member]
  private let scope: OwnerReport.Scope
  private let contracts: ([Standing]) throws(MigrationError) -> ContractCheck

  /// The inspection of `members`.
  ///
  /// - Parameters:
  ///   - members: the repositories.
  ///   - scope: whether they are all that the conf files name.
  ///   - contracts: holds their contracts against where they stand.
  public init(
    _ members: [Member], _ scope: OwnerReport.Scope,
    contracts: @escaping ([Standing]) throws(MigrationError) -> ContractCheck
  ) {
    self.members = members
    self.scope = scope
    self.contracts = contracts
  }

  /// What it finds.
  public func findings(
    _ standings: [Standing], on connection: any Connection
  ) throws(MigrationError) -> [Finding] {
    let check = try contracts(standings)
    let report = try OwnerReport(of: members, scope, on: connection)
    return members.flatMap { Finding.broken(check.states(of: $0), of: $0) }
      + report.drifts.flatMap(Finding.all(of:)) + report.orphans.map { Finding($0) }
  }
}

extension Finding {
  fileprivate static func broken(_ states: [ContractState], of member: Member) -> [Self] {
    states.compactMap { state in
      guard case .broken(let other) = state.outcome else { return nil }
      let place =
        switch (other, other?.version) {
        case (nil, _): "which is not among core and db_plugins"
        case (_, let version?): "which is at \(version)"
        case (_, nil): "which is not there"
        }
      return Self(
        .contract, repository: member.repository.id, path: member.repository.folder.text,
        text: "\(member.repository.id) requires \(state.contract.requirement), \(place)")
    }
  }

  fileprivate static func all(of drift: Drift) -> [Self] {
    drift.lines.map { line in
      Self(
        .drift, repository: drift.member.repository.id, version: drift.version,
        object: "\(line.object)", text: line.text)
    }
  }

  fileprivate init(_ orphan: Orphan) {
    self.init(
      .orphan, repository: orphan.key.id, version: orphan.version, text: orphan.words,
      hint: """
        put its entry back into db_plugins, or forget it: plugin_remove \
        '\(orphan.key.id)' --detach
        """)
  }
}

extension Orphan {
  /// What is left of it.
  public var words: String {
    let place = version.map { "stands at \($0) in \(key.versionTable)" } ?? "has no version row"
    let shown = objects.prefix(10).map(\.description).joined(separator: ", ")
    let rest = objects.count > 10 ? " and \(objects.count - 10) more" : ""
    let things = objects.isEmpty ? "" : " and owns \(shown)\(rest)"
    return "\(key.id) is not among core and db_plugins, but \(place)\(things)"
  }
}
