import Foundation
import Testing
import TroveManage

/// SQLite's journal modes, and readers in other processes beside a run.
@Suite struct SQLiteModeTests {
  private static let modes = SQLiteRebuildTests.modes

  /// A site at its first version whose second writes more than the cache holds when `size` is large.
  private static func site(mode: String, wait: String, rows: Int) throws -> TestSite {
    let site = try TestSite(
      .sqlite, ["001_a_default_upgrade.sql": "CREATE TABLE a (x BLOB);"],
      options: "lock_wait = \(wait)")
    try site.run("db_sync").expectSuccess()
    try SQLiteRebuildTests.setMode(mode, of: site)
    try site.write(
      "002_b_default_upgrade.sql",
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < \(rows))
      INSERT INTO a SELECT randomblob(10000) FROM n;
      """)
    return site
  }

  @Test func `a reader does not disturb a run in WAL mode, and sees what it saw`() throws {
    let site = try Self.site(mode: "wal", wait: "0", rows: 1000)
    let reader = try site.database.connect()
    _ = try reader.rows("BEGIN")
    #expect(try reader.rows("SELECT count(*) FROM a") == [[.integer(0)]])
    try site.run("db_sync").expectSuccess()
    #expect(try reader.rows("SELECT count(*) FROM a") == [[.integer(0)]])
    _ = try reader.rows("COMMIT")
    #expect(try reader.rows("SELECT count(*) FROM a") == [[.integer(1000)]])
    #expect(try site.database.rows("PRAGMA journal_mode") == [["wal"]])
  }

  /// With few rows the commit meets the reader, with many the script does, when the cache is full.
  @Test(arguments: ["delete", "truncate", "persist"], [1, 1000])
  func `a reader in a rollback mode is waited for, and then the run is undone`(
    mode: String, rows: Int
  ) throws {
    let site = try Self.site(mode: mode, wait: "1", rows: rows)
    let reader = try site.database.connect()
    _ = try reader.rows("BEGIN")
    _ = try reader.rows("SELECT count(*) FROM a")
    let start = ContinuousClock.now
    let outcome = try site.start(["db_sync"]).outcome(within: .seconds(30))
    outcome.expectFailure(75, naming: [site.folder.path("test.sqlite"), "hint:", "core: 1"])
    #expect(ContinuousClock.now - start >= .seconds(1))
    #expect(try reader.rows("SELECT count(*) FROM a") == [[.integer(0)]])
    _ = try reader.rows("COMMIT")
    #expect(try site.version() == 1)
    #expect(try site.database.rows("SELECT count(*) FROM a") == [["0"]])
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT count(*) FROM a") == [["\(rows)"]])
  }

  @Test(arguments: ["delete", "truncate", "persist"], [1, 1000])
  func `a reader in a rollback mode that ends in time does no harm`(mode: String, rows: Int) throws
  {
    let site = try Self.site(mode: mode, wait: "60", rows: rows)
    let reader = try site.database.connect()
    _ = try reader.rows("BEGIN")
    _ = try reader.rows("SELECT count(*) FROM a")
    let runner = try site.start(["db_sync"])
    Thread.sleep(forTimeInterval: 1)
    #expect(runner.process.isRunning)
    _ = try reader.rows("COMMIT")
    try runner.outcome(within: .seconds(30)).expectSuccess()
    #expect(try site.database.rows("SELECT count(*) FROM a") == [["\(rows)"]])
  }

  @Test(arguments: modes)
  func `a disk that is full is named, and there is a next run`(mode: String) throws {
    let disk = try SmallDisk()
    let site = try TestSite(
      .sqlite,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE a (id INTEGER PRIMARY KEY, x TEXT);
        INSERT INTO a VALUES (1, 'one'), (2, 'two');
        """
      ])
    let file = "\(disk.path)/trove.sqlite"
    try site.writeConf(url: "sqlite:///\(file)")
    try site.run("db_sync").expectSuccess()
    try SQLiteRebuildTests.setMode(mode, ofFile: file)
    let before = try Self.dump(file)
    try site.write(
      "002_b_default_upgrade.sql",
      """
      UPDATE a SET x = 'changed';
      CREATE TABLE b (x BLOB);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)
      INSERT INTO b SELECT zeroblob(1000) FROM n;
      """)
    try disk.fill(leaving: 512 * 1024)

    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: [file, "full", "make room", "core: 1"])
    #expect(!outcome.messages.contains("002_b_default_upgrade.sql:"), "\(outcome.messages)")
    #expect(try Self.dump(file) == before)

    try disk.makeRoom()
    try site.run("db_sync").expectSuccess()
    let database = try SQLiteConnection(.file(Path(file)))
    #expect(try database.rows("SELECT count(*) FROM b") == [[.integer(1500)]])
    #expect(try database.rows("PRAGMA integrity_check") == [[.text("ok")]])
  }

  /// Every table's definition and rows.
  private static func dump(_ file: String) throws -> [String] {
    let database = try SQLiteConnection(.file(Path(file)))
    let schema = try database.rows("SELECT sql FROM sqlite_schema ORDER BY name")
    let tables = try database.tableNames()
    let rows = try tables.map { try database.rows("SELECT * FROM \"\($0)\"").description }
    return schema.map(\.description) + tables + rows
  }

  @Test(arguments: ["delete", "wal"])
  func `a file that is replaced during a run is noticed`(mode: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("PRAGMA journal_mode = \(mode)")
    try site.write(
      "003_c_default_upgrade.sql",
      """
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000)
      SELECT max(i) FROM n;
      """)
    let file = site.folder.path("test.sqlite")
    try FileManager.default.copyItem(atPath: file, toPath: "\(file).copy")
    let observer = try site.database.connect()
    let runner = try site.start(["db_sync"])
    try waitUntil("the lock") { try TestSite.isLocked(observer) }
    try FileManager.default.moveItem(atPath: file, toPath: "\(file).old")
    try FileManager.default.moveItem(atPath: "\(file).copy", toPath: file)
    let outcome = try runner.outcome(within: .seconds(60))
    outcome.expectFailure(
      1, naming: ["\(file): somebody has moved, replaced or removed", "hint: "])
  }
}
