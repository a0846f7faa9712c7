import Testing

@testable import TroveManage

@Suite struct TransactionRoleTests {
  private static func roles(_ text: String, _ dialect: Dialect) throws -> [TransactionRole] {
    try Script(path: "x.sql", text: Array(text.utf8), dialect: dialect).statements.map(\.role)
  }

  private static let table = CatalogName(name: "t")

  @Test(arguments: [
    (
      "CREATE INDEX CONCURRENTLY i ON t (a)",
      LoneStatement.createIndex(CatalogName(name: "i"), on: table)
    ),
    (
      "create unique index concurrently if not exists I on only s.\"T\" using btree (a)",
      .createIndex(CatalogName(name: "i"), on: CatalogName(schema: "s", name: "T"))
    ),
    ("CREATE INDEX CONCURRENTLY ON t (a)", .createIndex(nil, on: table)),
    ("CREATE /* c */ INDEX -- c\n CONCURRENTLY ON ONLY t (a)", .createIndex(nil, on: table)),
    ("DROP INDEX CONCURRENTLY IF EXISTS s.i", .dropIndex(CatalogName(schema: "s", name: "i"))),
    ("REINDEX TABLE t", .reindex(.table(table))),
    ("REINDEX TABLE CONCURRENTLY t", .reindex(.table(table))),
    ("REINDEX (VERBOSE, TABLESPACE x) INDEX CONCURRENTLY t", .reindex(.index(table))),
    ("REINDEX (CONCURRENTLY) INDEX t", .reindex(.index(table))),
    ("REINDEX SCHEMA CONCURRENTLY s", .reindex(.everything)),
    ("REINDEX DATABASE d", .reindex(.everything)),
    (
      "ALTER TABLE IF EXISTS ONLY t DETACH PARTITION s.p CONCURRENTLY",
      .detach(partition: CatalogName(schema: "s", name: "p"), from: table)
    ),
    ("CREATE DATABASE d TEMPLATE t", .create(.database, name: "d")),
    ("CREATE TABLESPACE d LOCATION '/x'", .create(.tablespace, name: "d")),
    ("CREATE SUBSCRIPTION d CONNECTION '' PUBLICATION p", .create(.subscription, name: "d")),
    ("DROP DATABASE IF EXISTS d WITH (FORCE)", .drop(.database, name: "d")),
    ("DROP TABLESPACE d", .drop(.tablespace, name: "d")),
    ("VACUUM", .repeatable), ("VACUUM (ANALYZE) t", .repeatable), ("CLUSTER", .repeatable),
    ("ALTER SYSTEM SET work_mem = '8MB'", .repeatable),
    ("ALTER DATABASE d SET TABLESPACE x", .repeatable),
    ("ALTER SUBSCRIPTION d REFRESH PUBLICATION", .repeatable),
  ])
  func `PostgreSQL refuses these inside a transaction`(text: String, lone: LoneStatement) throws {
    #expect(try Self.roles(text, .postgresql) == [.lone(lone)])
  }

  @Test(arguments: [
    "CREATE INDEX i ON t (a)", "CREATE TABLE concurrently (id INTEGER)", "DROP INDEX i",
    "DROP TABLE t", "ALTER TABLE t DETACH PARTITION p", "ALTER TABLE t DETACH PARTITION p FINALIZE",
    "ALTER TABLE t ADD COLUMN vacuum INTEGER", "ALTER DATABASE d SET work_mem = '8MB'",
    "ALTER SUBSCRIPTION d DISABLE", "DISCARD TEMP", "REFRESH MATERIALIZED VIEW CONCURRENTLY m",
    "ANALYZE t", "INSERT INTO t VALUES ('VACUUM')", "CREATE TYPE e AS ENUM ('a')",
    "ALTER TYPE e RENAME VALUE 'a' TO 'b'", "ALTER TYPE e ADD ATTRIBUTE a INTEGER",
    "CREATE DATABASE", "CREATE INDEX CONCURRENTLY", "DO $$ BEGIN EXECUTE 'VACUUM'; END $$",
  ])
  func `other statements of PostgreSQL share a transaction`(text: String) throws {
    #expect(try Self.roles(text, .postgresql) == [.ordinary])
  }

  @Test func `a value of a type can be used after the commit`() throws {
    let text =
      "ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x'; alter type \"E\" add value 'y' before 'x'"
    #expect(try Self.roles(text, .postgresql) == [.typeValue, .typeValue])
  }

  @Test func `settings change nothing but the session`() throws {
    let text = "SET work_mem = '8MB'; RESET ALL; SET ROLE x; SET search_path = a, b"
    #expect(try Self.roles(text, .postgresql) == [.setting, .setting, .setting, .setting])
    let pragmas = "PRAGMA foreign_keys = ON; PRAGMA journal_mode; PRAGMA main.cache_size(10)"
    #expect(try Self.roles(pragmas, .sqlite) == [.setting, .setting, .setting])
  }

  @Test(arguments: [
    "VACUUM", "vacuum main INTO 'x'", "PRAGMA journal_mode = WAL",
    "PRAGMA main.journal_mode(delete)",
    "PRAGMA wal_checkpoint(TRUNCATE)", "PRAGMA wal_checkpoint", "PRAGMA synchronous = OFF",
    "PRAGMA temp_store = MEMORY",
  ])
  func `SQLite refuses these inside a transaction`(text: String) throws {
    #expect(try Self.roles(text, .sqlite) == [.lone(.repeatable)])
    // The engine itself agrees, or says nothing but does nothing.
    let connection = try SQLiteConnection(.memory)
    try connection.begin(LockWait(limit: .zero))
    let before = try connection.rows("PRAGMA journal_mode")
    try? connection.execute([Command(text)])
    #expect(try connection.rows("PRAGMA journal_mode") == before)
  }

  @Test(arguments: [
    ("DISCARD ALL", Dialect.postgresql, "give away the lock"),
    ("PRAGMA journal_mode = OFF", .sqlite, "SQLite's journal"),
    ("pragma main . \"Journal_Mode\" (memory)", .sqlite, "SQLite's journal"),
    ("PRAGMA /* fast */ journal_mode = 'off'", .sqlite, "SQLite's journal"),
  ])
  func `what a run cannot do without is not taken from it`(
    text: String, dialect: Dialect, fact: String
  ) throws {
    let error = #expect(throws: ScriptError.self) { try Self.roles("-- x\n \(text);", dialect) }
    #expect(error?.description.hasPrefix("x.sql:2:2: ") == true)
    #expect(error?.description.contains(fact) == true)
  }

  @Test func `REINDEX and CLUSTER of SQLite are ordinary`() throws {
    let text = "REINDEX t; ANALYZE; CREATE INDEX concurrently ON t (a); ALTER TABLE t RENAME TO u"
    #expect(try Self.roles(text, .sqlite) == [.ordinary, .ordinary, .ordinary, .ordinary])
  }
}
