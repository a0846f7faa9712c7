import Foundation
import Testing

@testable import TroveManage

/// What is known of a catalog without looking at all of it.
@Suite struct CatalogMarksTests {
  /// A database with a few objects, and a session in a transaction that has looked at it.
  private static func transaction(
    on engine: Engine
  ) throws -> (database: TestDatabase, connection: any Connection, catalog: MarkedCatalog) {
    let database = try TestDatabase(engine)
    try database.execute(
      "CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT DEFAULT 'x')",
      "CREATE INDEX a_name ON a (name)",
      "CREATE TABLE b (id INTEGER PRIMARY KEY, a INTEGER REFERENCES a (id))")
    if engine == .postgresql {
      try database.execute(
        "CREATE DOMAIN short AS TEXT",
        "CREATE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "CREATE TYPE mood AS ENUM ('good')", "CREATE SEQUENCE counter",
        "CREATE VIEW names AS SELECT name FROM a",
        "COMMENT ON CONSTRAINT a_pkey ON a IS 'the key'")
    }
    let connection = try database.connect()
    try connection.begin(LockWait(limit: .seconds(5)))
    return (database, connection, try MarkedCatalog(on: connection))
  }

  @Test(arguments: Engine.allCases)
  func `growth and a new look at everything agree`(engine: Engine) throws {
    var statements = [
      "CREATE TABLE c (id INTEGER PRIMARY KEY, size INTEGER DEFAULT 3 CHECK (size > 0), note TEXT)",
      "CREATE INDEX a_both ON a (name, id)", "INSERT INTO b VALUES (1, NULL)",
    ]
    if engine == .postgresql {
      statements += [
        "CREATE TABLE d (id BIGSERIAL PRIMARY KEY, c INTEGER REFERENCES c (id), b INTEGER REFERENCES b (id))",
        "ALTER TABLE b ADD COLUMN size INTEGER",
        "CREATE VIEW sizes AS SELECT size FROM c",
        "CREATE SEQUENCE other", "CREATE RULE quiet AS ON DELETE TO c DO INSTEAD NOTHING",
      ]
    }
    let (database, connection, before) = try Self.transaction(on: engine)
    for statement in statements {
      try connection.execute([Command(statement)], bookkeeping: [])
      var grown = before
      grown.take(try #require(try before.growth(on: connection), "\(statement)"))
      let all = Dictionary(uniqueKeysWithValues: try connection.marks().marks.map { ($0.name, $0) })
      #expect(grown.marks.count == all.count)
      for mark in grown.marks { #expect(mark == all[mark.name], "\(statement)") }
    }
    connection.rollback()
    _ = database
  }

  @Test(arguments: [
    "GRANT SELECT ON a TO PUBLIC", "GRANT SELECT (name) ON a TO PUBLIC",
    "CREATE OR REPLACE FUNCTION one() RETURNS int LANGUAGE sql AS 'SELECT 2'",
    "DROP FUNCTION one()",
    "GRANT EXECUTE ON FUNCTION one() TO PUBLIC", "COMMENT ON TABLE a IS 'mine'",
    "COMMENT ON FUNCTION one() IS 'mine'", "CREATE TYPE other AS ENUM ('x')",
    "ALTER TYPE mood RENAME VALUE 'good' TO 'bad'", "CREATE DOMAIN long AS TEXT",
    "ALTER DOMAIN short ADD CHECK (VALUE <> '')", "ALTER DOMAIN short SET DEFAULT 'x'",
    "DROP TABLE b",
    "DROP INDEX a_name", "ALTER TABLE a RENAME TO z", "ALTER TABLE b DROP COLUMN a",
    "CREATE SCHEMA other",
    "GRANT USAGE ON SCHEMA public TO PUBLIC", "ALTER FUNCTION one() RENAME TO two",
    "UPDATE pg_class SET relacl = NULL WHERE relname = 'a'",
    "CREATE STATISTICS s ON id, name FROM a", "SET LOCAL track_counts = off",
    "CREATE TABLE c (id INTEGER DEFAULT 1); GRANT INSERT ON a TO PUBLIC",
  ])
  func `what no lock of a table tells is looked for everywhere`(script: String) throws {
    let (database, connection, before) = try Self.transaction(on: .postgresql)
    _ = try connection.rows(script)
    #expect(try before.growth(on: connection) == nil)
    connection.rollback()
    _ = database
  }

  @Test(arguments: Engine.allCases)
  func `a place is left when anybody else has committed`(engine: Engine) throws {
    let (database, connection, _) = try Self.transaction(on: engine)
    connection.rollback()
    func place() throws -> CatalogPlace? {
      try connection.begin(LockWait(limit: .seconds(5)))
      defer { connection.rollback() }
      return try connection.catalogPlace()
    }
    let first = try place()
    try database.execute("INSERT INTO a VALUES (1, 'x')")
    let second = try place()
    #expect(first == nil || first != second)
  }

  /// Its number is lower than those of transactions that have ended since.
  @Test func `there is no place while somebody else writes`() throws {
    let (database, connection, _) = try Self.transaction(on: .postgresql)
    connection.rollback()
    let other = try database.connect()
    _ = try other.rows("BEGIN; INSERT INTO a VALUES (1, 'x')")
    try connection.begin(LockWait(limit: .seconds(5)))
    try connection.execute([Command("CREATE TABLE c (id INTEGER)")], bookkeeping: [])
    #expect(try connection.marks().place == nil)
    connection.rollback()
    _ = try other.rows("COMMIT")
  }
}
