/// The side table that remembers scripts outside a transaction until they are done.
///
/// It is made when the first of them runs.
struct ProgressTable: Sendable {
  /// The table's bare name.
  static let tableName = "trove_migrate_progress"

  private static let columns: Set<String> = [
    "version_table", "repository_id", "operation", "from_version", "to_version", "statement",
    "checksum", "mark", "run_id", "begun_at",
  ]

  private let table: Table
  private let dialect: Dialect

  /// The name with its schema, quoted.
  var name: String { table.qualifiedName }
  /// Whether the table exists.
  var exists: Bool { table.exists }

  /// The table as the catalog describes it, be it that it does not exist yet.
  ///
  /// - Throws: ``ProgressError/missingColumns(table:columns:)`` when it lacks columns of ours.
  init(_ table: Table, dialect: Dialect) throws(MigrationError) {
    let missing = table.missing(Self.columns)
    guard missing.isEmpty else {
      throw .progress(.missingColumns(table: table.qualifiedName, columns: missing))
    }
    self.table = table
    self.dialect = dialect
  }

  /// Makes the table; nothing when it exists.
  var creation: [Command] {
    table.creation(
      """
        version_table VARCHAR(63) NOT NULL,
        repository_id VARCHAR(250) NOT NULL,
        operation VARCHAR(16) NOT NULL,
        from_version BIGINT NOT NULL,
        to_version BIGINT NOT NULL,
        statement BIGINT NOT NULL,
        checksum VARCHAR(80) NOT NULL,
        mark TEXT,
        run_id VARCHAR(36) NOT NULL,
        begun_at \(dialect.timestampType) NOT NULL,
        PRIMARY KEY (version_table, repository_id, statement)
      """)
  }

  /// Records that the statement with the number `number`, from 1, of `step` is begun, or done.
  ///
  /// It fails when another runner was faster: with this statement, or with the whole script, which
  /// `condition` tells then.
  func record(
    _ entry: Progress.Entry, number: Int, of step: Step, while condition: String, run: RunIdentity
  ) -> Command {
    let values = [
      dialect.literal(step.repository.versionTable), dialect.literal(step.repository.id),
      dialect.literal(step.operation.rawValue), String(step.from), String(step.to), String(number),
      dialect.literal(entry.checksum), entry.mark.map { dialect.literal($0) } ?? "NULL",
      dialect.literal(run.id), dialect.now,
    ]
    let rows = "SELECT 1 FROM \(name) WHERE \(self.condition(step.repository))"
    let isNext =
      number == 1
      ? "NOT EXISTS (\(rows))"
      : """
      EXISTS (\(rows) AND statement = \(number - 1) AND mark IS NULL)
        AND NOT EXISTS (\(rows) AND statement = \(number))
      """
    return Command(
      """
      INSERT INTO \(name) (
        version_table, repository_id, operation, from_version, to_version, statement, checksum,
        mark, run_id, begun_at
      ) SELECT \(values.joined(separator: ", "))
      WHERE \(condition) AND \(isNext)
      """, requiredChanges: 1)
  }

  /// Records that the statement with the number `number` is done.
  func finish(_ number: Int, of step: Step) -> Command {
    Command(
      """
      UPDATE \(name) SET mark = NULL
      WHERE \(condition(step)) AND statement = \(number) AND mark IS NOT NULL
      """, requiredChanges: 1)
  }

  /// Forgets a statement that was begun, of which nothing is left.
  func withdraw(_ number: Int, of step: Step) -> Command {
    Command(
      "DELETE FROM \(name) WHERE \(condition(step)) AND statement = \(number)", requiredChanges: 1)
  }

  /// Forgets the statements of a step that is done.
  func clear(_ step: Step) -> Command {
    Command(
      "DELETE FROM \(name) WHERE \(condition(step))",
      requiredChanges: step.script.statements.count)
  }

  /// Forgets what was interrupted of a repository.
  func forget(_ repository: Repository) -> [Command] { forget(repository.key) }

  /// Forgets what was interrupted of the repository with the key.
  func forget(_ key: RepositoryKey) -> [Command] {
    guard table.exists else { return [] }
    return [Command("DELETE FROM \(name) WHERE \(condition(key))")]
  }

  /// The query that returns a row when something was interrupted; `nil` while there is no table.
  func query(for key: RepositoryKey) -> String? {
    guard table.exists else { return nil }
    return "SELECT 1 FROM \(name) WHERE \(condition(key)) LIMIT 1"
  }

  /// How the rows of a repository are told from those of another one and from version rows.
  func key(of repository: Repository) -> String { "progress \(repository.versionTable)" }

  /// The query for what is there, as ``key(of:)``, id, statement, version after the script, and a text of
  /// operation, version before, checksum and, while it is not done, mark; `nil` while there is no table.
  var query: String? {
    guard table.exists else { return nil }
    return """
      SELECT 'progress ' || version_table, repository_id, statement, to_version,
        operation || ' ' || from_version || ' ' || checksum || coalesce(' ' || mark, '')
      FROM \(name)
      """
  }

  private func condition(_ step: Step) -> String {
    "\(condition(step.repository)) AND to_version = \(step.to)"
  }

  private func condition(_ repository: Repository) -> String { condition(repository.key) }

  private func condition(_ key: RepositoryKey) -> String {
    """
    version_table = \(dialect.literal(key.versionTable)) \
    AND repository_id = \(dialect.literal(key.id))
    """
  }
}

extension Progress.Entry {
  /// What the column `mark` holds; `nil` for `NULL`.
  fileprivate var mark: String? {
    if case .begun(let mark) = state { mark } else { nil }
  }
}
