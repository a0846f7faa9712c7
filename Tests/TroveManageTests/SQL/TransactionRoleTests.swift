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
    (
      "CREATE /* c */ INDEX -- c\n CONCURRENTLY \"É\"\"x\" ON ONLY Émile (a)",
      .createIndex(
        CatalogName(name: "É\"x"), on: CatalogName(name: "Émile".replacing("E", with: "e")))
    ),
    ("DROP INDEX CONCURRENTLY IF EXISTS s.i", .dropIndex(CatalogName(schema: "s", name: "i"))),
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
    ("CLUSTER VERBOSE", .repeatable),
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

  @Test(arguments: [
    ("REINDEX TABLE t", LoneStatement.reindex(.table(table))),
    ("REINDEX (VERBOSE) INDEX t", .reindex(.index(table))),
    ("CLUSTER t USING i", .repeatable), ("cluster verbose t", .repeatable),
  ])
  func `PostgreSQL refuses these for partitioned tables`(text: String, lone: LoneStatement) throws {
    #expect(try Self.roles(text, .postgresql) == [.rebuild(Self.table, lone)])
  }

  @Test(arguments: [
    "CREATE TEMP TABLE x (a INT)", "create or replace temporary view v AS SELECT 1",
    "CREATE LOCAL TEMPORARY TABLE x ()", "CREATE TABLE pg_temp.x ()", "PREPARE p AS SELECT 1",
    "DECLARE c CURSOR WITH HOLD FOR SELECT 1", "SELECT 1 AS a INTO TEMP x",
  ])
  func `what lasts as long as the session is known`(text: String) throws {
    #expect(try Self.roles(text, .postgresql) == [.bound(.session)])
  }

  @Test(arguments: [
    "SAVEPOINT s", "RELEASE s", "ROLLBACK TO s", "LOCK TABLE t", "SET LOCAL search_path = s",
    "SET CONSTRAINTS ALL DEFERRED", "SET TRANSACTION READ ONLY",
  ])
  func `what belongs to a transaction is known`(text: String) throws {
    #expect(try Self.roles(text, .postgresql) == [.bound(.transaction)])
  }

  @Test func `what lasts as long as SQLite's session or transaction is known`() throws {
    let text =
      "CREATE TEMP TABLE x (a); CREATE TEMPORARY VIEW v AS SELECT 1; SAVEPOINT s; RELEASE s"
    #expect(
      try Self.roles(text, .sqlite)
        == [.bound(.session), .bound(.session), .bound(.transaction), .bound(.transaction)])
  }

  @Test func `names are folded and cut as the server does`() throws {
    let long = String(repeating: "é", count: 40)
    let text = "DROP INDEX CONCURRENTLY \(long); DROP INDEX CONCURRENTLY ABC_É"
    let cut = CatalogName(name: String(repeating: "é", count: 31))
    #expect(
      try Self.roles(text, .postgresql)
        == [.lone(.dropIndex(cut)), .lone(.dropIndex(CatalogName(name: "abc_É")))])
  }

  @Test func `a value of a type can be used after the commit`() throws {
    let text =
      "ALTER TYPE s.e ADD VALUE IF NOT EXISTS 'x'; alter type \"E\" add value 'y' before 'x'"
    #expect(try Self.roles(text, .postgresql) == [.typeValue, .typeValue])
  }

  @Test func `settings change nothing but the session`() throws {
    let text = """
      SET work_mem = '8MB'; RESET ALL; SET ROLE x; SET search_path = a, b;
      SELECT pg_catalog.set_config('search_path', '', false); LOAD 'x'
      """
    let roles = try Self.roles(text, .postgresql)
    #expect(roles == Array(repeating: .setting, count: 6))
    let pragmas = "PRAGMA foreign_keys = ON; PRAGMA main.cache_size(10)"
    #expect(try Self.roles(pragmas, .sqlite) == [.setting, .setting])
  }

  @Test func `a pragma that writes into the file is a statement like others`() throws {
    let text =
      "PRAGMA user_version = 5; PRAGMA main.application_id = 1; PRAGMA journal_mode; PRAGMA optimize"
    #expect(try Self.roles(text, .sqlite) == [.ordinary, .ordinary, .ordinary, .ordinary])
  }

  @Test(arguments: [
    ("VACUUM", LoneStatement.repeatable), ("vacuum main", .repeatable),
    ("PRAGMA journal_mode = WAL", .repeatable), ("PRAGMA main.journal_mode(delete)", .repeatable),
    ("PRAGMA wal_checkpoint(TRUNCATE)", .repeatable), ("PRAGMA wal_checkpoint", .repeatable),
    ("PRAGMA synchronous = OFF", .setting),
  ])
  func `SQLite refuses these inside a transaction`(text: String, lone: LoneStatement) throws {
    #expect(try Self.roles(text, .sqlite) == [.lone(lone)])
  }

  @Test(arguments: ["VACUUM", "PRAGMA synchronous = OFF"])
  func `the engine itself says so`(text: String) throws {
    let connection = try SQLiteConnection(.memory)
    try connection.begin(LockWait(limit: .zero))
    #expect(throws: DatabaseError.self) { try connection.execute([Command(text)]) }
  }

  @Test(arguments: [
    ("DISCARD ALL", Dialect.postgresql, "give away the lock"),
    ("CREATE INDEX CONCURRENTLY ON t (a)", .postgresql, "needs a name"),
    ("create unique index concurrently on t (a)", .postgresql, "needs a name"),
    ("VACUUM INTO 'x'", .sqlite, "a copy of the database"),
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
