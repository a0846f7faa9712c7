import Testing
import TroveManage

@Suite struct ScriptGoldenTests {
  @Test(arguments: Golden.all)
  func `a script splits as its golden file says`(golden: Golden) throws {
    #expect(try golden.rendering() == golden.expected())
  }

  @Test(arguments: Dialect.allCases)
  func `the golden files of a dialect are found`(dialect: Dialect) {
    #expect(Golden.all.count { $0.dialect == dialect } >= 50)
  }

  @Test(arguments: Golden.all)
  func `a statement is a slice of its script's text`(golden: Golden) throws {
    guard let script = try? golden.script(of: golden.text()) else { return }
    var end = 0
    for statement in script.statements {
      #expect(statement.source.startIndex >= end)
      #expect(statement.source == script.text[statement.source.indices])
      #expect(statement.location(ofByte: 0) == statement.location)
      end = statement.source.endIndex
    }
  }
}
