extension Diagram {
  /// The picture of what is in `database`; nothing is locked or written.
  ///
  /// Where nothing is remembered of owners, the scripts of `members` are asked.
  ///
  /// - Parameters:
  ///   - database: the database.
  ///   - standings: the repositories that are known, and where they stand.
  ///   - scope: which tables are shown.
  /// - Throws: ``MigrationError`` when the database cannot be asked.
  public init(
    of database: Database, _ standings: [Standing], showing scope: Scope
  ) throws(MigrationError) {
    let connection = try MigrationError.catching { () throws(DatabaseError) in
      try database.connection(for: .reading)
    }
    var owners = try OwnerTable(on: connection).owners(on: connection)
    let seed = try OwnerSeed(
      owners, members: standings.map(\.member), standings: standings, on: connection)
    owners.entries.add(seed.claims)
    let (shapes, keys, title) = try MigrationError.catching { () throws(DatabaseError) in
      (try connection.tableShapes(), try connection.foreignKeys(), try database.name())
    }
    let tables = standings.map { $0.repository.versionTable.lowercased() }
    let source = DiagramSource(
      title: title, shapes: shapes, keys: keys,
      owners: owners.entries.byName.mapValues(\.owner),
      versionTables: owners.versionTables.union(tables),
      repositories: standings.map { .init($0.member, at: $0.version) })
    self = source.diagram(of: scope)
  }
}

extension ScratchBuild {
  /// The picture of what the scripts of `levels` make, one repository after the other.
  ///
  /// A table belongs to the repository whose scripts were the first to make one of its name.
  public func diagram(
    of levels: [Level], showing scope: Diagram.Scope
  ) throws(ScratchError) -> Diagram {
    try use { (database, _) throws(ScratchError) in
      var owners: [ObjectName: Owner] = [:]
      var shapes: [TableShape] = []
      for level in levels {
        try build(level, in: database)
        shapes = try ScratchError.catching { () throws(DatabaseError) in
          try database.connection(for: .writing).tableShapes()
        }
        for shape in shapes where owners[shape.name] == nil {
          owners[shape.name] = Owner(level.member.repository)
        }
      }
      let keys = try ScratchError.catching { () throws(DatabaseError) in
        try database.connection(for: .writing).foreignKeys()
      }
      let source = DiagramSource(
        title: levels.map { "\($0.member.repository.id) \($0.version)" }.joined(separator: ", "),
        shapes: shapes, keys: keys, owners: owners,
        versionTables: Set(levels.map { $0.member.repository.versionTable.lowercased() }),
        repositories: levels.map { .init($0.member, at: $0.version) })
      return source.diagram(of: scope)
    }
  }
}

extension DiagramSource.Repository {
  fileprivate init(_ member: Member, at version: Int?) {
    self.init(
      owner: Owner(member.repository), kind: member.role == .core ? .core : .other,
      version: version)
  }
}
