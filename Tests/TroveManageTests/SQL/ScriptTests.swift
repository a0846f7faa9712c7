import Testing
import TroveManage

@Suite struct ScriptTests {
  @Test(arguments: Dialect.allCases)
  func `a script keeps its text for checksums`(dialect: Dialect) throws {
    let text = Array("\u{FEFF}-- one\r\nSELECT 1;\r\n\r\n".utf8)
    #expect(try Script(path: "a.sql", text: text, dialect: dialect).text == text)
  }

  @Test func `a variable tells its group, its option and its default`() throws {
    let text = "-- migrate: variables\nSELECT ${a}, ${b.c-d}, ${DEFAULT.e:}, ${f:g:h i};"
    var asked: [ScriptVariable] = []
    _ = try Script(path: "a.sql", text: Array(text.utf8), dialect: .sqlite) {
      asked.append($0)
      return $0.option
    }
    #expect(
      asked == [
        ScriptVariable(option: "a"),
        ScriptVariable(group: "b", option: "c-d"),
        ScriptVariable(group: "DEFAULT", option: "e", fallback: ""),
        ScriptVariable(option: "f", fallback: "g:h i"),
      ])
    #expect(asked.map(\.description) == ["${a}", "${b.c-d}", "${DEFAULT.e}", "${f}"])
  }

  @Test func `a value wins over the default`() throws {
    let text = Array("-- migrate: variables\nSELECT ${a:b};".utf8)
    let set = try Script(path: "a.sql", text: text, dialect: .sqlite) { _ in "" }
    #expect(set.statements.map { String(decoding: $0.text, as: UTF8.self) } == ["SELECT ''"])
    let unset = try Script(path: "a.sql", text: text, dialect: .sqlite)
    #expect(unset.statements.map { String(decoding: $0.text, as: UTF8.self) } == ["SELECT 'b'"])
  }

  @Test(arguments: Dialect.allCases)
  func `no variable is asked for without the directive`(dialect: Dialect) throws {
    _ = try Script(path: "a.sql", text: Array("SELECT ${a};".utf8), dialect: dialect) { _ in
      Issue.record("asked")
      return nil
    }
  }

  @Test func `a value cannot leave its literal`() throws {
    let text = Array("-- migrate: variables\nSELECT ${a}, E'x'\n${a}, e${a};".utf8)
    let script = try Script(path: "a.sql", text: text, dialect: .postgresql) { _ in #"\'; DROP"# }
    let statement = try #require(script.statements.first)
    let again = try Script(path: "b.sql", text: Array(statement.text), dialect: .postgresql)
    #expect(again.statements.map(\.source) == [statement.text])
  }

  @Test func `an error tells its place and its reason`() throws {
    let error = #expect(throws: ScriptError.self) {
      try Script(path: "a.sql", text: Array("\n SELECT 'a".utf8), dialect: .sqlite)
    }
    #expect(error?.reason == .unterminated(.string))
    #expect(error?.location == TextLocation(path: "a.sql", line: 2, column: 9))
  }

  // Anything but linear time makes this test take minutes.
  @Test(
    arguments: Dialect.allCases,
    [
      "(", ")", "/*", "*/", "/", "*", "--", "-- migrate: a\n", "'", "''", "E'", "E'\\",
      "E'a'\n--b\n",
      "\"", "`", "[", "]", "$", "$a$", "$a", "$$", "a$", "${", "${a", "${a:", "'${a:", "a;", ";",
      "ä",
      "\u{FEFF}", "\\", ".a", "BEGIN ", "COMMIT;", "CREATE TRIGGER ", "END;", ":a(", "::", "@",
      "COPY ", "FROM ", "CREATE FUNCTION BEGIN ATOMIC ", "\n", "\r",
    ])
  func `every script takes linear time`(dialect: Dialect, piece: String) {
    let count = 200_000 / piece.utf8.count
    for head in ["SELECT 1;", "-- migrate: variables\nSELECT 1;", "SELECT 'a"] {
      let text = Array((head + String(repeating: piece, count: count)).utf8)
      let script = try? Script(path: "a.sql", text: text, dialect: dialect)
      if let last = script?.statements.last { _ = (last.excerpt, last.location(ofByte: .max)) }
    }
  }
}
