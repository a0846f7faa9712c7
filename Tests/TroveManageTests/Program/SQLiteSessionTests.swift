import Foundation
import Testing
import TroveManage

/// What a script does to a SQLite session does not reach the bookkeeping, the next script or the file.
@Suite struct SQLiteSessionTests {
  /// Core at version 1 with two rows, then `first`, then a script that changes the rows.
  private static func site(_ first: String, options: String = "") throws -> TestSite {
    let site = try TestSite(
      .sqlite,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);
        INSERT INTO a VALUES (1, 'one'), (2, 'two');
        """
      ], options: options)
    try site.run("db_sync").expectSuccess()
    try site.write("002_b_default_upgrade.sql", first)
    try site.write("003_c_default_upgrade.sql", "UPDATE a SET x = 'new';")
    return site
  }

  @Test(arguments: ["main.core_version", "main.trove_migrate_journal"])
  func `a temporary trigger on a table of our own is refused`(table: String) throws {
    let site = try Self.site("CREATE TEMP TRIGGER t AFTER UPDATE ON \(table) BEGIN SELECT 1; END;")
    let facts = [site.script("002_b_default_upgrade.sql"), "adds a trigger to"]
    try site.run("db_sync", "--transaction", "version").expectFailure(1, naming: facts)
    #expect(try site.version() == 1)
  }

  @Test(
    arguments: [
      "PRAGMA query_only = ON;", "PRAGMA busy_timeout = 1;", "PRAGMA locking_mode = EXCLUSIVE;",
      "PRAGMA writable_schema = ON;", "PRAGMA foreign_keys = ON;", "pragma main . query_only (1);",
      "CREATE TEMP TABLE core_version (repository_id, repository_path, version);",
      "CREATE TEMP TABLE trove_migrate_journal (x);", "CREATE TEMP TABLE a (id, x);",
      "CREATE TEMP VIEW core_version AS SELECT 'core' AS repository_id, 7 AS version;",
      "CREATE TEMP VIEW trove_migrate_journal AS SELECT 1 AS x;",
      "SAVEPOINT s; INSERT INTO a VALUES (3, 'three'); DELETE FROM a WHERE id = 3;",
    ], ["run", "version"])
  func `what a script leaves in the session is gone for the next one and the bookkeeping`(
    first: String, scope: String
  ) throws {
    let site = try Self.site(first)
    try site.run("db_sync", "--transaction", scope).expectSuccess()
    #expect(try site.version() == 3)
    #expect(try site.database.rows("SELECT id, x FROM a") == [["1", "new"], ["2", "new"]])
    let journal = try site.database.rows(
      "SELECT from_version, to_version FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["0", "1"], ["1", "2"], ["2", "3"]])
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 3\n")
  }

  /// Without a journal SQLite leaves a damaged file behind when such a run fails.
  @Test(arguments: [
    "PRAGMA journal_mode = OFF;", "pragma main.journal_mode(memory);",
    "-- fast\nPRAGMA /* yes */ Journal_Mode='off';",
  ])
  func `a script cannot switch off what undoes it`(pragma: String) throws {
    let site = try Self.site(
      """
      \(pragma)
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)
      INSERT INTO a SELECT i + 10, randomblob(5000) FROM n;
      DELETE FROM a WHERE id < 3000;
      SELECT nowhere;
      """)
    try site.expectFailure(
      1, "db_sync",
      naming: [
        site.script("002_b_default_upgrade.sql"), "a script cannot do without",
        "hint:",
      ])
    #expect(try site.database.rows("PRAGMA integrity_check") == [["ok"]])
  }

  @Test(arguments: ["ATTACH", "/* x */ attach DATABASE", "DETACH"])
  func `a script cannot reach another database`(word: String) throws {
    let other = word == "DETACH" ? "main" : "'other.sqlite' AS other"
    let site = try Self.site("\(word) \(other);")
    try site.expectFailedStep(
      "db_sync", naming: [site.script("002_b_default_upgrade.sql"), "attach or detach"])
  }

  /// The commit waits for a reader with our patience, not with the script's.
  @Test func `a busy_timeout of a script does not shorten the wait for a reader`() throws {
    let site = try Self.site("PRAGMA busy_timeout = 0;", options: "lock_wait = 60")
    let reader = try site.database.connect()
    _ = try reader.rows("BEGIN")
    _ = try reader.rows("SELECT count(*) FROM a")
    let runner = try site.start(["db_sync"])
    Thread.sleep(forTimeInterval: 1)
    #expect(runner.process.isRunning)
    _ = try reader.rows("COMMIT")
    try runner.outcome(within: .seconds(30)).expectSuccess()
  }
}
