import Testing

@testable import TroveManage

@Suite struct ParameterRulesTests {
  private func error(_ text: [UInt8]) throws -> String {
    let error = #expect(throws: DatastoreError.self) {
      try ParameterRules(path: "r.json", text: text)
    }
    return try #require(error).description
  }

  private func error(_ text: String) throws -> String { try error(Array(text.utf8)) }

  /// A file with the element in its second line, behind one that is right.
  private func file(_ element: String) -> String {
    """
    {"configuration-parameters": [{"name": "é", "type": "string", "restart_required": true},
      \(element)]}
    """
  }

  @Test(arguments: [
    ("{bad", "r.json:1:2: this is no JSON: expected a name in double quotes"),
    ("{\n\"é\": [1\n 2]}", "r.json:3:2: this is no JSON: expected ',' or ']'"),
    ("{\"é\" 1", "r.json:1:6: this is no JSON: expected ':'"),
    ("", "r.json:1:1: this is no JSON: expected a value, but the text ends"),
    ("[]", "r.json:1:1: this is a list, not an object"),
    ("\n {\"parameters\": []}", "r.json:2:2: 'configuration-parameters' is missing"),
    (
      "{\"configuration-parameters\": {}}",
      "r.json:1:30: 'configuration-parameters' is an object, not a list"
    ),
  ])
  func `a file that is no list of rules is told with its place`(
    text: String, message: String
  ) throws {
    #expect(try error(text) == message)
  }

  @Test(arguments: [
    ("1", "r.json:2:3: configuration-parameters[1]: this is a number, not an object"),
    (
      #"{"type": "string", "restart_required": true}"#,
      "r.json:2:3: configuration-parameters[1]: 'name' is missing"
    ),
    (
      #"{"name": "p", "restart_required": true}"#,
      "r.json:2:3: configuration-parameters[1] ('p'): 'type' is missing"
    ),
    (
      #"{"name": "p", "type": "string"}"#,
      "r.json:2:3: configuration-parameters[1] ('p'): 'restart_required' is missing"
    ),
    (
      #"{"name": 5, "type": "string", "restart_required": true}"#,
      "r.json:2:12: configuration-parameters[1]: 'name' is a number, not a string"
    ),
    (
      #"{"name": "p", "type": null, "restart_required": true}"#,
      "r.json:2:25: configuration-parameters[1] ('p'): 'type' is null, not a string"
    ),
    (
      #"{"name": "p", "type": "string", "restart_required": "yes"}"#,
      "r.json:2:55: configuration-parameters[1] ('p'): 'restart_required' is a string, not true or false"
    ),
    (
      #"{"name": "p", "type": "string", "restart_required": 2}"#,
      "r.json:2:55: configuration-parameters[1] ('p'): 'restart_required' is a number, not true or false"
    ),
    (
      #"{"name": "p", "type": "string", "restart_required": true, "max": "1"}"#,
      "r.json:2:68: configuration-parameters[1] ('p'): 'max' is a string, not a number"
    ),
    (
      #"{"name": "p", "type": "string", "restart_required": true, "min": [1]}"#,
      "r.json:2:68: configuration-parameters[1] ('p'): 'min' is a list, not a number"
    ),
    (
      #"{"name": "é", "type": "string", "restart_required": true}"#,
      "r.json:2:3: configuration-parameters[1] ('é'): the parameter stands there already, as configuration-parameters[0]"
    ),
  ])
  func `an element that is no rule is told with its place, number and name`(
    element: String, message: String
  ) throws {
    #expect(try error(file(element)) == message)
  }

  @Test func `a byte that is no UTF-8 is told with its place`() throws {
    let text = Array(file("1").utf8) + [0x0A, 0x20, 0xE9, 0x20]
    #expect(
      try error(text) == "r.json:3:2: the byte 0xe9 is no UTF-8\nhint: save the file as UTF-8")
    let utf16: [UInt8] = [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00]
    #expect(try error(utf16).hasPrefix("r.json:1:1: the byte 0xff is no UTF-8"))
  }

  @Test func `a byte order mark is skipped, and no character`() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = #"{"configuration-parameters": []}"#
    #expect(try ParameterRules(path: "r.json", text: mark + text.utf8).count == 0)
    #expect(try error(mark + "?".utf8).hasPrefix("r.json:1:1: "))
  }

  @Test func `limits stay as they were written and may be left out`() throws {
    let text = """
      {"configuration-parameters": [
        {"name": "a", "type": "t", "restart_required": 1, "max": 1e400, "min": -0.10},
        {"name": "b", "type": "t", "restart_required": 0, "max": null, "more": {"x": [1]}}
      ], "more": 1}
      """
    let rules = try ParameterRules(path: "r.json", text: Array(text.utf8)).rules
    #expect(rules.map(\.maximum) == ["1e400", nil])
    #expect(rules.map(\.minimum) == ["-0.10", nil])
    #expect(rules.map(\.effect) == [.afterRestart, .atOnce])
  }

  /// To the engines they are two; to Swift's `==` they would be one.
  @Test func `names are the same when their bytes are`() throws {
    let text = file("{\"name\": \"e\u{301}\", \"type\": \"t\", \"restart_required\": true}")
    #expect(try ParameterRules(path: "r.json", text: Array(text.utf8)).count == 2)
  }

  @Test func `a file that is missing is told by its path`() throws {
    let error = #expect(throws: DatastoreError.self) {
      try ParameterRules(contentsOf: "/nowhere/r.json")
    }
    #expect(error?.description == "/nowhere/r.json: no such file or folder")
  }
}
