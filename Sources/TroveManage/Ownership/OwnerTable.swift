/// The side tables that remember who owns what: `trove_migrate_objects` the objects and what the catalog
/// said about each, `trove_migrate_owners` the repositories and the digest over all that each owns.
///
/// They are made in the first transaction of a run that applies something. Without them everything is
/// nobody's until the next run, which asks the scripts.
struct OwnerTable: Sendable {
  /// The bare names.
  static let names = ["trove_migrate_objects", "trove_migrate_owners"]

  private static let objectColumns: Set<String> = [
    "kind", "schema_name", "table_name", "object_name", "version_table", "repository_id", "version",
    "fingerprint", "definition",
  ]
  private static let ownerColumns: Set<String> = [
    "version_table", "repository_id", "version", "fingerprint", "recorded_at",
  ]

  private let objects: Table
  private let owners: Table
  private let dialect: Dialect

  /// Whether something can be remembered yet.
  var exists: Bool { objects.exists && owners.exists }

  /// Looks the tables up.
  ///
  /// - Throws: ``MigrationError/rule(_:)`` when one of that name is somebody else's.
  init(on connection: any Connection) throws(MigrationError) {
    let found = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(named: Self.names)
    }
    for (table, columns) in zip(found, [Self.objectColumns, Self.ownerColumns]) {
      let missing = table.missing(columns)
      guard missing.isEmpty else {
        throw .rule(ForeignOwnerTable(name: table.qualifiedName, missing: missing))
      }
    }
    objects = found[0]
    owners = found[1]
    dialect = connection.dialect
  }

  /// The tables of a database that nobody asks.
  init(unasked dialect: Dialect) {
    objects = Table(unasked: Self.names[0], dialect: dialect)
    owners = Table(unasked: Self.names[1], dialect: dialect)
    self.dialect = dialect
  }

  /// Makes those of the tables that do not exist.
  var creation: [Command] {
    objects.creation(
      """
        kind VARCHAR(20) NOT NULL,
        schema_name TEXT NOT NULL,
        table_name TEXT NOT NULL,
        object_name TEXT NOT NULL,
        version_table VARCHAR(63) NOT NULL,
        repository_id VARCHAR(250) NOT NULL,
        version BIGINT NOT NULL,
        fingerprint VARCHAR(80) NOT NULL,
        definition TEXT NOT NULL,
        PRIMARY KEY (kind, schema_name, table_name, object_name)
      """)
      + owners.creation(
        """
          version_table VARCHAR(63) NOT NULL,
          repository_id VARCHAR(250) NOT NULL,
          version BIGINT NOT NULL,
          fingerprint VARCHAR(80) NOT NULL,
          recorded_at \(dialect.timestampType) NOT NULL,
          PRIMARY KEY (version_table, repository_id)
        """)
  }

  /// What is remembered.
  func owners(on connection: any Connection) throws(MigrationError) -> Owners {
    var found = Owners()
    guard exists else { return found }
    let rows = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(
        """
        SELECT version_table, repository_id, fingerprint, kind, schema_name, table_name, object_name,
          version
        FROM \(objects.qualifiedName)
        UNION ALL SELECT version_table, repository_id, fingerprint, NULL, NULL, NULL, NULL, version
        FROM \(owners.qualifiedName)
        """)
    }
    for row in rows {
      guard let table = row[0].text, let id = row[1].text, let fingerprint = row[2].text,
        let version = row[7].integer
      else { continue }
      let owner = Owner.repository(RepositoryKey(id: id, versionTable: table))
      found.versionTables.insert(table.lowercased())
      if let name = ObjectName(row[3...6]) {
        found.entries[name] = Owners.Entry(owner: owner, fingerprint: fingerprint)
      } else {
        found.records[owner] = Owners.Record(version: Int(version), fingerprint: fingerprint)
      }
    }
    return found
  }

  /// What the catalog said about the objects when they were recorded.
  func definitions(
    on connection: any Connection
  ) throws(MigrationError) -> [(object: SchemaObject, owner: Owner)] {
    guard exists else { return [] }
    let rows = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(
        """
        SELECT kind, schema_name, table_name, object_name, version_table, repository_id,
          definition
        FROM \(objects.qualifiedName) ORDER BY schema_name, table_name, object_name, kind
        """)
    }
    return rows.compactMap { row in
      guard let name = ObjectName(row[0...3]), let table = row[4].text, let id = row[5].text,
        let definition = row[6].text
      else { return nil }
      let key = RepositoryKey(id: id, versionTable: table)
      return (SchemaObject(name: name, definition: definition), .repository(key))
    }
  }

  /// Everything that is remembered.
  func rows(on connection: any Connection) throws(MigrationError) -> OwnerRows {
    guard exists else { return OwnerRows() }
    let found = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(
        """
        SELECT version_table, repository_id, version, fingerprint, kind, schema_name, table_name,
          object_name, definition
        FROM \(objects.qualifiedName)
        UNION ALL SELECT version_table, repository_id, version, fingerprint, NULL, NULL, NULL, NULL, NULL
        FROM \(owners.qualifiedName)
        """)
    }
    var rows = OwnerRows()
    for row in found {
      guard let table = row[0].text, let id = row[1].text, let version = row[2].integer,
        let fingerprint = row[3].text
      else { continue }
      let owner = Owner.repository(RepositoryKey(id: id, versionTable: table))
      if let name = ObjectName(row[4...7]), let definition = row[8].text {
        rows.objects[name] = OwnerRows.Object(
          owner: owner, version: Int(version), fingerprint: fingerprint, definition: definition)
      } else {
        rows.owners[owner] = Owners.Record(version: Int(version), fingerprint: fingerprint)
      }
    }
    return rows
  }

  /// Forgets all objects of a repository.
  func forgetObjects(of owner: Owner) -> [Command] {
    let values = values(owner)
    return [
      Command(
        """
        DELETE FROM \(objects.qualifiedName)
        WHERE version_table = \(values[0]) AND repository_id = \(values[1])
        """)
    ]
  }

  /// Forgets the objects.
  func forget(_ names: [ObjectName]) -> [Command] {
    guard !names.isEmpty else { return [] }
    let rows = names.map { "(\(values($0).joined(separator: ", ")))" }
    return [
      Command(
        """
        DELETE FROM \(objects.qualifiedName)
        WHERE (kind, schema_name, table_name, object_name) IN (VALUES \(rows.joined(separator: ", ")))
        """)
    ]
  }

  /// Remembers the objects, of which nothing is remembered.
  func record(
    _ entries: [(object: SchemaObject, entry: Owners.Entry, version: Int)]
  ) -> [Command] {
    guard !entries.isEmpty else { return [] }
    let rows = entries.map { object, entry, version in
      let values =
        values(object.name) + values(entry.owner) + [
          String(version), dialect.literal(entry.fingerprint), dialect.literal(object.definition),
        ]
      return "(\(values.joined(separator: ", ")))"
    }
    return [
      Command(
        """
        INSERT INTO \(objects.qualifiedName) (
          kind, schema_name, table_name, object_name, version_table, repository_id, version,
          fingerprint, definition
        ) VALUES \(rows.joined(separator: ",\n"))
        """, requiredChanges: entries.count)
    ]
  }

  /// Remembers where a repository stands and the digest over all that it owns.
  func record(_ owner: Owner, version: Int, fingerprint: String) -> [Command] {
    let values =
      values(owner) + [String(version), dialect.literal(fingerprint), dialect.now]
    return forget(owner) + [
      Command(
        """
        INSERT INTO \(owners.qualifiedName) (
          version_table, repository_id, version, fingerprint, recorded_at
        ) VALUES (\(values.joined(separator: ", ")))
        """, requiredChanges: 1)
    ]
  }

  /// Forgets a repository, but not its objects.
  func forget(_ owner: Owner) -> [Command] {
    let values = values(owner)
    return [
      Command(
        """
        DELETE FROM \(owners.qualifiedName)
        WHERE version_table = \(values[0]) AND repository_id = \(values[1])
        """)
    ]
  }

  private func values(_ owner: Owner) -> [String] {
    guard case .repository(let key) = owner else { return ["''", "''"] }
    return [dialect.literal(key.versionTable), dialect.literal(key.id)]
  }

  private func values(_ name: ObjectName) -> [String] {
    [name.kind.rawValue, name.schema, name.table ?? "", name.name].map { dialect.literal($0) }
  }
}

extension ObjectName {
  /// The name that kind, schema, table and name of a row make up.
  fileprivate init?(_ values: ArraySlice<Value>) {
    let texts = values.compactMap(\.text)
    guard texts.count == 4, let kind = Kind(rawValue: texts[0]) else { return nil }
    self.init(kind, schema: texts[1], table: texts[2].isEmpty ? nil : texts[2], name: texts[3])
  }
}

/// A table that has the name of one of ours.
struct ForeignOwnerTable: RuleViolation {
  let name: String
  let missing: [String]
  let severity = RuleSeverity.difference

  var description: String {
    """
    \(name) is not a table of this program: it has no \(missing.joined(separator: ", "))
    hint: rename or drop the table; a new one is made by the next run, which asks the scripts who owns what
    """
  }
}
