import Testing

@testable import TroveManage

@Suite struct SQLSummaryTests {
  @Test(arguments: [
    ("SELECT 'secret', \"name\"", "SELECT '…', \"name\""),
    ("INSERT INTO a\n  -- why\nVALUES ('o''neil',\t1)", "INSERT INTO a VALUES ('…', 1)"),
    ("DO $$ BEGIN RAISE 'x'; END $$", "DO '…'"),
    ("SELECT E'a\\'b' || 'c'", "SELECT '…' || '…'"),
  ])
  func `a summary is one line without values`(statement: String, summary: String) {
    #expect(Command(statement).summary(dialect: .postgresql) == summary)
  }

  @Test func `a long statement is cut`() {
    let long = "SELECT " + String(repeating: "a, ", count: 1000) + "a"
    let summary = Command(long).summary(dialect: .sqlite)
    #expect(summary.utf8.count < 200)
    #expect(summary.hasSuffix(" …"))
  }
}
