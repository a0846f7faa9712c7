extension Orphan {
  /// Finds a repository to whose folder nothing leads, by its id.
  ///
  /// - Parameters:
  ///   - id: its `repository_id`.
  ///   - members: the repositories that are known.
  ///   - connection: a session for questions.
  /// - Returns: the repository.
  /// - Throws: ``MigrationError/rule(_:)`` when there is none, or when it is in two version tables.
  public static func named(
    _ id: String, among members: [Member], on connection: any Connection
  ) throws(MigrationError) -> RepositoryKey {
    let owners = try OwnerTable(on: connection).owners(on: connection)
    let schema = try MigrationError.catching { () throws(DatabaseError) in
      try connection.schema(of: nil)
    }
    let all = try all(besides: [], owners: owners, in: schema, on: connection)
    let found = all.filter { $0.key.id == id }
    guard let orphan = found.first, found.count == 1 else {
      let known = members.map(\.repository.id) + all.map(\.key.id)
      throw .rule(
        NoSinglePlugin(
          id: id, tables: found.map(\.key.versionTable), known: Set(known).sorted()))
    }
    return orphan.key
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
