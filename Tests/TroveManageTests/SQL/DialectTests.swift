import Testing
import TroveManage

@Suite struct DialectTests {
  @Test(
    arguments: Dialect.allCases,
    [
      ("a", #""a""#), ("Trove Migrations", #""Trove Migrations""#), (#"a"b"#, #""a""b""#),
      ("größe", #""größe""#), (#"a\b"#, #""a\b""#),
    ])
  func `a quoted identifier doubles its double quotes`(
    dialect: Dialect, example: (name: String, quoted: String)
  ) throws {
    #expect(try dialect.quote(identifier: example.name) == example.quoted)
  }

  @Test(
    arguments: Dialect.allCases,
    [
      ("", "''"), ("a", "'a'"), ("it's", "'it''s'"), ("'", "''''"), ("☃\n", "'☃\n'"),
    ])
  func `a literal doubles its quotes`(
    dialect: Dialect, example: (value: String, literal: String)
  ) throws {
    #expect(try dialect.quote(literal: example.value) == example.literal)
  }

  @Test func `a backslash makes an escape string on PostgreSQL only`() throws {
    #expect(try Dialect.sqlite.quote(literal: #"C:\it's\"#) == #"'C:\it''s\'"#)
    #expect(try Dialect.postgresql.quote(literal: #"C:\it's\"#) == #" E'C:\\it''s\\'"#)
  }

  @Test(arguments: Dialect.allCases)
  func `a NUL cannot be quoted`(dialect: Dialect) {
    let error = QuotingError(text: "a\0b")
    #expect(throws: error) { try dialect.quote(literal: "a\0b") }
    #expect(throws: error) { try dialect.quote(identifier: "a\0b") }
    #expect(error.description == #"a text with a NUL cannot stand in SQL: a\0b"#)
  }

  @Test(arguments: ["a", "_", "migrate_version", "A1$b", String(repeating: "x", count: 63)])
  func `a plain identifier needs no quotes`(name: String) {
    #expect(Dialect.isPlainIdentifier(name))
  }

  @Test(arguments: [
    "", "1a", "$a", "a-b", "a.b", "a b", "größe", "a\0", "a;", String(repeating: "x", count: 64),
  ])
  func `any other name is no plain identifier`(name: String) {
    #expect(!Dialect.isPlainIdentifier(name))
  }
}
