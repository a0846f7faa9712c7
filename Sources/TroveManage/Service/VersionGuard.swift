/// What a service makes of the versions at which the repositories stand when it starts.
public enum VersionGuard: Hashable, Sendable {
  /// Each must stand at the version that the code was built for: what ``DBPlugin/repositoryVersion`` says, or the
  /// latest one of the repository that is not a draft; core at the version that is given here, or at its latest.
  case exact(core: Int? = nil)
  /// Whatever they are.
  case ignore
}

/// A repository that does not stand where the code of a service needs it.
public struct VersionMismatch: Hashable, Sendable {
  /// The repository's id.
  public let repository: String
  /// The folder.
  public let folder: String
  /// Where it stands; `nil` when the database does not know it.
  public let version: Int?
  /// What the code was built for.
  public let expected: Int
}

extension VersionGuard {
  /// The repositories that stand elsewhere than they must, asked in one query for all.
  ///
  /// - Parameters:
  ///   - members: the repositories.
  ///   - expected: what plugins say that they were built for, by their entry of `db_plugins`.
  ///   - connection: the session.
  /// - Returns: what the service would refuse to start with.
  /// - Throws: ``DatabaseError`` when the session is lost.
  func mismatches(
    of members: [Member], expected: [String: Int], on connection: any Connection
  ) throws(DatabaseError) -> [VersionMismatch] {
    guard case .exact(let core) = self else { return [] }
    let versions = try Self.versions(of: members.map(\.repository), on: connection)
    return members.compactMap { member in
      let repository = member.repository
      let version = versions[repository.key]
      let said: Int? =
        switch member.role {
        case .core: core
        case .plugin(let name): expected[name]
        case .named: nil
        }
      let wanted = said ?? repository.latest(butDraftsAbove: version ?? 0, for: connection.dialect)
      guard version != wanted else { return nil }
      return VersionMismatch(
        repository: repository.id, folder: repository.folder.text, version: version,
        expected: wanted)
    }
  }

  /// Where the repositories stand; the catalog is only asked when a version table is missing.
  private static func versions(
    of repositories: [Repository], on connection: any Connection
  ) throws(DatabaseError) -> [RepositoryKey: Int] {
    do throws(DatabaseError) {
      return try versions(askedOf: repositories, on: connection)
    } catch {
      guard error.kind == .statement else { throw error }
      let names = Set(repositories.map(\.versionTable)).sorted()
      let tables = Dictionary(
        zip(names, try connection.tables(named: names)), uniquingKeysWith: { first, _ in first })
      let known = repositories.filter { tables[$0.versionTable]?.exists == true }
      guard known.count < repositories.count else { throw error }
      if known.isEmpty { return [:] }
      return try versions(askedOf: known, on: connection)
    }
  }

  private static func versions(
    askedOf repositories: [Repository], on connection: any Connection
  ) throws(DatabaseError) -> [RepositoryKey: Int] {
    let dialect = connection.dialect
    let queries = repositories.enumerated().map { index, repository in
      """
      SELECT \(index), version FROM \(dialect.identifier(repository.versionTable)) \
      WHERE repository_id = \(dialect.literal(repository.id))
      """
    }
    var versions: [RepositoryKey: Int] = [:]
    for row in try connection.rows(queries.joined(separator: "\nUNION ALL\n")) {
      guard let index = row[0].integer, let version = row[1].integer else { continue }
      versions[repositories[Int(index)].key] = Int(version)
    }
    return versions
  }
}

extension Repository {
  /// The latest version that is not a draft, which no run takes; nothing is read where the database stands at the
  /// latest.
  fileprivate func latest(butDraftsAbove version: Int, for dialect: Dialect) -> Int {
    versions.reversed().first { $0 <= version || !isDraft($0, for: dialect) } ?? 0
  }

  private func isDraft(_ version: Int, for dialect: Dialect) -> Bool {
    guard let path = try? script(version, .upgrade, for: dialect).text,
      let text = try? FileSystem.read(path)
    else { return false }
    do throws(ScriptError) {
      _ = try Script(path: path, text: text, dialect: dialect)
      return false
    } catch {
      return error.reason == .draft
    }
  }
}
