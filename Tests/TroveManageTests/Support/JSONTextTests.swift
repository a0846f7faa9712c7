import Testing

@testable import TroveManage

@Suite struct JSONTextTests {
  @Test func `every character is read back, on one line`() throws {
    let ascii = String(String.UnicodeScalarView((0..<0x80).map { Unicode.Scalar(UInt8($0)) }))
    for text in [ascii, "", "\n", "\"", "\\", "a\\", "\n\n\u{0}", "é\u{1}ü", "😀\"\u{2028}"] {
      let bytes = JSONText.array([.string(text), .object([(text, .null)])]).bytes
      #expect(bytes.allSatisfy { $0 >= 0x20 })
      let elements = try #require(try JSONReader.read(bytes).elements)
      #expect(elements[0].string == text)
      guard case .object(let members) = elements[1].value else {
        Issue.record("no object")
        continue
      }
      #expect(members.map(\.name) == [text])
    }
  }
}
