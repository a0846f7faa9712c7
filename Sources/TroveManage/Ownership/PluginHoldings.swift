/// What a repository has in a database: its version, what it owns, and who leans on that.
public struct PluginHoldings: Sendable {
  /// The repository, be it that its folder is gone.
  public let key: RepositoryKey
  /// Where it stands; `nil` when the database is not under its version control.
  public let version: Int?
  /// What it owns and is there, sorted.
  public let objects: [ObjectName]
  /// Foreign keys of others to its tables.
  public let references: ForeignReferences
  /// Whether anything is remembered of it, even without a version or an object.
  private let isRemembered: Bool

  /// Whether there is nothing of it in the database.
  public var isNothing: Bool { version == nil && !isRemembered && objects.isEmpty }
  /// The tables among ``objects``.
  public var tables: [ObjectName] { objects.filter { $0.kind == .table } }

  /// Asks the database.
  ///
  /// - Parameters:
  ///   - key: the repository.
  ///   - members: the repositories that are known, whose scripts are asked where nothing is remembered.
  ///   - connection: the session.
  /// - Throws: ``MigrationError``, also for tables that are not ours.
  public init(
    of key: RepositoryKey, among members: [Member], on connection: any Connection
  ) throws(MigrationError) {
    var owners = try OwnerTable(on: connection).owners(on: connection)
    let seed = try OwnerSeed(owners, members: members, standings: [], on: connection)
    owners.entries.add(seed.claims)
    try self.init(of: key, owners, on: connection)
  }

  /// Asks the database what there is of what `owners` knows.
  init(
    of key: RepositoryKey, _ owners: Owners, on connection: any Connection
  ) throws(MigrationError) {
    let owner = Owner.repository(key)
    let tables = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(named: [key.versionTable, ProgressTable.tableName])
    }
    let versions = try VersionTable(tables[0], dialect: connection.dialect)
    let progress = try ProgressTable(tables[1], dialect: connection.dialect)
    let queries = [versions.query(for: [key.id]), progress.query(for: key)]
    let rows = try MigrationError.catching { () throws(DatabaseError) in
      try queries.map { (query) throws(DatabaseError) in try query.map(connection.rows) ?? [] }
    }
    self.key = key
    version = rows[0].first?[2].integer.map(Int.init)
    isRemembered =
      !rows[0].isEmpty || !rows[1].isEmpty || owners.records[owner] != nil
      || !owners.objects(of: owner).isEmpty
    objects = try owners.present(of: owner, on: connection)
    references = try ForeignReferences(to: objects, of: owner, owners, on: connection)
  }

  /// How many rows there are in each of ``tables``, in their order.
  ///
  /// - Throws: ``MigrationError`` when a table cannot be read.
  public func rowCounts(on connection: any Connection) throws(MigrationError) -> [Int64] {
    guard !tables.isEmpty else { return [] }
    let queries = tables.enumerated().map { index, table in
      let name = CatalogName(schema: table.schema, name: table.name)
      return "SELECT \(index), count(*) FROM \(name.quoted(connection.dialect))"
    }
    let rows = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(queries.joined(separator: " UNION ALL ") + " ORDER BY 1")
    }
    return rows.map { $0[1].integer ?? 0 }
  }
}

extension Owners {
  /// What `owner` has and is there, sorted.
  func present(
    of owner: Owner, on connection: any Connection
  ) throws(MigrationError) -> [ObjectName] {
    let names = objects(of: owner)
    return try MigrationError.catching { () throws(DatabaseError) in
      try connection.schema(of: names).map(\.name)
    }
  }
}
