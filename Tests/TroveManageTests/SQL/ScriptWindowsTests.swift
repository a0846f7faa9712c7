import Testing

@testable import TroveManage

/// A script that is too long to be held in memory is read in windows, and is the same then.
@Suite struct ScriptWindowsTests {
  /// What is found in a script.
  private struct Finding: Equatable {
    var statements: [Statement] = []
    var count = 0
    var warnings: [String] = []
    var directives: Set<ScriptDirective> = []
    var checksum = ""
    var error = ""
  }

  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  /// What is found in `text`: as a whole for no window, else twice in windows that are read by so many bytes.
  private func finding(_ text: [UInt8], _ dialect: Dialect, window: Int?) throws -> Finding {
    let path = try folder.write("a.sql", bytes: text)
    var finding = Finding()
    do throws(ScriptReadingError) {
      let limits = window.map { ReadingLimits(whole: 0, window: $0) } ?? ReadingLimits()
      let script = try Script(
        file: path, dialect: dialect, limits: limits, variables: Golden.value)
      #expect((script.long == nil) == (window == nil))
      finding.statements = script.pieces.flatMap(\.self)
      finding.count = script.statementCount
      finding.warnings = script.warnings.map(\.description)
      finding.directives = script.directives
      finding.checksum = script.long?.checksum ?? NormalizedText(script.text[...]).checksum
    } catch {
      finding.error = "\(error)"
    }
    return finding
  }

  @Test(arguments: Golden.all)
  func `the windows of a script hold what the script holds`(golden: Golden) throws {
    let text = try golden.text()
    guard !text.isEmpty else { return }
    let whole = try finding(text, golden.dialect, window: nil)
    for window in [1, 2, 3, 7, 20, 64, 300, 100_000] {
      #expect(try finding(text, golden.dialect, window: window) == whole, "\(window)")
    }
  }

  private static let borders: [Dialect: String] = [
    .sqlite: """
    \u{FEFF}-- migrate: variables\r\n-- a; b\r\nCREATE TABLE a (x TEXT, y TEXT);\r\n
    INSERT INTO a VALUES ('ü☃🙂; it''s', "q;q");;
    /* c; 'd */ INSERT INTO a VALUES (${tenant}, ${none:de;fault}); -- e; f\r
    BEGIN;
    -- migrate: variables
    CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT ';'; DELETE FROM a; END;
    COMMIT;
    INSERT INTO a VALUES (1, 2); INSERT INTO a VALUES (3, [x;y]), (4, `z;`) ; -- end
    """,
    .postgresql: """
    -- migrate: variables\r\n-- a; b\r\nCREATE TABLE a (x TEXT, y TEXT);\r\n
    INSERT INTO a VALUES ('ü☃🙂; it''s', E'\\';\\\\');;
    /* c; /* nested; */ 'd */ INSERT INTO a VALUES (${tenant}, ${none:de;fault}); -- e; f\r
    BEGIN;
    -- migrate: variables
    CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN; $$;$$ END; $body$;
    CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;
    COMMIT;
    ALTER TYPE mood ADD VALUE 'so;so';
    CREATE RULE r AS ON INSERT TO a DO (SELECT 1; SELECT 2); SELECT $1;\rSELECT 2 -- end
    """,
  ]

  @Test(arguments: Dialect.allCases)
  func `nothing is cut, wherever a window ends`(dialect: Dialect) throws {
    let text = Array(try #require(Self.borders[dialect]).utf8)
    let whole = try finding(text, dialect, window: nil)
    #expect(whole.error == "" && whole.count >= 6 && whole.warnings.count > 2)
    for window in 1...text.count + 1 {
      #expect(try finding(text, dialect, window: window) == whole, "\(window)")
    }
  }

  @Test(arguments: Dialect.allCases)
  func `without the directive, the first variable is warned of once`(dialect: Dialect) throws {
    let text = Array(String(repeating: "SELECT ${a}, 'x';\n", count: 20).utf8)
    let whole = try finding(text, dialect, window: nil)
    #expect(whole.warnings.count == 1)
    for window in [1, 10, 40, 100] {
      #expect(try finding(text, dialect, window: window) == whole, "\(window)")
    }
  }

  private static let faults: [(Dialect, [UInt8])] = [
    (.sqlite, Array("SELECT 'ü".utf8) + [0xE2, 0x98, 0x27, 0x3B]),
    (.postgresql, Array("SELECT 'ü".utf8) + [0xFF, 0x27, 0x3B]),
    (.sqlite, [0xF0, 0x9F, 0x99]),
    (.postgresql, Array("SELECT 1;\0".utf8)),
    (.sqlite, Array("SELECT 'a;".utf8)), (.postgresql, Array("SELECT $a$ ; $$;".utf8)),
    (.sqlite, Array("CREATE TRIGGER t DELETE ON a BEGIN SELECT 1;".utf8)),
    (.postgresql, Array("/* ; ".utf8)), (.sqlite, Array("SELECT 1; ROLLBACK;".utf8)),
    (.postgresql, Array("DISCARD ALL;".utf8)), (.postgresql, Array("COPY a FROM STDIN;".utf8)),
    (.sqlite, Array(".read a\nSELECT 1;".utf8)), (.postgresql, Array("\\i a\nSELECT 1;".utf8)),
  ]

  @Test(arguments: faults)
  func `what is wrong is found at the same place`(dialect: Dialect, end: [UInt8]) throws {
    let text = Array(String(repeating: "SELECT '→';\r\n", count: 9).utf8) + end
    let whole = try finding(text, dialect, window: nil)
    #expect(whole.error != "")
    for window in 1...text.count + 1 {
      #expect(try finding(text, dialect, window: window) == whole, "\(window)")
    }
  }

  @Test func `a variable has the value in the second reading that it had in the first`() throws {
    let path = try folder.write("a.sql", "-- migrate: variables\nSELECT ${a.b};\nSELECT ${a.b:c};")
    var asked = 0
    let script = try Script(
      file: path, dialect: .sqlite, limits: ReadingLimits(whole: 0, window: 1000)
    ) { _ in
      asked += 1
      return "\(asked)"
    }
    for _ in 1...2 {
      let texts = script.pieces.flatMap(\.self).map { String(decoding: $0.text, as: UTF8.self) }
      #expect(texts == ["SELECT '1'", "SELECT '2'"])
    }
  }

  @Test(arguments: [0, 1, 3, 4095, 4096, 4097, 100_000])
  func `a file is read whole, and piece by piece`(size: Int) throws {
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    let path = try folder.write("bytes", bytes: bytes)
    #expect(try FileSystem.read(path) == bytes)
    #expect(try FileSystem.read(path, first: 10) == Array(bytes.prefix(10)))
    let piece = try FileSystem.read(path, from: 4000, atMost: 1000, behind: [1, 2])
    #expect(piece == [1, 2] + bytes.dropFirst(4000).prefix(1000))
    #expect(FileSystem.size(of: path) == size)
  }

  @Test(arguments: ["", "a", "\u{FEFF}a\r\nb\rc\n", "\r\n\r\n\r", "\u{FEFF}\u{FEFF}\r\r\n"])
  func `a text has one checksum, in however many pieces it is taken`(text: String) {
    let bytes = Array(text.utf8)
    let expected = "sha256:" + SHA256.hexadecimal(of: NormalizedText(bytes[...]))
    #expect(NormalizedText(bytes[...]).checksum == expected)
    for size in 3...max(3, bytes.count) {
      var digest = NormalizedDigest()
      for start in stride(from: 0, to: bytes.count, by: size) {
        digest.update(Array(bytes[start..<min(start + size, bytes.count)]).span)
      }
      #expect(digest.finish() == expected)
    }
  }
}
