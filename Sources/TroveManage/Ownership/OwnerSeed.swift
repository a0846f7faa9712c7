/// Who owns what by the word of the scripts, for repositories whose versions were applied when nobody
/// recorded it: by the reference, or before there was something to record it in.
struct OwnerSeed {
  /// What is claimed.
  private(set) var claims: [ObjectName: Owners.Entry] = [:]
  /// The repositories that claim.
  private(set) var newOwners: Set<Owner> = []
  /// Where all repositories stand, as far as that was asked.
  private(set) var versions: [Owner: Int] = [:]
  /// What a person should know.
  private(set) var notices: [String] = []

  /// Asks the scripts of `members` that stand at a version and of which `owners` knows nothing.
  ///
  /// An object that several scripts make belongs to the first repository.
  init(
    _ owners: Owners, members: [Member], standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    var standings = standings
    let others = members.filter { member in
      owners.records[Owner(member.repository)] == nil
        && !standings.contains { $0.member.isSame(as: member) }
    }
    if !others.isEmpty {
      standings += try DatabaseState(of: others, from: connection, for: .writing).standings
    }
    let unknown = standings.filter { standing in
      standing.version ?? 0 > 0 && owners.records[Owner(standing.repository)] == nil
    }
    guard !unknown.isEmpty else { return }
    let marks = try MigrationError.catching { () throws(DatabaseError) in
      try connection.marks().marks
    }
    for standing in unknown {
      claim(marks, for: standing, besides: owners, dialect: connection.dialect)
    }
  }

  private mutating func claim(
    _ marks: [ObjectMark], for standing: Standing, besides owners: Owners, dialect: Dialect
  ) {
    let owner = Owner(standing.repository)
    newOwners.insert(owner)
    versions[owner] = standing.version
    let made = Self.objects(madeBy: standing, dialect: dialect)
    var tables: Set<ObjectName> = []
    for mark in marks where made.contains(where: { $0.made(mark.name) }) {
      guard owners.owner(of: mark) == nil, claims[mark.name] == nil else { continue }
      claims[mark.name] = Owners.Entry(owner: owner, fingerprint: "")
      tables.insert(mark.name)
    }
    for mark in marks where mark.name.kind == .trigger {
      guard let table = mark.name.tableName, tables.contains(table),
        owners.entries[mark.name] == nil, claims[mark.name] == nil
      else { continue }
      claims[mark.name] = Owners.Entry(owner: owner, fingerprint: "")
    }
    let count = claims.values.count { $0.owner == owner }
    guard count > 0 else { return }
    notices.append(
      "\(owner) owns \(count) object\(count == 1 ? "" : "s") of this database, as its scripts tell")
  }

  /// What the scripts up to the version make.
  ///
  /// One that cannot be read makes nothing that we know of.
  private static func objects(madeBy standing: Standing, dialect: Dialect) -> [CreatedObject] {
    let versions = standing.repository.versions.filter { $0 <= standing.version ?? 0 }
    return zip([0] + versions, versions).flatMap { from, to -> [CreatedObject] in
      let move = Move(member: standing.member, operation: .upgrade, from: from, to: to)
      let step = try? Step(
        move, dialect: dialect, isPartitioned: { _ in false }, variables: { _ in "" })
      return step?.script.createdObjects ?? []
    }
  }
}
