import Foundation
import Testing

@testable import TroveManage

/// PostgreSQL's lock table has an end.
@Suite struct LockRoomTests {
  @Test(arguments: [
    ("CREATE TABLE a (id integer)", 1), ("CREATE TABLE a (id integer PRIMARY KEY, note text)", 3),
    ("CREATE TABLE a (id bigserial PRIMARY KEY, name varchar(40) UNIQUE, UNIQUE (id, name))", 5),
    ("CREATE INDEX i ON a (id)", 1), ("CREATE UNIQUE INDEX i ON a (id)", 1),
    ("CREATE VIEW v AS SELECT 1", 1),
    ("DROP TABLE a", 1), ("INSERT INTO a VALUES (1, 'create table')", 0),
    ("CREATE TEMPORARY TABLE a (id integer)", 0), ("CREATE TYPE mood AS ENUM ('text')", 0),
  ])
  func `what a statement locks for good is counted`(text: String, count: Int) throws {
    let script = try Script(path: "x.sql", text: Array(text.utf8), dialect: .postgresql)
    #expect(script.statements.map(\.locks) == [count])
  }

  /// The private server has room for some 14,000 locks; what the program counts is what it holds.
  @Test func `a transaction that would lock too much is refused before it begins`() throws {
    var core: [String: String] = [:]
    for version in 1...30 {
      let tables = (1...500).map { "CREATE TABLE t\(version)_\($0) (id integer PRIMARY KEY);\n" }
      core[String(format: "%03d_x_default_upgrade.sql", version)] = tables.joined()
    }
    let site = try TestSite(.postgresql, core)
    let before = try site.database.tables()
    for arguments in [["db_sync"], ["db_sync", "--dry_run"]] {
      try site.run(arguments).expectFailure(
        1,
        naming: [
          "would keep at least 30000 tables and indexes locked", "--transaction version",
          "max_locks_per_transaction", "nothing was run",
        ])
    }
    #expect(try site.database.tables() == before)
    try site.run("db_version_control").expectSuccess()
    try site.run("db_upgrade", "--version", "1").expectSuccess()
    #expect(try site.database.tables().filter { $0.hasPrefix("t1_") }.count == 500)
  }
}
