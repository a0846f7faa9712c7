import Foundation
import Testing
import TroveManage

@Suite struct KilledRunTests {
  @Test(arguments: Engine.allCases, [("run", 0), ("version", 3)])
  func `after a killed run the next one completes`(
    engine: Engine, sample: (scope: String, kept: Int)
  ) throws {
    // The server finishes what it does before it notices that nobody listens.
    let site = try TestSite.stuck(engine, seconds: 4)
    let runner = try site.startUntilStuck(scope: sample.scope)
    runner.send(SIGKILL)
    #expect(try runner.outcome(within: .seconds(30)).status == 137)

    try site.mend()
    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(next.output.contains("Done: \(4 - sample.kept) version"), "\(next.output)")
    #expect(try site.ownTables() == ["a", "b", "p", "q"])
    let journal = try site.database.rows(
      "SELECT repository_id, to_version FROM trove_migrate_journal ORDER BY 1, 2")
    #expect(journal == [["core", "1"], ["core", "2"], ["plugin", "1"], ["plugin", "2"]])
  }

  /// A server looks for its client only when it is told to (client_connection_check_interval).
  @Test func `what the server still does for a killed run does not keep the lock`() throws {
    let site = try TestSite.stuck(.postgresql, seconds: 60, options: "lock_wait = 20")
    let runner = try site.startUntilStuck()
    runner.send(SIGKILL)
    #expect(try runner.outcome(within: .seconds(30)).status == 137)
    try site.mend()
    try site.run("db_sync").expectSuccess()
  }

  @Test func `what a killed run had written to SQLite's file is undone`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.run("db_sync").expectSuccess()
    let file = site.folder.path("test.sqlite")
    let size = try site.contents()["test.sqlite"]?.count
    // More than the cache holds, so that it reaches the file before the commit.
    try site.write(
      "003_c_default_upgrade.sql",
      """
      CREATE TABLE c (x BLOB);
      WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)
      INSERT INTO c SELECT randomblob(10000) FROM n;
      """)
    let runner = try site.start(["db_sync"])
    try waitUntil("ten megabytes") {
      let attributes = try FileManager.default.attributesOfItem(atPath: file)
      return (attributes[.size] as? Int ?? 0) > 10_000_000
    }
    runner.send(SIGKILL)
    #expect(try runner.outcome(within: .seconds(30)).status == 137)
    #expect(FileSystem.kind(of: "\(file)-journal") == .file)

    try site.run("db_version").expectSuccess("2\n")
    #expect(try site.contents()["test.sqlite"]?.count == size)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (x BLOB);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c"])
    #expect(try site.database.rows("PRAGMA integrity_check") == [["ok"]])
  }
}
