internal import FoundationEssentials

/// The side table that remembers what ran, when, by whom and from which text.
///
/// A database without it has lost history, not correctness.
struct Journal: Sendable {
  /// The table's bare name.
  static let tableName = "trove_migrate_journal"

  /// What to say when the table is missing and versions are not.
  static let forgottenWarning =
    "\(tableName) is not there: the history up to now is unknown; it begins anew"

  let table: Table
  let dialect: Dialect

  /// The table as the catalog describes it, be it that it does not exist yet.
  ///
  /// - Throws: ``JournalError`` when its columns are not ours.
  init(_ table: Table, dialect: Dialect) throws(JournalError) {
    try Self.check(table, dialect: dialect)
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
        checksum VARCHAR(80) NOT NULL,
        statements BIGINT NOT NULL,
        finished_at \(dialect.timestampType) NOT NULL,
        duration_ms BIGINT NOT NULL,
        run_by TEXT NOT NULL,
        program TEXT NOT NULL
      """)
  }

  /// How long something took.
  enum Time {
    /// From then on until it is recorded, by the engine's clock.
    case since(Date)
    /// What was measured.
    case measured(Duration)
  }

  /// Records `entry`, which took `time`.
  func record(_ entry: Entry, of run: RunIdentity, taking time: Time) -> Command {
    let milliseconds =
      switch time {
      case .since(let start):
        dialect.milliseconds(since: start.journalText, orLastRowOf: table.qualifiedName)
      case .measured(let duration): String(duration.milliseconds)
      }
    let values = [
      dialect.literal(run.id), dialect.literal(entry.key.id),
      dialect.literal(entry.key.versionTable),
      dialect.literal(entry.operation), String(entry.from), String(entry.to),
      dialect.literal(entry.script), dialect.literal(entry.checksum), String(entry.statements),
      dialect.now,
      milliseconds,
      dialect.literal(run.runBy),
      dialect.literal(run.program),
    ]
    return Command(
      """
      INSERT INTO \(table.qualifiedName) (
        run_id, repository_id, version_table, operation, from_version, to_version, script, checksum, statements,
        finished_at, duration_ms, run_by, program
      ) VALUES (\(values.joined(separator: ", ")))
      """, requiredChanges: 1)
  }
}

extension Journal {
  /// Something that happened to a repository's version.
  struct Entry {
    let key: RepositoryKey
    /// `upgrade` or `downgrade` by a script, `repeatable`, `before_sync` or `after_sync` by one without a version,
    /// `stamp` without one, `drop` of everything, `detach` when the
    /// repository was forgotten and its tables stayed, `drift` when a schema was accepted as it is, `repair`
    /// when the script's file was.
    let operation: String
    let from: Int
    let to: Int
    var script = ""
    var checksum = ""
    var statements = 0

    private init(
      repository: Repository, operation: String, from: Int, to: Int, script: String = "",
      checksum: String = "", statements: Int = 0
    ) {
      key = repository.key
      self.operation = operation
      self.from = from
      self.to = to
      self.script = script
      self.checksum = checksum
      self.statements = statements
    }

    private init(key: RepositoryKey, operation: String, from: Int, to: Int) {
      self.key = key
      self.operation = operation
      self.from = from
      self.to = to
    }

    /// A version that was set without a script.
    static func stamp(_ repository: Repository, at version: Int) -> Self {
      Self(repository: repository, operation: "stamp", from: 0, to: version)
    }

    /// A repository whose tables were dropped.
    static func drop(_ repository: Repository, at version: Int) -> Self {
      Self(repository: repository, operation: "drop", from: version, to: 0)
    }

    /// A repository that was forgotten, while its tables stayed.
    static func detach(_ key: RepositoryKey, at version: Int) -> Self {
      Self(key: key, operation: "detach", from: version, to: 0)
    }

    /// A script whose text was accepted in the place of the one that ran.
    static func repair(_ script: EditedScript) -> Self {
      Self(
        repository: script.repository, operation: "repair", from: script.version,
        to: script.version, script: script.script, checksum: script.checksum)
    }

    /// A schema that was changed outside migrations and is accepted as it is.
    static func drift(_ repository: Repository, at version: Int) -> Self {
      Self(repository: repository, operation: "drift", from: version, to: version)
    }

    /// A step that has been done.
    static func step(_ step: Step) -> Self {
      Self(
        repository: step.repository, operation: step.operation.rawValue, from: step.from,
        to: step.to, script: Path(step.script.path).name, checksum: step.checksum,
        statements: step.script.statementCount)
    }
  }
}

extension Journal {
  /// The query for upgrades that jumped over numbers since the repository was last stamped, dropped or
  /// forgotten,
  /// as ``jumpKey(of:)``, id, from, to; `nil` while there is no table.
  var jumps: String? {
    guard table.exists else { return nil }
    return """
      SELECT 'jump ' || jump.version_table, jump.repository_id, from_version, to_version, NULL
      FROM \(table.qualifiedName) AS jump
      \(joiningLast("'stamp', 'drop', 'detach'", to: "jump"))
      WHERE operation = 'upgrade' AND coalesce(last.id < jump.id, TRUE)
        AND CASE WHEN from_version >= 0 AND to_version > from_version
          THEN to_version - from_version > 1 END
      """
  }

  /// Joins the newest row of one of `operations` of the same repository to the row `row`, as `last`.
  func joiningLast(_ operations: String, to row: String) -> String {
    """
    LEFT JOIN (
      SELECT repository_id, version_table, max(id) AS id FROM \(table.qualifiedName)
      WHERE operation IN (\(operations)) GROUP BY repository_id, version_table
    ) AS last
      ON last.repository_id = \(row).repository_id AND last.version_table = \(row).version_table
    """
  }

  /// How the jumps of a repository are told from those of another one and from version rows.
  func jumpKey(of repository: Repository) -> String { "jump \(repository.versionTable)" }

  /// The query that returns a row when a run has done `step`.
  func query(for step: Step, ofRun id: String) -> String {
    """
    SELECT 1 FROM \(table.qualifiedName)
    WHERE run_id = \(dialect.literal(id)) AND repository_id = \(dialect.literal(step.repository.id))
      AND version_table = \(dialect.literal(step.repository.versionTable))
      AND from_version = \(step.from) AND to_version = \(step.to)
      AND operation = \(dialect.literal(step.operation.rawValue))
      AND script = \(dialect.literal(Path(step.script.path).name))
    """
  }

  /// The query for the version that the last upgrade past `version` went to: `version` itself, unless it
  /// was jumped over.
  func lastUpgrade(past version: Int, of repository: Repository) -> String {
    """
    SELECT to_version FROM \(table.qualifiedName)
    WHERE operation = 'upgrade' AND repository_id = \(dialect.literal(repository.id))
      AND version_table = \(dialect.literal(repository.versionTable))
      AND from_version < \(version) AND to_version >= \(version)
    ORDER BY id DESC LIMIT 1
    """
  }
}

/// Who runs what: the part of a journal row that is the same for a whole run.
public struct RunIdentity: Sendable {
  /// A UUID of the run's own.
  public let id: String
  /// `user@host` of the operating system.
  public let runBy: String
  /// The program and its version.
  public let program: String

  /// An identity made of its parts.
  public init(id: String, runBy: String, program: String) {
    self.id = id
    self.runBy = runBy
    self.program = program
  }
}

extension Date {
  /// The time as the journal's clock arithmetic reads it: ISO 8601 in UTC, with milliseconds.
  fileprivate var journalText: String {
    formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }
}
