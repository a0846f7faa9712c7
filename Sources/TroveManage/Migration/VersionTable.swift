/// The table that remembers at which version a repository's schema stands, in the shape that
/// sqlalchemy-migrate gave it.
struct VersionTable: Hashable, Sendable {
  /// The largest number that the reference's INTEGER column holds on PostgreSQL.
  private static let largestNarrowVersion = Int(Int32.max)

  /// The name with its schema, quoted.
  var name: String { table.qualifiedName }

  /// Whether the table exists.
  var exists: Bool { table.exists }

  private let table: Table
  private let dialect: Dialect

  /// The table as the catalog describes it.
  ///
  /// - Throws: ``MigrationError/foreignVersionTable(name:columns:)`` when its columns are not ours.
  init(_ table: Table, dialect: Dialect) throws(MigrationError) {
    let columns = table.columnTypes.keys.sorted()
    guard !table.exists || columns == ["repository_id", "repository_path", "version"] else {
      throw .foreignVersionTable(name: table.qualifiedName, columns: columns)
    }
    self.table = table
    self.dialect = dialect
  }

  /// Makes the table; nothing when it exists.
  var creation: [Command] {
    table.creation(
      """
        repository_id VARCHAR(250) NOT NULL,
        repository_path TEXT,
        version INTEGER,
        PRIMARY KEY (repository_id)
      """)
  }

  /// Puts a repository under version control at `version`.
  func control(_ repository: Repository, at version: Int) -> Command {
    Command(
      """
      INSERT INTO \(name) (repository_id, repository_path, version)
      VALUES (\(dialect.literal(repository.id)), \
      \(dialect.literal(repository.folder.text)), \(version))
      """, requiredChanges: 1)
  }

  /// Takes a repository out of version control.
  func release(_ repository: Repository) -> Command? { release(repository.id) }

  /// Takes the repository with the id out of version control.
  func release(_ id: String) -> Command? {
    guard table.exists else { return nil }
    return Command("DELETE FROM \(name) WHERE repository_id = \(dialect.literal(id))")
  }

  /// Forgets the row of a repository that stands at `version`, in a table that is there by then.
  func forget(_ repository: Repository, standingAt version: Int) -> Command {
    Command(
      """
      DELETE FROM \(name)
      WHERE repository_id = \(dialect.literal(repository.id)) AND version = \(version)
      """)
  }

  /// The change that lets the table hold `version`; `nil` when it can.
  func widening(for version: Int) -> Command? {
    guard version > Self.largestNarrowVersion else { return nil }
    let type = table.columnTypes["version"] ?? "integer"
    return dialect.widening("version", of: name, from: type).map { Command($0) }
  }

  /// Moves the row of a repository; the statement fails when the row is not where we left it.
  func move(_ repository: Repository, from: Int, to: Int) -> Command {
    Command(
      """
      UPDATE \(name) SET version = \(to)
      WHERE repository_id = \(dialect.literal(repository.id)) AND version = \(from)
      """, requiredChanges: 1)
  }

  /// The condition that the repository stands at `version`; one without a row stands at 0.
  func condition(_ repository: Repository, standsAt version: Int) -> String {
    let id = dialect.literal(repository.id)
    return "coalesce((SELECT version FROM \(name) WHERE repository_id = \(id)), 0) = \(version)"
  }

  /// The query for the rows of the repositories with the `ids`, as table, id, version, version; `nil`
  /// while there is no table.
  func query(for ids: [String]) -> String? {
    guard table.exists else { return nil }
    let list = ids.map { dialect.literal($0) }.joined(separator: ", ")
    return """
      SELECT \(dialect.literal(name)), repository_id, version, version, NULL FROM \(name)
      WHERE repository_id IN (\(list))
      """
  }
}
