/// What the database says about owners: whether their schema is still what the scripts left, and who is
/// there that the conf files do not know.
public struct OwnerReport: Sendable {
  /// What is recorded of each repository, and how the schema differs from it; none for one of which nothing
  /// is recorded.
  public let drifts: [Drift]
  /// Repositories of the database that are not among those of the conf files.
  public let orphans: [Orphan]

  /// Which repositories count as known besides those that are looked at.
  public enum Scope: Sendable {
    /// None: the members are all that the conf files name.
    case everything
    /// The members are some of many: nobody is called an orphan.
    case members
  }

  /// Looks at the repositories of `members`; nothing is locked or written.
  ///
  /// - Throws: ``MigrationError`` when the database cannot be asked.
  public init(
    of members: [Member], _ scope: Scope, on connection: any Connection
  ) throws(MigrationError) {
    let table = try OwnerTable(on: connection)
    let owners = try table.owners(on: connection)
    let schema = try MigrationError.catching { () throws(DatabaseError) in
      try connection.schema(of: nil)
    }
    let recorded = try table.definitions(on: connection)
    drifts = members.compactMap { member in
      let owner = Owner(member.repository)
      guard let record = owners.records[owner] else { return nil }
      let expected = recorded.filter { $0.owner == owner }.map(\.object)
      return Drift(
        member: member, record: record,
        difference: SchemaDifference(
          of: schema.filter { owners.concerns($0.name, owner) }, from: expected))
    }
    guard scope == .everything else {
      orphans = []
      return
    }
    orphans = try Orphan.all(besides: members, owners: owners, in: schema, on: connection)
  }

  /// What is recorded of `member`, and what has become of it; `nil` when nothing is.
  public func drift(of member: Member) -> Drift? { drifts.first { $0.member.isSame(as: member) } }

  /// Whether everything is as it was recorded, and everybody is known.
  public var isClean: Bool { orphans.isEmpty && drifts.allSatisfy(\.difference.isEmpty) }
}

extension Owners {
  /// Whether the object is one of the owner's, or hangs on one without belonging to anybody.
  fileprivate func concerns(_ name: ObjectName, _ owner: Owner) -> Bool {
    if let entry = entries[name] { return entry.owner == owner }
    return name.tableName.flatMap { entries[$0] }?.owner == owner
  }
}
