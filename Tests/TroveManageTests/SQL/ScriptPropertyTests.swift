import Testing
import TroveManage

@Suite struct ScriptPropertyTests {
  private static let statements: [Dialect: [String]] = [
    .sqlite: [
      "SELECT 'a;''b'", #"SELECT "a;""b""#, "SELECT [a;b], `c;``d`", "SELECT x'00;', :a, $b",
      "INSERT INTO t VALUES ('--', '/*')", "SELECT 'C:\\'", "SELECT 'ü☃🙂'", "SELECT 'a\r\nb'",
      "CREATE TABLE begin (\n  end /* ; */ INTEGER -- ;\n)",
      "CREATE TRIGGER a DELETE ON t BEGIN SELECT CASE WHEN 1 THEN 2 END; SELECT ';'; END",
      "create temp trigger b insert on t begin delete from u; /* END; */ end",
      "EXPLAIN QUERY PLAN SELECT 1", "ROLLBACK TO a",
    ],
    .postgresql: [
      "SELECT 'a;''b'", #"SELECT "a;""b""#, #"SELECT E'a\';', e'\\'"#, #"SELECT 'C:\'"#,
      "INSERT INTO t VALUES ('--', '/*')", "SELECT $$;'$$, $a$;$$;$b$;$a$", "SELECT a$b$c",
      "SELECT 'ü☃🙂', U&'\\0061;'", "SELECT 'a\r\nb'", "PREPARE p AS SELECT $1",
      "CREATE TABLE begin (\n  \"end\" /* ; /* ; */ ; */ INTEGER -- ;\n)",
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END",
      "CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)",
      "DO $do$ BEGIN COMMIT; END $do$", "ROLLBACK TO a",
    ],
  ]

  private static let fillers = [
    "", " ", "\n", "\r\n", "\t", ";", " ; ", "-- a; 'b\n", "/* c; \"d */", "--\n", "/**/",
    "\n\n/* ü☃ */\n",
  ]

  @Test(arguments: Dialect.allCases, 0..<100 as Range<UInt64>)
  func `statements come out as they went in`(dialect: Dialect, seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var text = random.pick(["", "\u{FEFF}", "\n"])
    var statements: [(text: String, offset: Int)] = []
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      for _ in 0..<Int.random(in: 0...3, using: &random) { text += random.pick(Self.fillers) }
      let statement = random.pick(Self.statements[dialect] ?? [])
      statements.append((statement, text.utf8.count))
      text += statement + random.pick(["", " ", "\n", " -- e;\n", "/* f; */"]) + ";"
    }
    let script = try Script(path: "a.sql", text: Array(text.utf8), dialect: dialect)
    #expect(
      script.statements.map { String(decoding: $0.text, as: UTF8.self) } == statements.map(\.text))
    #expect(script.statements.map(\.source.startIndex) == statements.map(\.offset))
    for statement in script.statements {
      let before = script.text[..<statement.source.startIndex]
      #expect(statement.line == before.count { $0 == 0x0A } + 1)
    }
  }

  @Test(arguments: Golden.all)
  func `a damaged script never traps`(golden: Golden) throws {
    let text = try golden.text()
    var random = SeededGenerator(seed: UInt64(text.count))
    let pieces = [
      "'", "\"", "`", "[", "]", "$$", "$a$", "${", "}", "/*", "*/", "--", "\n", "\\", ";",
    ]
    for _ in 0..<100 {
      var damaged = text
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let offset = Int.random(in: 0...damaged.count, using: &random)
        let end = Int.random(in: offset...damaged.count, using: &random)
        switch Int.random(in: 0...3, using: &random) {
        case 0: damaged.removeSubrange(offset..<min(end, offset + 3))
        case 1: damaged.insert(UInt8.random(in: 0...255, using: &random), at: offset)
        case 2: damaged.insert(contentsOf: Array(random.pick(pieces).utf8), at: offset)
        default: damaged = Array(damaged[..<end])
        }
      }
      check(damaged, as: golden, &random)
    }
  }

  private func check(_ text: [UInt8], as golden: Golden, _ random: inout SeededGenerator) {
    let statements: [Statement]
    do throws(ScriptError) {
      statements = try golden.script(of: text).statements
    } catch {
      let lines = text.count { $0 == 0x0A } + 1
      #expect((1...lines).contains(error.location.line), "\(error)")
      return
    }
    for statement in statements {
      let offset = Int.random(in: -1...statement.text.count + 1, using: &random)
      #expect(statement.location(ofByte: offset).line >= statement.line)
      #expect(statement.location(ofCharacter: offset).line >= statement.line)
      #expect(!statement.text.isEmpty && !statement.excerpt.isEmpty)
    }
  }
}
