/// A repository of the database that the conf files do not name.
public struct Orphan: Sendable {
  /// Its id.
  public let repositoryID: String
  /// The table that has its version row, or had it.
  public let versionTable: String
  /// Where it stands; `nil` when its version row is gone.
  public let version: Int?
  /// What it owns, as far as that is recorded.
  public let objects: [ObjectName]

  /// Those that own something or have a version row, sorted.
  static func all(
    besides members: [Member], owners: Owners, in schema: [SchemaObject],
    on connection: any Connection
  ) throws(MigrationError) -> [Self] {
    var versions: [Owner: Int?] = [:]
    for owner in Set(owners.records.keys).union(owners.entries.values.map(\.owner)) {
      versions[owner] = .some(nil)
    }
    for (owner, version) in try rows(ofVersionTablesIn: schema, on: connection) {
      versions[owner] = version
    }
    let known = Set(members.map { Key($0.repository.id, $0.repository.versionTable) })
    return versions.compactMap { owner, version -> Self? in
      guard case .repository(let id, let table) = owner, !known.contains(Key(id, table)) else {
        return nil
      }
      return Self(
        repositoryID: id, versionTable: table, version: version, objects: owners.objects(of: owner))
    }.sorted { ($0.repositoryID, $0.versionTable) < ($1.repositoryID, $1.versionTable) }
  }

  /// Ids are told apart by case, names of tables are not on SQLite.
  private struct Key: Hashable {
    let id: String
    let table: String

    init(_ id: String, _ table: String) {
      self.id = id
      self.table = table.lowercased()
    }
  }

  /// The rows of all tables that look like version tables.
  private static func rows(
    ofVersionTablesIn schema: [SchemaObject], on connection: any Connection
  ) throws(MigrationError) -> [(Owner, Int?)] {
    let tables = schema.filter(\.looksLikeVersionTable)
    guard !tables.isEmpty else { return [] }
    let dialect = connection.dialect
    let queries = tables.map { table in
      let name = CatalogName(schema: table.name.schema, name: table.name.name).quoted(dialect)
      return
        "SELECT \(dialect.literal(table.name.name)), repository_id, version FROM \(name)"
    }
    let found = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(queries.joined(separator: " UNION ALL "))
    }
    return found.compactMap { row in
      guard let table = row[0].text, let id = row[1].text else { return nil }
      return (.repository(id: id, versionTable: table), row[2].integer.map(Int.init))
    }
  }
}

extension SchemaObject {
  /// Whether a table has the columns of a version table and no others.
  fileprivate var looksLikeVersionTable: Bool {
    let columns = parts.filter { $0.kind == "column" }.map(\.name)
    return name.kind == .table
      && Set(columns) == ["repository_id", "repository_path", "version"]
  }
}
