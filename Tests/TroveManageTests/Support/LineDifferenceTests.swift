import Testing

@testable import TroveManage

@Suite struct LineDifferenceTests {
  private static func lines(_ old: String, _ new: String, limit: Int = 100) -> [String] {
    LineDifference(from: Array(old.utf8), to: Array(new.utf8)).lines(limit: limit)
  }

  private static func numbered(_ range: ClosedRange<Int>) -> String {
    range.map { "\($0)\n" }.joined()
  }

  @Test func `texts that are the same have no lines`() {
    #expect(Self.lines("", "") == [])
    #expect(Self.lines("a\nb", "a\nb") == [])
  }

  @Test func `what went and came stands between three lines that stayed`() {
    let old = Self.numbered(1...20)
    let new = old.replacing("10\n", with: "ten\nTEN\n")
    #expect(
      Self.lines(old, new) == [
        "@@ -7,7 +7,8 @@", " 7", " 8", " 9", "-10", "+ten", "+TEN", " 11", " 12", " 13",
      ])
  }

  @Test func `places that are far apart are hunks of their own, close ones are one`() {
    let old = Self.numbered(1...30)
    let far = old.replacing("2\n3\n", with: "2\n").replacing("28\n", with: "28\nnew\n")
    #expect(Self.lines(old, far).filter { $0.hasPrefix("@@") }.count == 2)
    let close = old.replacing("10\n", with: "").replacing("15\n", with: "")
    #expect(Self.lines(old, close).filter { $0.hasPrefix("@@") } == ["@@ -7,12 +7,10 @@"])
  }

  @Test func `a line feed at the end that is missing is said`() {
    #expect(
      Self.lines("a\n", "a") == ["@@ -1,1 +1,1 @@", "-a", "+a", "\\ No newline at end of file"])
  }

  @Test func `letters that look the same are not the same`() {
    #expect(Self.lines("\u{E9}\n", "e\u{301}\n").count == 3)
  }

  @Test func `long differences are cut, and very long ones are found all the same`() {
    let old = Self.numbered(1...20_000)
    let new = Self.numbered(20_001...40_000)
    let lines = Self.lines(old, new, limit: 50)
    #expect(lines.count == 51)
    #expect(lines.last == "… 39951 more lines")
  }

  @Test func `what a terminal would obey is not shown`() {
    #expect(Self.lines("", "a\u{1B}[2J\tb\n").last == "+a\u{FFFD}[2J\tb")
  }

  @Test(arguments: 0..<50)
  func `the lines lead from one text to the other`(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let texts = (0..<2).map { _ in
      (0..<Int.random(in: 0...30, using: &generator)).map { _ in
        "\(Int.random(in: 0...5, using: &generator))\n"
      }.joined()
    }
    let lines = Self.lines(texts[0], texts[1], limit: 1000)
    #expect(lines.isEmpty == (texts[0] == texts[1]))
    let shown = lines.filter { !$0.hasPrefix("@@") }
    let old = shown.filter { !$0.hasPrefix("+") }.map { $0.dropFirst() + "\n" }.joined()
    let new = shown.filter { !$0.hasPrefix("-") }.map { $0.dropFirst() + "\n" }.joined()
    let isLeftOut = texts[0].utf8.count - old.utf8.count
    #expect(isLeftOut == texts[1].utf8.count - new.utf8.count)
    if isLeftOut == 0 { #expect(old == texts[0] && new == texts[1]) }
  }
}
