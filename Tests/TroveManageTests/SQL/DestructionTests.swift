import Testing
import TroveManage

@Suite struct DestructionTests {
  private static func kinds(_ text: String, _ dialect: Dialect) throws -> [[Destruction]] {
    try Script(path: "a.sql", text: Array(text.utf8), dialect: dialect).destructions.map(\.kinds)
  }

  @Test(
    arguments: [
      ("DROP TABLE IF EXISTS a", [Destruction.dropTable]),
      (
        "alter table only a.b drop c, add d integer, ALTER e TYPE text",
        [.dropColumn, .alterColumnType]
      ),
      ("ALTER TABLE a ALTER COLUMN type SET DATA TYPE numeric(10, 2)", [.alterColumnType]),
      ("ALTER TABLE a DROP COLUMN IF EXISTS b", [.dropColumn]),
      ("ALTER TYPE a DROP ATTRIBUTE b", [.dropColumn]),
      ("DROP SCHEMA a CASCADE", [.dropSchema]),
      ("DROP MATERIALIZED VIEW a", [.dropMaterializedView]),
      ("DROP FUNCTION a() CASCADE", [.dropCascade]),
      ("TRUNCATE a, b", [.truncate]),
      ("DELETE FROM a", [.deleteAll]),
      ("UPDATE a SET b = (SELECT 1 FROM c WHERE d = 2)", [.updateAll]),
      ("WITH x AS (SELECT 1 WHERE true) DELETE FROM a USING x", [.deleteAll]),
      (
        "WITH x AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM x WHERE true",
        [.deleteAll]
      ),
      ("DELETE /* WHERE */ FROM \"where\"", [.deleteAll]),
    ])
  func `what takes something away is named`(text: String, expected: [Destruction]) throws {
    #expect(try Self.kinds(text, .postgresql) == [expected])
  }

  @Test(
    arguments: [
      "CREATE TABLE a (b integer REFERENCES c ON DELETE CASCADE)", "DELETE FROM a WHERE b = 1",
      "UPDATE a SET b = 1 WHERE c = '" + String(repeating: "x ", count: 200) + "'",
      "INSERT INTO a (update, \"set\") VALUES (1, 2) ON CONFLICT (b) DO UPDATE SET c = 1",
      "SELECT * FROM a FOR UPDATE", "GRANT DELETE ON a TO b", "DROP INDEX a", "DROP VIEW a",
      "ALTER TABLE a ALTER b DROP NOT NULL, ALTER c SET DEFAULT 1, DROP CONSTRAINT d",
      "ALTER TABLE a RENAME COLUMN type TO drop_me", "ALTER TABLE a ADD COLUMN b integer",
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS 'DELETE FROM a'",
      "WITH x AS (UPDATE a SET b = 1 WHERE c = 2 RETURNING *) SELECT * FROM x",
    ])
  func `what takes nothing away is not`(text: String) throws {
    #expect(try Self.kinds(text, .postgresql) == [])
  }

  @Test func `the statement's place is known, and a trigger's body is no statement`() throws {
    let text = """
      CREATE TRIGGER t AFTER DELETE ON a BEGIN DELETE FROM b; END;
        DROP TABLE [c];
      """
    let script = try Script(path: "a.sql", text: Array(text.utf8), dialect: .sqlite)
    let found = script.destructions
    #expect(found.map { "\($0.statement.location)" } == ["a.sql:2:3"])
  }
}
