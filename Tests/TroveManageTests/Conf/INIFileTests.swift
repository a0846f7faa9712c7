import Testing
import TroveManage

@Suite struct INIFileTests {
  private func file(_ text: String) throws(ConfError) -> INIFile {
    try INIFile(Array(text.utf8), path: "a.conf", grammar: .oslo)
  }

  private func connection(_ text: String) throws -> String? {
    try file(text).entry("connection", in: "database")?.value
  }

  @Test(arguments: [
    ConfCase("connection = a://x", "a://x"),
    ConfCase("connection=a://x", "a://x"),
    ConfCase("connection: a", "a"),
    ConfCase("connection:a://x=y", "a://x=y"),
    ConfCase("connection   =   a://x   ", "a://x"),
    ConfCase("connection = \u{A0}a://x\u{3000}\u{85}\u{1C}", "a://x"),
    ConfCase("connection =", ""),
    ConfCase("connection = a://x # comment", "a://x # comment"),
    ConfCase("connection = a://x ; comment", "a://x ; comment"),
    ConfCase("# c\n; c\n#connection = n\nconnection = a://x", "a://x"),
    ConfCase("connection = a://x\n  # indented comment", "a://x\n# indented comment"),
    ConfCase("connection = a://x#frag", "a://x#frag"),
    ConfCase("connection = a://x%20y%", "a://x%20y%"),
    ConfCase("connection = a://x\\n", "a://x\\n"),
    ConfCase("connection = a://café", "a://café"),
    ConfCase("connection = a\0b", "a\0b"),
  ])
  func `a value is what stands behind the first separator, without blanks around it`(
    _ test: ConfCase
  ) throws {
    #expect(try connection("[database]\n\(test.text)") == test.expected)
    #expect(try connection("[database]\n\(test.text)\n") == test.expected)
    #expect(try connection("\u{FEFF}[database]\n\(test.text)") == test.expected)
  }

  @Test(arguments: [
    ConfCase("\"a://x y\"", "a://x y"),
    ConfCase("'a://x'", "a://x"),
    ConfCase("\"a\" and \"b\"", "a\" and \"b"),
    ConfCase("\"a://x", "\"a://x"),
    ConfCase("\"", ""),
    ConfCase("\"\"", ""),
    ConfCase("'a\"", "'a\""),
    ConfCase("\" a \"", " a "),
    ConfCase("\"a\n b\"", "\"a\nb\""),
  ])
  func `one pair of equal quotes around the first line goes away`(_ test: ConfCase) throws {
    #expect(try connection("[database]\nconnection = \(test.text)") == test.expected)
  }

  @Test(arguments: [
    ConfCase("connection = a://x\n  y", "a://x\ny"),
    ConfCase("connection =\n  a://x", "\na://x"),
    ConfCase("connection = a\n\tb", "a\nb"),
    ConfCase("connection = a\n b   \n   c", "a\nb\nc"),
    ConfCase("connection = a\n connection = b", "a\nconnection = b"),
    ConfCase("idle_timeout = 5\n  connection = a://x", nil),
  ])
  func `an indented line continues the value above it`(_ test: ConfCase) throws {
    #expect(try connection("[database]\n\(test.text)") == test.expected)
  }

  @Test(arguments: [
    ConfCase("[database]\nconnection = a", "a"),
    ConfCase("[Database]\nconnection = a", "a"),
    ConfCase("[DATABASE]\nconnection = a", "a"),
    ConfCase("[database]  \nconnection = a", "a"),
    ConfCase("[ database ]\nconnection = a", nil),
    ConfCase("[databse]\nconnection = a", nil),
    ConfCase("[database]\nConnection = a", nil),
    ConfCase("[database]\nCONNECTION = a", nil),
    ConfCase("[database]\nconection = a", nil),
    ConfCase("# only a comment", nil),
    ConfCase("", nil),
    ConfCase("[database]\nconnection = a\nno_such_key = 1\n[no_such_section]\nx=1", "a"),
  ])
  func `names of sections ignore case, keys and blanks count`(_ test: ConfCase) throws {
    #expect(try connection(test.text) == test.expected)
  }

  @Test func `DEFAULT and default are two sections`() throws {
    let file = try file("[default]\na = 1\n[Default]\nb = 2\n[DEFAULT]\nc = 3")
    #expect(file.entry("a", in: "DEFAULT") == nil)
    #expect(file.entry("a", in: "DeFault")?.value == "1")
    #expect(file.entry("b", in: "default")?.value == "2")
    #expect(file.entry("c", in: "DEFAULT")?.value == "3")
    #expect(file.entry("c", in: "default") == nil)
    #expect(file.hasSection("default") && !file.hasSection("database"))
  }

  @Test(arguments: [
    ConfCase("[database]\nconnection = 1\nconnection = 2", "2"),
    ConfCase("[database]\nconnection = 1\n[DEFAULT]\ndebug=true\n[database]\nconnection = 2", "2"),
    ConfCase("[database]\nconnection = 1\n[DATABASE]\nconnection = 2", "2"),
    ConfCase("[database]\nconnection = 1\n[database]\nidle_timeout = 5", "1"),
  ])
  func `the last value of a key that comes again counts`(_ test: ConfCase) throws {
    #expect(try connection(test.text) == test.expected)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `a line ends with a line feed, a carriage return or both`(end: String) throws {
    let text = ["[database]", "connection = a", "  b", "", "x = 1"].joined(separator: end)
    #expect(try connection(text) == "a\nb")
    #expect(try file(text).entry("x", in: "database")?.keyLocation.line == 5)
  }

  @Test(arguments: [
    ConfCase(
      "[database]\nconnection", "a.conf:2:1: neither a section, a comment nor 'key = value'"),
    ConfCase(
      "[database]\n= a", "a.conf:2:1: the name of an option is missing before the '=' or ':'"),
    ConfCase(
      "[database] # c", "a.conf:1:1: a section's name must end with ']', and the line with it"),
    ConfCase("[database", "a.conf:1:1: a section's name must end with ']', and the line with it"),
    ConfCase("[]\nconnection = a", "a.conf:1:1: a section needs a name between '[' and ']'"),
    ConfCase("connection = a", "a.conf:1:1: an option stands above the first section"),
    ConfCase(
      "[database]\n  connection = a", "a.conf:2:3: an indented line that continues no value"),
    ConfCase("[d]\nc = a\n\n  b", "a.conf:4:3: an indented line that continues no value"),
    ConfCase("[d]\nc = a\n# comment\n  b", "a.conf:4:3: an indented line that continues no value"),
    ConfCase("[d]\nc = a\\\nb", "a.conf:3:1: neither a section, a comment nor 'key = value'"),
    ConfCase("\u{FEFF}x", "a.conf:1:1: neither a section, a comment nor 'key = value'"),
  ])
  func `what the grammar does not allow is an error that names the place`(_ test: ConfCase) {
    let text = message { _ = try file(test.text) }
    #expect(text?.split(separator: "\n").first.map(String.init) == test.expected)
  }

  @Test func `a byte that is no UTF-8 is an error that names the place`() {
    let bytes = Array("[database]\r\nconnection = ä://caf".utf8) + [0xE9, 0x0A]
    let text = message { _ = try INIFile(bytes, path: "a.conf", grammar: .oslo) }
    #expect(text == "a.conf:2:21: the byte 0xe9 is no UTF-8\nhint: save the file as UTF-8")
  }

  @Test func `an error never shows a line, which may be part of a password`() {
    for line in ["s3cret", "=s3cret", "[s3cret", " s3cret"] {
      let text = message { _ = try file("[database]\n\(line)") }
      #expect(text?.contains("s3cret") == false)
    }
  }

  @Test func `keys and values are placed by line and column`() throws {
    let file = try file("[a]\nä\u{A0}=  é\nquoted: 'x'\nempty =\n  x\nnone=")
    func place(_ key: String) -> String {
      file.entry(key, in: "a").map { "\($0.keyLocation) \($0.valueLocation)" } ?? "-"
    }
    #expect(place("ä") == "a.conf:2:1 a.conf:2:6")
    #expect(place("quoted") == "a.conf:3:1 a.conf:3:9")
    #expect(place("empty") == "a.conf:4:1 a.conf:4:8")
    #expect(place("none") == "a.conf:6:1 a.conf:6:6")
  }
}
