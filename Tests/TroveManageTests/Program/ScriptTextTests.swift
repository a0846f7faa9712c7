import Testing
import TroveManage

/// What stands in a script is what the engine gets.
@Suite struct ScriptTextTests {
  /// A literal as a script writes it, and the bytes that it stands for.
  static let literals: [(literal: String, bytes: String)] = [
    ("'100 %'", "100 %"),
    ("'%s %d %% %(name)s'", "%s %d %% %(name)s"),
    ("':name :1 ::2'", ":name :1 ::2"),
    ("'? ?? $1 @p #{x}'", "? ?? $1 @p #{x}"),
    ("'a;;b; -- c /* d'", "a;;b; -- c /* d"),
    ("'one\r\ntwo\nthree\rfour'", "one\r\ntwo\nthree\rfour"),
    ("'C:\\temp\\new'", "C:\\temp\\new"),
    ("'it''s \\'", "it's \\"),
    ("'${option} $$ $x$'", "${option} $$ $x$"),
    ("'begin; commit; end;'", "begin; commit; end;"),
    ("'ä€😀\u{301}\u{FEFF}'", "ä€😀\u{301}\u{FEFF}"),
    ("' \t '", " \t "),
  ]

  @Test(arguments: Engine.allCases, literals)
  func `a literal is stored byte for byte`(
    engine: Engine, sample: (literal: String, bytes: String)
  ) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE v (x TEXT);
        INSERT INTO v VALUES (\(sample.literal));
        """
      ])
    try site.run("db_sync").expectSuccess()
    let stored = try site.database.rows("SELECT \(engine.hexadecimal("x")) FROM v")
    let digits = "0123456789ABCDEF".map(String.init)
    let bytes = sample.bytes.utf8.map { digits[Int($0) >> 4] + digits[Int($0) & 15] }.joined()
    #expect(stored == [[bytes]])
  }

  @Test(arguments: Engine.allCases)
  func `columns may be called begin, end and commit`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE v ("begin" INTEGER, "end" INTEGER, "commit" INTEGER, "rollback" INTEGER);
        INSERT INTO v ("begin", "end", "commit", "rollback") VALUES (1, 2, 3, 4);
        UPDATE v SET
          "begin" = CASE WHEN "end" = 2 THEN 5 ELSE 6 END,
          "commit" = 7;
        """
      ])
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(!outcome.messages.contains("warning"))
    #expect(try site.database.rows("SELECT * FROM v") == [["5", "2", "7", "4"]])
  }

  @Test(arguments: Engine.allCases)
  func `empty statements and comments are nothing`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql":
          ";;\n;-- a; b\nCREATE TABLE v (x INTEGER);;; /* ; */ ;\nINSERT INTO v VALUES (5 % 3);; -- end"
      ])
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT x FROM v") == [["2"]])
  }

  @Test func `SQLite's triggers reach it whole`() throws {
    let site = try TestSite(
      .sqlite,
      [
        "001_a_sqlite_upgrade.sql": """
        CREATE TABLE v (x INTEGER, "end" INTEGER);
        CREATE TRIGGER g AFTER INSERT ON v WHEN new.x > 0 BEGIN
          UPDATE v SET "end" = CASE WHEN x > 1 THEN 1 ELSE 2 END; -- END;
          INSERT INTO v VALUES (-new.x, 0);
        END;
        INSERT INTO v VALUES (3, 0);
        """
      ])
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT * FROM v ORDER BY x") == [["-3", "0"], ["3", "1"]])
  }

  @Test func `PostgreSQL's operators and bodies reach it whole`() throws {
    let site = try TestSite(
      .postgresql,
      [
        "001_a_postgresql_upgrade.sql": """
        CREATE TABLE v (x INTEGER, y TEXT);
        INSERT INTO v SELECT 17 % 5, 'b' WHERE '{"a": 1}'::jsonb ? 'a' AND '{a}'::text[] @> '{a}';
        CREATE FUNCTION one() RETURNS text LANGUAGE plpgsql AS $body$
        BEGIN
          -- COMMIT; ' $$
          RETURN format('%s;%I', 'a', 'B');
        END;
        $body$;
        CREATE FUNCTION two(a integer) RETURNS integer LANGUAGE sql
        BEGIN ATOMIC
          SELECT 1;
          SELECT CASE WHEN a > 0 THEN 2 ELSE 3 END;
        END;
        INSERT INTO v SELECT two(1), one() || E'\\n\\'' || U&'\\00e4';
        """
      ])
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT * FROM v") == [["2", "b"], ["2", "a;\"B\"\n'ä"]])
  }

  @Test(arguments: Engine.allCases)
  func `a script of CRLF lines keeps them in what it stores`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql":
          "\u{FEFF}CREATE TABLE v (\r\n  x TEXT\r\n);\r\nINSERT INTO v\r\nVALUES ('a\r\n');\r\n"
      ])
    try site.run("db_sync").expectSuccess()
    let stored = try site.database.rows("SELECT \(engine.hexadecimal("x")) FROM v")
    #expect(stored == [["610D0A"]])
  }
}

extension Engine {
  /// The expression for the bytes of a text in hexadecimal capitals.
  fileprivate func hexadecimal(_ column: String) -> String {
    switch self {
    case .sqlite: "hex(CAST(\(column) AS BLOB))"
    case .postgresql: "upper(encode(convert_to(\(column), 'UTF8'), 'hex'))"
    }
  }
}
