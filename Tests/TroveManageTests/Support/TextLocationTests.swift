import Testing
import TroveManage

@Suite struct TextLocationTests {
  @Test func `a location prints as path, line and column`() {
    #expect(TextLocation(path: "a.sql", line: 3, column: 5).description == "a.sql:3:5")
    #expect(TextLocation(path: "a.sql", line: 3).description == "a.sql:3")
  }
}
