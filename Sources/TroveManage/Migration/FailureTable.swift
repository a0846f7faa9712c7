/// The side table that remembers steps that failed.
///
/// The step itself was rolled back and is not in the journal. The table is made by the first failure in
/// a database that has a journal, and keeps the newest rows only.
struct FailureTable {
  /// The table's bare name.
  static let tableName = "trove_migrate_failures"

  /// How many rows are kept: whatever restarts a run that fails must not fill the database.
  static let capacity = 1000

  private static let columns: Set<String> = [
    "id", "run_id", "repository_id", "version_table", "operation", "from_version", "to_version",
    "script", "line", "message", "failed_at", "run_by", "program",
  ]

  let table: Table
  private let dialect: Dialect

  /// The table as the catalog describes it, be it that it does not exist yet.
  ///
  /// - Throws: ``SideTableError/missingColumns(table:purpose:columns:)`` when it lacks columns of ours.
  init(_ table: Table, dialect: Dialect) throws(SideTableError) {
    try SideTableError.check(table, has: Self.columns, for: .failures)
    self.table = table
    self.dialect = dialect
  }

  /// Makes the table; nothing when it exists.
  var creation: [Command] {
    table.creation(
      """
        id \(dialect.numberedKey),
        run_id VARCHAR(36) NOT NULL,
        repository_id VARCHAR(250) NOT NULL,
        version_table VARCHAR(63) NOT NULL,
        operation VARCHAR(16) NOT NULL,
        from_version BIGINT NOT NULL,
        to_version BIGINT NOT NULL,
        script VARCHAR(255) NOT NULL,
        line BIGINT,
        message TEXT NOT NULL,
        failed_at \(dialect.timestampType) NOT NULL,
        run_by TEXT NOT NULL,
        program TEXT NOT NULL
      """)
  }

  /// Records `failure`, and forgets the oldest.
  func record(_ failure: StepFailure, of run: RunIdentity) -> [Command] {
    let step = failure.step
    let values = [
      dialect.literal(run.id), dialect.literal(step.repository.id),
      dialect.literal(step.repository.versionTable), dialect.literal(step.operation.rawValue),
      String(step.from), String(step.to), dialect.literal(Path(step.script.path).name),
      failure.line.map(String.init) ?? "NULL", dialect.literal(failure.message), dialect.now,
      dialect.literal(run.runBy), dialect.literal(run.program),
    ]
    let name = table.qualifiedName
    return [
      Command(
        """
        INSERT INTO \(name) (
          run_id, repository_id, version_table, operation, from_version, to_version, script, line, message,
          failed_at, run_by, program
        ) VALUES (\(values.joined(separator: ", ")))
        """, requiredChanges: 1),
      Command(
        "DELETE FROM \(name) WHERE id <= (SELECT max(id) FROM \(name)) - \(Self.capacity)"),
    ]
  }
}
