/// Statements that PostgreSQL refuses.
enum PostgreSQLSamples {
  typealias Case = StatementErrorTests.Case

  static let all = places + texts + runTime

  /// The server knows the place.
  private static let places = [
    Case(
      .postgresql, "a syntax error in line 17",
      String(repeating: "SELECT 1;\n", count: 16) + "SELEC 2;\nSELECT 3;", at: "17:1",
      naming: "syntax error", "\"SELEC\"", "42601", "SELEC 2"),
    Case(
      .postgresql, "an unknown type in the middle of a statement",
      "CREATE TABLE x (\n  id INTEGER,\n  name VARCAR(20)\n);", at: "3:8",
      naming: "\"varcar\" does not exist", "42704", "CREATE TABLE x (", "name VARCAR(20)"),
    Case(
      .postgresql, "an unknown column", "UPDATE t SET\n  nam = 'x';", at: "2:3",
      naming: "\"nam\"", "42703"),
    Case(
      .postgresql, "an unknown table", "SELECT 1; SELECT * FROM nowhere;", at: "1:25",
      naming: "\"nowhere\" does not exist", "42P01"),
    Case(
      .postgresql, "an unknown function", "SELECT lower(1, 2);", at: "1:8",
      naming: "lower(integer, integer)", "42883", "hint: No function matches"),
    Case(
      .postgresql, "a statement that does not end", "SELECT 1;\nSELECT (2", at: "2:10",
      naming: "syntax error", "42601"),
  ]

  /// What stands before the statement must not move the place.
  private static let texts = [
    Case(
      .postgresql, "behind characters of many bytes", "SELECT 'äöü€😀'; SELECT nope;", at: "1:24",
      naming: "\"nope\""),
    Case(
      .postgresql, "in a statement with characters of many bytes",
      "SELECT 1;\nSELECT 'äöü€😀',\n  '€', nope;", at: "3:8", naming: "\"nope\""),
    Case(
      .postgresql, "behind a body in dollar quotes",
      "DO $body$\nBEGIN\n  PERFORM 1; -- '\nEND;\n$body$;\n  SELECT nope;", at: "6:10",
      naming: "\"nope\""),
    Case(
      .postgresql, "behind nested comments", "/* a /* b;\n */ c; ' */ SELECT /* d */ nope;",
      at: "2:28", naming: "\"nope\""),
    Case(
      .postgresql, "behind lines that end with CRLF", "SELECT 1;\r\n\r\n  SELECT\r\n    nope;\r\n",
      at: "4:5", naming: "\"nope\""),
    Case(
      .postgresql, "behind a byte order mark", "\u{FEFF}SELECT nope;", at: "1:8", naming: "nope"),
    Case(
      .postgresql, "behind a byte order mark and a comment", "\u{FEFF}-- ä\r\nSELECT nope;",
      at: "2:8", naming: "nope"),
    Case(
      .postgresql, "behind a variable", "-- migrate: variables\nSELECT ${migrate.lock_wait}, nope;",
      at: "2:30", naming: "${migrate.lock_wait}, nope"),
    Case(
      .postgresql, "behind statements that are left out",
      "BEGIN;\nSELECT 1;\nCOMMIT;\nSELECT nope;",
      at: "4:8", naming: "nope"),
  ]

  /// The server does not know the place: it is the statement's.
  private static let runTime = [
    Case(
      .postgresql, "a key that is there",
      "SELECT 1;\n\n  INSERT INTO t VALUES (2, 'two'), (1, 'uno');",
      at: "3:3", naming: "t_pkey", "detail: Key (id)=(1) already exists.", "23505", "(1, 'uno')"),
    Case(
      .postgresql, "a NULL", "INSERT INTO t (id)\nVALUES (3);", at: "1:1", naming: "\"name\"",
      "detail: Failing row contains (3, null).", "23502"),
    Case(
      .postgresql, "a check", "SELECT 1;INSERT INTO t VALUES (100, 'x');", at: "1:10",
      naming: "t_id_check", "23514"),
    Case(
      .postgresql, "a foreign key", "\nINSERT INTO child VALUES (42);", at: "2:1",
      naming: "child_t_fkey", "detail: Key (t)=(42) is not present in table \"t\".", "23503"),
    Case(
      .postgresql, "a division by zero", "/* € */ SELECT 1;\nSELECT\n  id / 0 FROM t;", at: "2:1",
      naming: "division by zero", "22012"),
    Case(
      .postgresql, "a text that is too long", "SELECT 1;\nUPDATE t SET name = repeat('x', 21);",
      at: "2:1", naming: "character varying(20)", "22001"),
    Case(
      .postgresql, "a RAISE in a block",
      """
      SELECT 1;
      DO $$
      BEGIN
        RAISE EXCEPTION 'no room for %', 'you'
          USING DETAIL = 'The house is full.', HINT = 'Come back later.';
      END $$;
      """,
      at: "2:1", naming: "no room for you", "P0001", "detail: The house is full.",
      "hint: Come back later.", "line 3 at RAISE", "DO $$"),
    Case(
      .postgresql, "a trigger that refuses",
      """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE EXCEPTION 'not today'; END $$;
      CREATE TRIGGER guard BEFORE DELETE ON t FOR EACH ROW EXECUTE FUNCTION refuse();
      DELETE FROM t;
      """,
      at: "4:1", naming: "not today", "refuse()", "P0001", "DELETE FROM t"),
  ]
}
