import Foundation
import Testing
import TroveManage

/// The journal is history: without it a run goes on, and with a damaged one it says what to take out.
@Suite struct JournalTests {
  private static let journal = "trove_migrate_journal"

  /// A site with two versions done and a third to do, after `statements` in the database.
  private static func site(_ engine: Engine, _ statements: String...) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    for statement in statements { try site.database.execute(statement) }
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    return site
  }

  /// Checks that asking and running both name `facts`, and that what `mend` does is enough.
  private static func expectDamage(
    _ site: TestSite, naming facts: [String], mend: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    for command in ["db_status", "db_sync"] {
      try site.expectFailure(
        4, command, naming: facts + ["hint:", mend], sourceLocation: sourceLocation)
    }
    let json = try site.run("db_status", "--json")
    #expect(json.status == 4, sourceLocation: sourceLocation)
    #expect(try json.document()["ok"] as? Bool == false, sourceLocation: sourceLocation)
    try site.database.execute(mend)
    try site.run("db_status").expectSuccess(sourceLocation: sourceLocation)
    try site.run("db_sync").expectSuccess(sourceLocation: sourceLocation)
    #expect(try site.version() == 3, sourceLocation: sourceLocation)
  }

  /// The table's name as messages and statements write it.
  private static func name(_ engine: Engine) -> String {
    engine == .sqlite ? "main.\"\(journal)\"" : "\"public\".\"\(journal)\""
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `a journal that was dropped is missed once and begins anew`(
    engine: Engine, scope: String
  ) throws {
    let site = try Self.site(engine, "DROP TABLE trove_migrate_journal")
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    #expect(!(try site.run("db_status").messages.contains(Self.journal)))

    let outcome = try site.run("db_sync", "--transaction", scope)
    outcome.expectSuccess()
    let said = "trove_migrate_journal is not there: the history up to now is unknown"
    #expect(outcome.messages.components(separatedBy: said).count == 2, "\(outcome.messages)")
    let rows = try site.database.rows("SELECT from_version, to_version FROM \(Self.journal)")
    #expect(rows == [["2", "3"], ["3", "4"]])
    #expect(!(try site.run("db_sync").messages.contains(Self.journal)))
  }

  @Test(arguments: Engine.allCases)
  func `without anything to do a missing journal is neither missed nor made`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("DROP TABLE trove_migrate_journal")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess("Nothing to do: core is at 2\n")
    #expect(outcome.messages == "")
    #expect(try !site.database.tables().contains(Self.journal))
  }

  @Test(arguments: Engine.allCases)
  func `a database of sqlalchemy-migrate is told that its history is unknown`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.database.execute(
      """
      CREATE TABLE core_version (repository_id VARCHAR(250) NOT NULL, repository_path TEXT,
        version INTEGER, PRIMARY KEY (repository_id))
      """, "INSERT INTO core_version VALUES ('core', '/old/place', 1)")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("\(Self.journal) is not there"), "\(outcome.messages)")
    #expect(!(try site.run("db_sync").messages.contains(Self.journal)))
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `a fresh database has nothing to miss`(engine: Engine, scope: String) throws {
    let site = try TestSite.withTwoVersions(engine)
    let outcome = try site.run("db_sync", "--transaction", scope)
    outcome.expectSuccess()
    #expect(!outcome.messages.contains(Self.journal), "\(outcome.messages)")
  }

  @Test(
    arguments: Engine.allCases,
    [
      ("operation = 'fly'", "'fly'"), ("operation = ''", "''"),
      ("from_version = 7", "from 7 to 2"), ("to_version = -3", "to -3"),
      ("from_version = -9223372036854775807", "-9223372036854775807"),
      ("operation = 'downgrade'", "'downgrade' of 'core' from 1 to 2"),
      ("operation = 'stamp'", "'stamp' of 'core' from 1 to 2"),
      ("operation = 'drop'", "'drop' of 'core' from 1 to 2"),
    ])
  func `a row that no run wrote is named with the way to take it out`(
    engine: Engine, sample: (change: String, fact: String)
  ) throws {
    let change = "UPDATE trove_migrate_journal SET \(sample.change) WHERE to_version = 2"
    let site = try Self.site(engine, change)
    let table = Self.name(engine)
    try Self.expectDamage(
      site, naming: [table, "id 2", sample.fact], mend: "DELETE FROM \(table) WHERE id = 2")
  }

  /// Without constraints, as a table is that was made by CREATE TABLE … AS.
  private static let loose = """
    CREATE TABLE trove_migrate_journal (id INTEGER PRIMARY KEY, run_id TEXT, repository_id TEXT,
      version_table TEXT, operation TEXT, from_version BIGINT, to_version BIGINT, script TEXT,
      checksum TEXT, statements BIGINT, finished_at TEXT, duration_ms BIGINT, run_by TEXT, program TEXT)
    """

  @Test(
    arguments: [
      ("'upgrade'", "'one'", "2", "from 'one' to 2"), ("'upgrade'", "1", "NULL", "to NULL"),
      ("NULL", "1", "2", "NULL of 'core'"), ("'upgrade'", "1.5", "3", "from 1.5"),
      ("x'00ff'", "1", "2", "X'00FF' of 'core'"), ("'upgrade'", "1", "x'02'", "to X'02'"),
      ("'up' || char(27) || 'x'", "1", "2", "'up\u{FFFD}x'"),
      ("'upgrade'", "1", "9.3e18", "to 9.3"),
    ])
  func `on SQLite any value can stand in a row, and what no run wrote is named`(
    sample: (operation: String, from: String, to: String, fact: String)
  ) throws {
    let site = try Self.site(
      .sqlite, "ALTER TABLE trove_migrate_journal RENAME TO old", Self.loose,
      "INSERT INTO trove_migrate_journal SELECT * FROM old", "DROP TABLE old",
      """
      INSERT INTO trove_migrate_journal VALUES (40, '', 'core', 'core_version', \(sample.operation),
        \(sample.from), \(sample.to), '', '', 0, '', 0, '', '')
      """)
    let table = Self.name(.sqlite)
    try Self.expectDamage(
      site, naming: [table, "id 40", sample.fact], mend: "DELETE FROM \(table) WHERE id = 40")
  }

  @Test(arguments: Engine.allCases)
  func `the first of many rows that no run wrote is named, and their number`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, "UPDATE trove_migrate_journal SET operation = 'fly'")
    try site.expectFailure(4, "db_sync", naming: ["id 1 ", "there are 2 such rows"])
  }

  @Test(arguments: Engine.allCases)
  func `a journal without a column of ours is named, and can be put aside`(engine: Engine) throws {
    let site = try Self.site(
      engine, "ALTER TABLE trove_migrate_journal DROP COLUMN checksum",
      "ALTER TABLE trove_migrate_journal DROP COLUMN from_version")
    let table = Self.name(engine)
    try Self.expectDamage(
      site, naming: [table, "checksum, from_version", "only history is lost"],
      mend: "ALTER TABLE \(table) RENAME TO old_journal")
  }

  @Test(arguments: [
    "from_version TYPE text", "to_version TYPE numeric", "operation TYPE integer USING 1",
    "finished_at TYPE integer USING 1", "statements TYPE double precision",
  ])
  func `a column of another type on PostgreSQL is named`(change: String) throws {
    let site = try Self.site(
      .postgresql, "ALTER TABLE trove_migrate_journal ALTER COLUMN \(change)")
    let column = String(change.prefix { $0 != " " })
    let table = Self.name(.postgresql)
    try Self.expectDamage(
      site, naming: [table, "its \(column) is of the type"],
      mend: "ALTER TABLE \(table) RENAME TO old_journal")
  }

  @Test func `a journal that CREATE TABLE AS made on SQLite numbers no rows and is named`() throws {
    let site = try Self.site(
      .sqlite, "ALTER TABLE trove_migrate_journal RENAME TO old",
      "CREATE TABLE trove_migrate_journal AS SELECT * FROM old")
    let table = Self.name(.sqlite)
    try Self.expectDamage(
      site, naming: [table, "its id is of the type INT"],
      mend: "ALTER TABLE \(table) RENAME TO old_journal")
  }

  @Test(arguments: Engine.allCases)
  func `a late version is found among thousands of timestamps`(engine: Engine) throws {
    let site = try TestSite(engine)
    let first = 20_260_101_000_000
    for number in 1...3 {
      try site.write("\(first + number * 100)_t_default_upgrade.sql", "-- \(number)")
    }
    try site.run("db_sync").expectSuccess()
    let series =
      engine == .sqlite
      ? """
      (WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9997)
        SELECT i FROM n)
      """
      : "generate_series(1, 9997) AS n (i)"
    try site.database.execute(
      """
      INSERT INTO trove_migrate_journal (run_id, repository_id, version_table, operation, from_version,
        to_version, script, checksum, statements, finished_at, duration_ms, run_by, program)
      SELECT 'r', 'core', 'core_version', 'upgrade', \(first - 100) - 100 * i, \(first) - 100 * i, 's', 'c',
        1, '2026-01-01', 1, 'r', 'p' FROM \(series)
      """)
    try site.run("db_sync").expectSuccess("Nothing to do: core is at \(first + 300)\n")
    try site.write("\(first + 150)_late_default_upgrade.sql", "-- late")
    let status = try site.run("db_status")
    #expect(status.status == 4)
    #expect(status.output.contains("  0        \(first + 150)  "), "\(status.output)")
  }
}
