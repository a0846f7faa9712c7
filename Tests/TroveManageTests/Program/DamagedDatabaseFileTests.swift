import Foundation
import Testing
import TroveManage

/// Files that were a database once, and places where nothing can be written.
@Suite struct DamagedDatabaseFileTests {
  private static let second = """
    UPDATE a SET v = v || 'x';
    DELETE FROM a WHERE id < 100;
    """

  /// A site at version 1 of some 300 kB with an index, and a second version to do.
  private static func site() throws -> (site: TestSite, file: String) {
    let site = try TestSite(
      .sqlite,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE a (id INTEGER PRIMARY KEY, v TEXT);
        CREATE INDEX a_v ON a (v);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
        INSERT INTO a SELECT i, 'the value number ' || i FROM n;
        """
      ])
    try site.run("db_sync").expectSuccess()
    try site.write("002_b_default_upgrade.sql", second)
    return (site, site.folder.path("test.sqlite"))
  }

  /// Overwrites or cuts the file.
  private static func change(_ file: String, _ body: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(filePath: file))
    body(&data)
    try data.write(to: URL(filePath: file))
  }

  @Test(arguments: [50, 4096, 30_000, 150_000])
  func `a file that was cut is named and left alone`(size: Int) throws {
    let (site, file) = try Self.site()
    try Self.change(file) { $0 = $0.prefix(size) }
    for command in ["db_sync", "db_status", "db_version"] {
      try site.expectFailure(
        1, command, naming: ["error: \(file): ", "hint:", "restore it from a backup"])
    }
  }

  @Test(arguments: ["a", "a_v"])
  func `a page that is damaged is found when it is written, and the run is undone`(
    object: String
  ) throws {
    let (site, file) = try Self.site()
    let page = try site.database.rows(
      "SELECT rootpage FROM sqlite_schema WHERE name = '\(object)'")[0][0].flatMap { Int($0) }
    let start = (try #require(page) - 1) * 4096
    try Self.change(file) {
      $0.replaceSubrange(start..<start + 4096, with: Data(repeating: 0x5A, count: 4096))
    }
    try site.run("db_status").expectSuccess()
    try site.expectFailure(
      1, "db_sync",
      naming: ["error: \(file): ", "malformed", "restore it from a backup", "core: 1"])
  }

  @Test func `an index that lacks rows is found when they go, and REINDEX mends it`() throws {
    let (site, file) = try Self.site()
    try site.database.execute(
      "DROP INDEX a_v", "CREATE INDEX a_v ON a (v) WHERE id > 200", "PRAGMA writable_schema = ON",
      "UPDATE sqlite_schema SET sql = 'CREATE INDEX a_v ON a (v)' WHERE name = 'a_v'")
    try site.expectFailure(
      1, "db_sync",
      naming: ["error: \(file): ", "SQLITE_CORRUPT_INDEX", "REINDEX", "core: 1"])
    try site.database.execute("REINDEX")
    try site.run("db_sync").expectSuccess()
  }

  @Test func `a schema that cannot be read is named`() throws {
    let (site, file) = try Self.site()
    try site.database.execute(
      "PRAGMA writable_schema = ON",
      "UPDATE sqlite_schema SET sql = 'CREATE INDEXX a_v ON a (v)' WHERE name = 'a_v'")
    for command in ["db_sync", "db_status", "db_version"] {
      try site.expectFailure(1, command, naming: ["error: \(file): ", "a_v", "hint:"])
    }
  }

  /// Puts a copy of a database in WAL mode in the file's place, as a crash leaves it: the latest rows are in
  /// the log alone.
  private static func leaveLog(_ site: TestSite, _ file: String) throws {
    let writer = try site.database.connect()
    _ = try writer.rows("PRAGMA journal_mode = wal")
    _ = try writer.rows("INSERT INTO a VALUES (9999, 'in the log')")
    let endings = ["", "-wal", "-shm"]
    let copies = try endings.map { try Data(contentsOf: URL(filePath: file + $0)) }
    _ = try writer.rows("PRAGMA journal_mode = delete")
    for (ending, copy) in zip(endings, copies) { try copy.write(to: URL(filePath: file + ending)) }
  }

  @Test func `a log that a crash left is read and goes on`() throws {
    let (site, file) = try Self.site()
    try Self.leaveLog(site, file)
    try site.run("db_sync").expectSuccess()
    let rows = try site.database.rows("SELECT v FROM a WHERE id = 9999")
    #expect(rows == [["in the logx"]])
    #expect(try site.database.rows("PRAGMA journal_mode") == [["wal"]])
  }

  @Test(arguments: ["-wal", "-shm"])
  func `a file beside the database that may not be read is named`(ending: String) throws {
    let (site, file) = try Self.site()
    try Self.leaveLog(site, file)
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: file + ending)
    let before = try Data(contentsOf: URL(filePath: file))
    for command in ["db_sync", "db_status"] {
      try HumbleProgram.run("--config-file", site.conf, command)
        .expectFailure(1, naming: ["error: \(file): ", "hint:", file + ending])
    }
    #expect(try Data(contentsOf: URL(filePath: file)) == before)
  }

  @Test func `without its log a database in WAL mode is what it was at the last checkpoint`() throws
  {
    let (site, file) = try Self.site()
    try Self.leaveLog(site, file)
    try FileManager.default.removeItem(atPath: "\(file)-wal")
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT count(*) FROM a") == [["4901"]])
    #expect(try site.database.rows("PRAGMA integrity_check") == [["ok"]])
  }

  @Test func `a database in WAL mode in a folder that may not be written says what it needs`()
    throws
  {
    let (site, file) = try Self.site()
    _ = try site.database.rows("PRAGMA journal_mode = wal")
    let closed = site.folder.path("closed")
    try FileManager.default.createDirectory(
      atPath: closed, withIntermediateDirectories: false, attributes: nil)
    try FileManager.default.moveItem(atPath: file, toPath: "\(closed)/t.sqlite")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: closed)
    try site.writeConf(url: "sqlite:///\(closed)/t.sqlite")
    let before = try site.contents()
    for command in ["db_sync", "db_status"] {
      try HumbleProgram.run("--config-file", site.conf, command)
        .expectFailure(1, naming: ["\(closed)/t.sqlite: ", "hint:", "folder", "t.sqlite-wal"])
    }
    #expect(try site.contents() == before)
  }

  @Test func `a file that may only be read is enough when there is nothing to do`() throws {
    let (site, file) = try Self.site()
    try FileManager.default.setAttributes([.posixPermissions: 0o444], ofItemAtPath: file)
    let before = try site.contents()
    try HumbleProgram.run("--config-file", site.conf, "db_sync")
      .expectFailure(1, naming: ["error: \(file): ", "readonly", "who may write", "core: 1"])
    #expect(try site.contents() == before)
    try site.folder.remove("core/versions/002_b_default_upgrade.sql")
    try HumbleProgram.run("--config-file", site.conf, "db_sync")
      .expectSuccess("Nothing to do: core is at 1\n")
  }

  @Test func `a disk that may only be read is enough when there is nothing to do`() throws {
    let (site, file) = try Self.site()
    let disk = try SmallDisk()
    let copy = "\(disk.path)/trove.sqlite"
    try FileManager.default.copyItem(atPath: file, toPath: copy)
    try disk.forbidWriting()
    try site.writeConf(url: "sqlite:///\(copy)")
    try site.expectFailure(
      1, "db_sync", naming: ["error: \(copy): ", "readonly", "who may write", "core: 1"])
    try site.folder.remove("core/versions/002_b_default_upgrade.sql")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 1\n")
    try site.run("db_status").expectSuccess()
  }
}
