import Testing
import TroveManage

/// The rules read tokens, not characters.
@Suite struct RepoCheckTextTests {
  /// The rules that a version for `engine` breaks, which comes after one that makes the table `a`.
  private func rules(
    _ engine: Engine, _ upgrade: String, downgrade: String = "-- Nothing."
  ) throws -> [String] {
    let folder = try TestFolder()
    let table = "CREATE TABLE a (id INTEGER PRIMARY KEY, b VARCHAR(9), c INTEGER);"
    try folder.writeRepository(
      "repo",
      scripts: [
        "001_a_\(engine.rawValue)_upgrade.sql": table,
        "001_a_\(engine.rawValue)_downgrade.sql": "DROP TABLE a;",
        "002_b_\(engine.rawValue)_upgrade.sql": upgrade,
        "002_b_\(engine.rawValue)_downgrade.sql": downgrade,
      ])
    let outcome = try TestProgram.run(
      "repo_check", "--repo_path", "repo", "--json", folder: folder.path)
    let found = try #require(try outcome.document()["diagnostics"] as? [[String: Any]])
    return found.compactMap { $0["rule"] as? String }
  }

  @Test(arguments: Engine.allCases)
  func `comments, strings and names in quotes fool no rule`(engine: Engine) throws {
    let script = """
      /* DROP TABLE a; TRUNCATE a; */
      UPDATE a SET b = 'DROP TABLE a; UPDATE a SET b = 1' WHERE id = 1; -- DELETE FROM a;
      UPDATE a SET b = 'it''s -- WHERE' WHERE id = 2;
      DELETE FROM a /* no WHERE */ WHERE b = ');';
      ALTER TABLE a ADD COLUMN "not null" INTEGER;
      INSERT INTO a (id, b) VALUES (3, 'SELECT * FROM a');
      """
    #expect(try rules(engine, script) == [])
  }

  @Test(arguments: Engine.allCases)
  func `a WHERE in a comment, a string or a subquery is none`(engine: Engine) throws {
    #expect(try rules(engine, "DELETE FROM a -- WHERE id = 1\n;") == ["delete-without-where"])
    #expect(try rules(engine, "UPDATE a SET b = 'WHERE';") == ["update-without-where"])
    #expect(
      try rules(engine, "UPDATE a SET b = (SELECT max(b) FROM a WHERE id = 1);") == [
        "update-without-where"
      ])
  }

  @Test func `bodies in dollar quotes fool no rule`() throws {
    let script = """
      CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $body$
      BEGIN
        DELETE FROM a; DROP TABLE a; LOCK TABLE a; TRUNCATE a CASCADE;
      END;
      $body$;
      COMMENT ON FUNCTION f() IS $$VACUUM FULL; GRANT ALL TO me; "x$$;
      """
    #expect(try rules(.postgresql, script) == [])
  }

  @Test func `a trigger's statements are not the script's`() throws {
    let script = """
      CREATE TRIGGER t AFTER UPDATE ON a BEGIN
        DELETE FROM a; UPDATE a SET b = NULL;
      END;
      """
    #expect(try rules(.sqlite, script) == [])
  }

  @Test(arguments: Engine.allCases)
  func `a table is found again however its name is written`(engine: Engine) throws {
    let schema = engine == .sqlite ? "main" : "public"
    for name in ["a", "A", "\"a\"", "\(schema).a", "\(schema) . \"a\""] {
      #expect(
        try rules(engine, "ALTER TABLE \(name) ADD COLUMN d INTEGER NOT NULL;") == [
          "not-null-without-default"
        ])
    }
    let made =
      "CREATE TABLE N (id INTEGER PRIMARY KEY);\nALTER TABLE \"n\" ADD COLUMN d INTEGER NOT NULL;"
    #expect(try rules(engine, made, downgrade: "DROP TABLE n;") == [])
  }

  @Test func `dangers to rows are none of a downgrade's, but what fails is`() throws {
    let script =
      "ALTER TABLE a DROP COLUMN b;\nDELETE FROM a;\nALTER TABLE a ADD COLUMN d INTEGER NOT NULL;"
    #expect(
      try rules(.postgresql, "-- Nothing.", downgrade: script) == ["not-null-without-default"])
  }

  @Test func `each change of one statement is looked at`() throws {
    let script = """
      ALTER TABLE a
        ADD COLUMN d NUMERIC(9, 2) NOT NULL,
        ALTER COLUMN b TYPE VARCHAR(5),
        ADD CONSTRAINT e CHECK (c IN (1, 2)),
        DROP COLUMN c;
      """
    #expect(
      try rules(.postgresql, script) == [
        "not-null-without-default", "column-type-change", "check-validates", "drop-column",
      ])
  }

  @Test func `after what cannot be read the rest is`() throws {
    let script = "\\i x\nLOCK TABLE a;\nCOPY a FROM stdin;\n1\tit's\n\\.\nROLLBACK;\nTRUNCATE a;"
    #expect(
      try rules(.postgresql, script) == [
        "shell-command", "lock-table", "copy-from-stdin", "rollback", "truncate",
      ])
  }
}
