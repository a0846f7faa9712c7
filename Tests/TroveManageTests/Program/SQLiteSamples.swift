/// Statements that SQLite refuses.
enum SQLiteSamples {
  typealias Case = StatementErrorTests.Case

  static let all = places + texts + runTime

  /// SQLite knows the place.
  private static let places = [
    Case(
      .sqlite, "a syntax error in line 17",
      String(repeating: "SELECT 1;\n", count: 16) + "SELEC 2;\nSELECT 3;", at: "17:1",
      naming: "syntax error", "\"SELEC\"", "SELEC 2"),
    Case(
      .sqlite, "a syntax error in the middle of a statement",
      "CREATE TABLE x (\n  id INTEGER,\n  name VARCHAR 20)\n);", at: "3:16", naming: "syntax error",
      "CREATE TABLE x (", "name VARCHAR 20)"),
    Case(.sqlite, "an unknown column", "SELECT id,\n  nam FROM t;", at: "2:3", naming: "nam"),
    Case(
      .sqlite, "an unknown function", "SELECT 1; SELECT lowercase('A');", at: "1:18",
      naming: "lowercase"),
  ]

  /// What stands before the statement must not move the place.
  private static let texts = [
    Case(
      .sqlite, "behind characters of many bytes", "SELECT 'äöü€😀'; SELECT nope;", at: "1:24",
      naming: "nope"),
    Case(
      .sqlite, "in a statement with characters of many bytes",
      "SELECT 1;\nSELECT 'äöü€😀',\n  '€', nope;", at: "3:8", naming: "nope"),
    Case(
      .sqlite, "behind a trigger",
      "CREATE TRIGGER g AFTER INSERT ON t\nBEGIN\n  SELECT 1; -- '\nEND;\n  SELECT nope;",
      at: "5:10", naming: "nope"),
    Case(
      .sqlite, "behind a comment", "/* a /* b;\n c; ' */ SELECT /* d */ nope;", at: "2:25",
      naming: "nope"),
    Case(
      .sqlite, "behind lines that end with CRLF", "SELECT 1;\r\n\r\n  SELECT\r\n    nope;\r\n",
      at: "4:5", naming: "nope"),
    Case(.sqlite, "behind a byte order mark", "\u{FEFF}SELECT nope;", at: "1:8", naming: "nope"),
    Case(
      .sqlite, "behind a byte order mark and a comment", "\u{FEFF}-- ä\r\nSELECT nope;", at: "2:8",
      naming: "nope"),
    Case(
      .sqlite, "behind a variable", "-- migrate: variables\nSELECT ${migrate.lock_wait}, nope;",
      at: "2:30", naming: "${migrate.lock_wait}, nope"),
    Case(
      .sqlite, "behind statements that are left out", "BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT nope;",
      at: "4:8", naming: "nope"),
  ]

  /// SQLite does not know the place: it is the statement's.
  private static let runTime = [
    Case(
      .sqlite, "a key that is there", "SELECT 1;\n\n  INSERT INTO t VALUES (2, 'two'), (1, 'uno');",
      at: "3:3", naming: "t.id", "SQLITE_CONSTRAINT_PRIMARYKEY", "(1, 'uno')"),
    Case(
      .sqlite, "a NULL", "INSERT INTO t (id)\nVALUES (3);", at: "1:1", naming: "t.name",
      "SQLITE_CONSTRAINT_NOTNULL"),
    Case(
      .sqlite, "a check", "SELECT 1;INSERT INTO t VALUES (100, 'x');", at: "1:10",
      naming: "id < 100", "SQLITE_CONSTRAINT_CHECK"),
    Case(
      .sqlite, "an overflow", "/* € */ SELECT 1;\nSELECT\n  abs(-9223372036854775808) FROM t;",
      at: "2:1", naming: "integer overflow"),
    Case(
      .sqlite, "an unknown table", "SELECT 1;\nSELECT * FROM nowhere;", at: "2:1",
      naming: "no such table", "nowhere"),
    Case(
      .sqlite, "a statement that does not end", "SELECT 1;\nSELECT (2", at: "2:1",
      naming: "incomplete input"),
    Case(
      .sqlite, "a trigger that refuses",
      """
      CREATE TRIGGER guard BEFORE DELETE ON t
      BEGIN SELECT RAISE(ABORT, 'not today'); END;
      SELECT 1;
      DELETE FROM t;
      """,
      at: "4:1", naming: "not today", "SQLITE_CONSTRAINT_TRIGGER", "DELETE FROM t"),
  ]
}
