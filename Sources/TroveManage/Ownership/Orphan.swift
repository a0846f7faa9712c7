/// A repository of which the database knows, but to whose folder nothing leads.
public enum Orphan {
  /// Finds the repository with the id.
  ///
  /// - Parameters:
  ///   - id: its `repository_id`.
  ///   - members: the repositories that are known, in whose version tables it may have a row, too.
  ///   - connection: a session for questions.
  /// - Returns: the repository.
  /// - Throws: ``MigrationError/rule(_:)`` when there is none, or when it is in two version tables.
  public static func named(
    _ id: String, among members: [Member], on connection: any Connection
  ) throws(MigrationError) -> RepositoryKey {
    let owners = try OwnerTable(on: connection).owners(on: connection)
    let remembered = Set(owners.records.keys).union(owners.entries.values.map(\.owner))
    var found = Set(remembered.compactMap(\.repositoryKey).filter { $0.id == id })
    let names = Set(members.map(\.repository.versionTable))
      .union(owners.records.keys.compactMap(\.repositoryKey?.versionTable))
      .union(try journalled(id, on: connection))
    for name in names.sorted() where try hasRow(id, in: name, on: connection) {
      found.insert(RepositoryKey(id: id, versionTable: name))
    }
    guard let key = found.first, found.count == 1 else {
      let known = members.map(\.repository.id) + remembered.compactMap(\.repositoryKey?.id)
      throw .rule(
        NoSinglePlugin(
          id: id, tables: found.map(\.versionTable).sorted(), known: Set(known).sorted()))
    }
    return key
  }

  /// The version tables with which the journal knows the id.
  private static func journalled(
    _ id: String, on connection: any Connection
  ) throws(MigrationError) -> [String] {
    let rows = try MigrationError.catching { () throws(DatabaseError) -> [Row] in
      let table = try connection.tables(named: [Journal.tableName])[0]
      guard table.columnTypes["repository_id"] != nil, table.columnTypes["version_table"] != nil
      else { return [] }
      return try connection.rows(
        """
        SELECT DISTINCT version_table FROM \(table.qualifiedName)
        WHERE repository_id = \(connection.dialect.literal(id))
        """)
    }
    return rows.compactMap { $0[0].text }
  }

  /// Whether the table is a version table with a row of the id.
  private static func hasRow(
    _ id: String, in name: String, on connection: any Connection
  ) throws(MigrationError) -> Bool {
    let table = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(named: [name])[0]
    }
    // What another one has made of the name is no concern of ours here.
    guard let versions = try? VersionTable(table, dialect: connection.dialect),
      let query = versions.query(for: [id])
    else { return false }
    return try MigrationError.catching { () throws(DatabaseError) in
      try !connection.rows(query).isEmpty
    }
  }
}

extension Owner {
  /// The repository; `nil` for this program.
  var repositoryKey: RepositoryKey? {
    guard case .repository(let id, let table) = self else { return nil }
    return RepositoryKey(id: id, versionTable: table)
  }
}

/// A name that stands for no repository, or for several.
struct NoSinglePlugin: RuleViolation {
  let id: String
  /// The version tables that know it.
  let tables: [String]
  /// The ids that are known.
  let known: [String]
  let severity = RuleSeverity.refused

  var description: String {
    guard tables.isEmpty else {
      return """
        \(id) is in the version tables \(tables.joined(separator: " and "))
        hint: name the folder of the one that is meant: --repo_path DIR
        """
    }
    let known = known.map { "'\($0)'" }.joined(separator: ", ")
    return """
      '\(id)' is neither an entry of db_plugins nor the repository_id of anything in the database
      hint: known are \(known); names count as they are written
      """
  }
}
