import Testing

@testable import TroveManage

@Suite struct JSONReaderTests {
  private func read(_ text: String) throws(JSONFault) -> JSONNode {
    try JSONReader.read(Array(text.utf8))
  }

  @Test func `every kind of value is read, with its offset`() throws {
    let node = try read(" {\"a\": [null, true, false, -1.50e+3], \"b\": {}}\n")
    #expect(node.offset == 1)
    guard case .array(let elements) = node["a"]?.value else { throw Unexpected() }
    #expect(elements.map(\.kind) == ["null", "a boolean", "a boolean", "a number"])
    #expect(elements.map(\.offset) == [8, 14, 20, 27])
    guard case .number(let text) = elements[3].value else { throw Unexpected() }
    #expect(text == "-1.50e+3")
    guard case .object(let members) = node["b"]?.value else { throw Unexpected() }
    #expect(members.isEmpty)
    #expect(node["c"] == nil)
  }

  private struct Unexpected: Error {}

  @Test(arguments: [
    (#""""#, ""), (#""é😀""#, "é😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u00e9\u0000x""#, "é\0x"), (#""a\uD83D\uDE00b""#, "a😀b"),
  ])
  func `a string is what its escapes say`(text: String, value: String) throws {
    let read = try #require(try read(text).string)
    #expect(Array(read.utf8) == Array(value.utf8))
  }

  @Test(arguments: [
    "0", "-0", "1", "10", "0.5", "1e5", "1E-05", "18446744073709551616",
    "123456789012345678901234567890.10",
  ])
  func `a number stays as it was written`(text: String) throws {
    guard case .number(let read) = try read(text).value else { throw Unexpected() }
    #expect(read == text)
  }

  @Test(arguments: [
    ("", 0, "expected a value, but the text ends"), ("   ", 3, "expected a value"),
    ("{bad", 1, "expected a name in double quotes"), ("{'a': 1}", 1, "expected a name"),
    ("{\"a\" 1}", 5, "expected ':'"), ("{\"a\": 1", 7, "expected ',' or '}', but the text ends"),
    ("{\"a\": 1,}", 8, "expected a name"), ("[1,]", 3, "expected a value"),
    ("[1 2]", 3, "expected ',' or ']'"), ("[1}", 2, "expected ',' or ']'"),
    ("1 1", 2, "expected the end of the text"), ("nul", 0, "expected a value"),
    ("NaN", 0, "expected a value"), ("01", 1, "expected the end of the text"),
    ("-", 1, "expected a digit"), ("1.", 2, "expected a digit"), ("1e", 2, "expected a digit"),
    ("+1", 0, "expected a value"), (".5", 0, "expected a value"),
    ("// x\n1", 0, "expected a value"), ("\"a", 2, "expected '\"', but the text ends"),
    ("\"a\nb\"", 2, "control character"), ("\"\\x\"", 1, "an unknown escape"),
    ("\"\\u12G4\"", 1, "four hexadecimal digits"), ("\"\\u12", 1, "four hexadecimal digits"),
    ("\"\\uD800\"", 1, "half of a surrogate pair"),
    ("\"\\uD800\\u0041\"", 1, "half of a surrogate pair"),
    ("\"\\uDC00\"", 1, "half of a surrogate pair"), ("\"\\", 1, "an unknown escape"),
    ("{\"a\": 1, \"a\": 2}", 9, "the object has the name 'a' twice"),
  ])
  func `what is no JSON is told with its place`(text: String, offset: Int, words: String) throws {
    let fault = #expect(throws: JSONFault.self) { try read(text) }
    #expect(fault?.offset == offset)
    #expect(try #require(fault).text.contains(words), "\(fault?.text ?? "")")
  }

  @Test func `values may lie in each other, but not without end`() throws {
    let deep = { (count: Int) in
      String(repeating: "[", count: count) + String(repeating: "]", count: count)
    }
    _ = try read(deep(100))
    let fault = #expect(throws: JSONFault.self) { try read(deep(101)) }
    #expect(fault?.offset == 100)
    #expect(throws: JSONFault.self) { try read(String(repeating: "[", count: 1_000_000)) }
  }
}
