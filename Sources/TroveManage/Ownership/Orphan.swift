/// A repository of the database that the conf files do not name.
public struct Orphan: Sendable {
  /// What tells it from others; its version row may be gone.
  public let key: RepositoryKey
  /// Where it stands; `nil` when its version row is gone.
  public let version: Int?
  /// What it owns, as far as that is recorded.
  public let objects: [ObjectName]

  /// Those that own something or have a version row, sorted.
  static func all(
    besides members: [Member], owners: Owners, in schema: [SchemaObject],
    on connection: any Connection
  ) throws(MigrationError) -> [Self] {
    var versions: [RepositoryKey: Int?] = [:]
    for owner in Set(owners.records.keys).union(owners.entries.values.map(\.owner)) {
      if case .repository(let key) = owner { versions[key] = .some(nil) }
    }
    for (key, version) in try rows(ofVersionTablesIn: schema, on: connection) {
      versions[key] = version
    }
    return versions.compactMap { key, version -> Self? in
      guard !members.contains(where: { $0.repository.key.sharesRow(with: key) }) else { return nil }
      return Self(key: key, version: version, objects: owners.objects(of: .repository(key)))
    }.sorted { ($0.key.id, $0.key.versionTable) < ($1.key.id, $1.key.versionTable) }
  }

  /// The rows of all tables that look like version tables.
  private static func rows(
    ofVersionTablesIn schema: [SchemaObject], on connection: any Connection
  ) throws(MigrationError) -> [(RepositoryKey, Int?)] {
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
      return (RepositoryKey(id: id, versionTable: table), row[2].integer.map(Int.init))
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
