import Testing
import TroveManage

@Suite struct StatementTests {
  private func statement(
    _ text: String, dialect: Dialect = .postgresql, value: String = "x"
  ) throws -> Statement {
    let script = try Script(path: "a.sql", text: Array(text.utf8), dialect: dialect) { _ in value }
    return try #require(script.statements.last)
  }

  private func place(_ location: TextLocation) -> String {
    "\(location.line):\(location.column ?? 0)"
  }

  @Test(arguments: [
    (1, "2:3"), (8, "2:10"), (9, "2:11"), (11, "2:13"), (13, "3:1"), (16, "3:4"), (17, "3:5"),
    (99, "3:5"), (0, "2:3"), (-1, "2:3"),
  ])
  func `a character counts as one whatever its bytes`(position: Int, expected: String) throws {
    let statement = try statement("SELECT 1;\n  SELECT '☃🙂'\nFROM;")
    #expect(place(statement.location(ofCharacter: position)) == expected)
  }

  @Test(arguments: [(0, "2:3"), (8, "2:11"), (11, "2:12"), (17, "3:1"), (21, "3:5"), (99, "3:5")])
  func `a byte offset counts from zero`(offset: Int, expected: String) throws {
    let statement = try statement("SELECT 1;\n  SELECT '☃🙂'\nFROM;", dialect: .sqlite)
    #expect(place(statement.location(ofByte: offset)) == expected)
  }

  // The engine reads `SELECT 'it''s', 'it''s', no`.
  @Test(arguments: [
    (6, "2:7"), (7, "2:8"), (8, "2:8"), (13, "2:8"), (14, "2:20"), (15, "2:21"), (16, "2:22"),
    (22, "2:22"), (23, "2:32"), (25, "2:34"), (26, "2:35"), (27, "2:36"),
  ])
  func `an offset behind a literal is a place of the file`(offset: Int, expected: String) throws {
    let text = "-- migrate: variables\nSELECT ${group.one}, ${two:def}, no;"
    let statement = try statement(text, dialect: .sqlite, value: "it's")
    #expect(String(decoding: statement.text, as: UTF8.self) == "SELECT 'it''s', 'it''s', no")
    #expect(place(statement.location(ofByte: offset)) == expected)
    #expect(place(statement.location(ofCharacter: offset + 1)) == expected)
  }

  @Test func `a literal with line ends moves no line`() throws {
    let text = "-- migrate: variables\nSELECT ${a},\nno;"
    let statement = try statement(text, value: "one\ntwo\nthree")
    #expect(place(statement.location(ofCharacter: 25)) == "3:1")
  }

  @Test func `a statement counts its characters as the engine reads them`() throws {
    #expect(try statement("SELECT '☃🙂';").characterCount == 11)
    #expect(try statement("-- migrate: variables\nSELECT ${a};", value: "☃").characterCount == 10)
  }

  @Test func `an excerpt shows what is written and not what a variable holds`() throws {
    let statement = try statement("-- migrate: variables\nSELECT ${password};", value: "secret")
    #expect(statement.excerpt == "SELECT ${password}")
  }

  @Test func `an excerpt has five lines`() throws {
    #expect(try statement("SELECT\r\n1,\n2,\n3,\n4;").excerpt == "SELECT\n1,\n2,\n3,\n4")
    #expect(try statement("SELECT\n1,\n2,\n3,\n4\n,5;").excerpt == "SELECT\n1,\n2,\n3,\n4\n…")
  }

  @Test func `an excerpt's line has a hundred columns`() throws {
    let hundred = "SELECT '" + String(repeating: "🙂", count: 91) + "'"
    #expect(try statement(hundred).excerpt == hundred)
    let cut = "SELECT '" + String(repeating: "🙂", count: 91) + "…"
    #expect(try statement("SELECT '" + String(repeating: "🙂", count: 5000) + "'").excerpt == cut)
  }

  @Test func `an excerpt shows no control characters`() throws {
    #expect(try statement("SELECT '\u{1B}[2J\t\u{7F}\u{9B}'").excerpt == "SELECT '�[2J\t��'")
  }
}
