import Testing

@testable import TroveManage

@Suite struct CreatedObjectTests {
  @Test(arguments: [
    ("CREATE TABLE a (id INTEGER)", "TABLE a"),
    ("create table if not exists Person (id INTEGER)", "TABLE person"),
    ("CREATE UNLOGGED TABLE public.\"Mixed Case\" (id INTEGER)", "TABLE Mixed Case"),
    ("CREATE /* why */ TABLE -- not\n a AS SELECT 1", "TABLE a"),
    ("CREATE OR REPLACE VIEW v AS SELECT 1", "VIEW v"),
    ("CREATE MATERIALIZED VIEW IF NOT EXISTS m AS SELECT 1", "MATERIALIZED VIEW m"),
    ("CREATE OR REPLACE FUNCTION s.f(a int) RETURNS int AS $$ SELECT 1 $$", "FUNCTION f"),
    ("CREATE SEQUENCE q", "SEQUENCE q"),
    ("CREATE TYPE t AS ENUM ('a')", "TYPE t"),
    ("ALTER TABLE IF EXISTS ONLY new_a RENAME TO a", "TABLE a"),
    ("CREATE TABLE \"a\"\"b\" (id INTEGER)", "TABLE a\"b"),
  ])
  func `what a statement creates is known by kind and name`(statement: String, object: String) {
    let created = CreatedObject(Command(statement).text, dialect: .postgresql)
    #expect(created.map { "\($0.kind.rawValue) \($0.name)" } == object)
  }

  @Test(arguments: [
    "CREATE TEMPORARY TABLE a (id INTEGER)", "CREATE TEMP TABLE a (id INTEGER)",
    "CREATE TABLE pg_temp.a (id INTEGER)", "CREATE INDEX i ON a (id)",
    "ALTER TABLE a RENAME COLUMN b TO c", "ALTER TABLE a ADD b INTEGER",
    "DROP TABLE a", "INSERT INTO a VALUES ('CREATE TABLE b')", "CREATE", "CREATE TABLE", "",
  ])
  func `other statements create nothing that stays`(statement: String) {
    #expect(CreatedObject(Command(statement).text, dialect: .postgresql) == nil)
  }

  @Test func `SQLite keeps the case of a name and knows brackets`() {
    let created = CreatedObject(Command("CREATE TABLE [My Table] (a)").text, dialect: .sqlite)
    #expect(created?.name == "My Table")
    #expect(CreatedObject(Command("CREATE TABLE A (a)").text, dialect: .sqlite)?.name == "A")
  }
}
