/// No run and no stamp leaves a contract broken that speaks of, or is held by, a repository that it moves.
///
/// Those count that are installed at the end, be they part of the run or not.
public final class ContractRule: RunRule {
  private let findNeighbours: () -> [Member]
  /// The other repositories of the database, found when they are first asked for.
  public private(set) lazy var neighbours = findNeighbours()
  /// Where the neighbours stood when a plan was checked.
  private var expected: [Standing] = []

  /// The rule for runs of some of a database's repositories.
  ///
  /// - Parameter neighbours: finds the others; asked for once, when there is something to check.
  public init(neighbours: @escaping () -> [Member] = { [] }) {
    findNeighbours = neighbours
  }

  /// Checks where the repositories would stand at the end of `plan`.
  public func check(
    _ plan: Plan, from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    let own = standings.map { standing in
      let last = plan.steps.last { $0.member.isSame(as: standing.member) }
      return ContractOutlook.Prospect(
        before: standing, after: last.map { standing.moved(by: $0) } ?? standing,
        isMoved: last != nil)
    }
    try check(.run, own, on: connection)
  }

  /// Checks where the repositories would stand after a stamp.
  public func check(
    stamping standings: [Standing], at version: Int, on connection: any Connection
  ) throws(MigrationError) {
    let own = standings.map { standing in
      ContractOutlook.Prospect(
        before: standing, after: standing.stamped(at: version), isMoved: true)
    }
    try check(.stamp, own, on: connection)
  }

  /// Checks what holds when the repositories are forgotten.
  public func check(
    detaching standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    let own = standings.map { standing in
      ContractOutlook.Prospect(before: standing, after: standing.stamped(at: 0), isMoved: true)
    }
    try check(.detachment, own, on: connection)
  }

  /// Whether a neighbour has been moved since the check, so that it has to be done again.
  public func isOutdated(on connection: any Connection) throws(MigrationError) -> Bool {
    let now = try standings(of: expected.map(\.member), on: connection)
    return now.map(\.version) != expected.map(\.version)
  }

  /// How the contracts of repositories that stand as `standings` says fare.
  ///
  /// Of the neighbours only those are asked about that are required.
  public func contracts(
    of standings: [Standing], in database: Database
  ) throws(MigrationError) -> ContractCheck {
    let required = Set(standings.flatMap(\.repository.requires).map(\.repositoryID))
    guard !required.isEmpty else { return ContractCheck(standings) }
    let others = neighbours.filter { required.contains($0.repository.id) }
    let connection = try MigrationError.catching { () throws(DatabaseError) in
      try database.connection(for: .reading)
    }
    return ContractCheck(try standings + self.standings(of: others, on: connection))
  }

  private func check(
    _ act: ContractOutlook.Act, _ own: [ContractOutlook.Prospect], on connection: any Connection
  ) throws(MigrationError) {
    let members = concerned(by: own.map(\.before.repository))
    expected = try standings(of: members, on: connection)
    let others = expected.map {
      ContractOutlook.Prospect(before: $0, after: $0, isMoved: false)
    }
    let ids = own.map(\.before.repository.id) + neighbours.map(\.repository.id)
    let breaches = ContractOutlook(act: act, prospects: own + others, knownIDs: ids).breaches
    guard breaches.isEmpty else { throw .rule(BrokenContracts(breaches: breaches)) }
  }

  /// The neighbours that have a contract with one of `repositories`, whoever holds it.
  private func concerned(by repositories: [Repository]) -> [Member] {
    let ids = Set(repositories.map(\.id))
    let required = Set(repositories.flatMap(\.requires).map(\.repositoryID))
    return neighbours.filter { neighbour in
      required.contains(neighbour.repository.id)
        || neighbour.repository.requires.contains { ids.contains($0.repositoryID) }
    }
  }

  private func standings(
    of members: [Member], on connection: any Connection
  ) throws(MigrationError) -> [Standing] {
    guard !members.isEmpty else { return [] }
    // The run itself checks the journal; `.writing` leaves that out.
    return try DatabaseState(of: members, from: connection, for: .writing).standings
  }
}
