import Testing
import TroveManage

@Suite struct ConfValueTests {
  private func value(_ text: String, named name: String = "v") throws -> ConfValue {
    try #require(try Conf("[x]\n\(name) = \(text)").value(name, group: "x"))
  }

  @Test(arguments: [
    ("true", true), ("True", true), ("TRUE", true), ("yes", true), ("on", true), ("1", true),
    ("false", false), ("no", false), ("off", false), ("0", false), ("\" off \"", false),
  ])
  func `a boolean has four words for either`(text: String, expected: Bool) throws {
    #expect(try value(text).boolean() == expected)
  }

  @Test(arguments: ["maybe", "", "t", "2"])
  func `any other word is no boolean`(text: String) {
    #expect(
      message { _ = try value(text).boolean() }?
        .hasSuffix(": [x] v is '\(text)', which is not true or false") == true)
  }

  @Test(arguments: [("5", 5), ("\" 7 \"", 7), ("-3", -3), ("+3", 3), ("007", 7)])
  func `an integer has decimal digits`(text: String, expected: Int) throws {
    #expect(try value(text).integer(in: -9...9) == expected)
  }

  @Test(arguments: ["abc", "12.5", "0x10", "", "10", "99999999999999999999", "1 2"])
  func `what is no integer or out of range is an error`(text: String) {
    #expect(
      message { _ = try value(text).integer(in: -9...9) }?
        .hasSuffix(": [x] v is '\(text)', which is not a whole number from -9 to 9") == true)
  }

  @Test(arguments: [
    ("60", Duration.seconds(60)), ("0", .zero), ("0.5", .milliseconds(500)),
    (".25", .milliseconds(250)), ("1.", .seconds(1)), ("2147483", .seconds(2_147_483)),
    ("0.0000000000000000009", .zero),
  ])
  func `seconds may have a fraction`(text: String, expected: Duration) throws {
    #expect(try value(text).seconds() == expected)
  }

  @Test(
    arguments: ["-1", "1e3", "nan", "inf", "1,5", ".", "", "2147483.5", "9999999999999999999", "٣"])
  func `anything else is no number of seconds`(text: String) {
    let expected = ": [x] v is '\(text)', which is not a number of seconds from 0 to 2147483"
    #expect(message { _ = try value(text).seconds() }?.hasSuffix(expected) == true)
  }

  @Test func `a choice is one of its words`() throws {
    #expect(try value("version").choice(of: TransactionScope.self) == .version)
    #expect(
      message { _ = try value("Run").choice(of: TransactionScope.self) }
        == "a.conf:2:5: [x] v is 'Run', which is not one of run, repository, version")
  }

  @Test(arguments: [
    ("a,b,c", ["a", "b", "c"]),
    (" a , b ,c ", ["a", "b", "c"]),
    ("a b c", ["a b c"]),
    ("a,,b", ["a", "", "b"]),
    (",a", ["", "a"]),
    ("a,", ["a"]),
    ("a,,", ["a"]),
    (",", []),
    ("", []),
    ("\"a,b\",c", ["\"a", "b\"", "c"]),
    ("'a','b'", ["a'", "'b"]),
    ("\"a\",\"b\"", ["a\"", "\"b"]),
    ("[a,b]", ["[a", "b]"]),
    ("a;b", ["a;b"]),
    ("a\n b\n c", ["a\nb\nc"]),
    ("a,\n b,\n c", ["a", "b", "c"]),
    ("\n a,b", ["a", "b"]),
    ("a,b # c", ["a", "b # c"]),
    ("a, a", ["a", "a"]),
    ("\"a, b\"", ["a", "b"]),
  ])
  func `a list is cut at its commas`(text: String, expected: [String]) throws {
    #expect(try value(text).list().map(\.text) == expected)
  }

  @Test func `an item of a list is placed at its own line`() throws {
    let conf = try Conf("[x]\ntwo = 1,\n 2\nv = a, b,\n  c,\n  d\nw =\n  a\nu = $two,\n  3")
    func places(_ option: String) throws -> [String] {
      try conf.value(option, group: "x")?.list().map(\.place) ?? []
    }
    #expect(
      try places("v")
        == ["a.conf:4:5", "a.conf:4", "a.conf:5", "a.conf:6"].map { "\($0): [x] v" })
    #expect(try places("w") == ["a.conf:8: [x] w"])
    // What was inserted has lines of its own, so the line of an item is not known.
    #expect(try places("u") == Array(repeating: "a.conf:9:5: [x] u", count: 3))
  }

  @Test(arguments: [
    ("admin_password", "s3cret"), ("auth_token", "s3cret"), ("secret_key", "s3cret"),
    ("connection", "s3cret"), ("sql_connection", "s3cret"), ("v", "amqp://u:s3cret@h"),
  ])
  func `a secret is not shown`(name: String, text: String) throws {
    let value = try value(text, named: name)
    #expect(
      message { _ = try value.boolean() }?
        .hasSuffix(": [x] \(name) is ***, which is not true or false") == true)
    #expect(!value.description.contains("s3cret"))
  }

  @Test func `a file's mode tells whether its password is exposed`() throws {
    let folder = try FolderOfFiles(["a.conf": "[database]\nconnection = postgresql://u:p@h/d\n"])
    let conf = try Conf(files: [folder("a.conf")], folders: [], environment: [:])
    let value = try #require(try conf.value("connection", group: "database"))
    for (mode, isExposed) in [(0o600, false), (0o644, true)] as [(UInt, Bool)] {
      try folder.setMode(mode, of: "a.conf")
      let found = try #require(FileSystem.mode(of: folder("a.conf")))
      #expect(found == UInt16(mode))
      #expect(value.isExposed(inFileOfMode: found) == isExposed)
    }
    #expect(FileSystem.mode(of: folder("b.conf")) == nil)
  }

  @Test func `a shown value is one line and not long`() throws {
    let text = try value("a\n \u{1B}[1m\(String(repeating: "é", count: 100))").shownText
    #expect(text == "'a??[1m\(String(repeating: "é", count: 54))…'")
  }

  @Test(arguments: [
    ("connection", "postgresql://u:p@h/d", 0o644, true),
    ("connection", "postgresql://u:p@h/d", 0o640, false),
    ("connection", "postgresql://u@h:5432/d", 0o644, false),
    ("connection", "postgresql://u:@h/d", 0o644, false),
    ("connection", "postgresql:///d?password=p", 0o644, true),
    ("connection", "sqlite:////a.db", 0o644, false),
    ("admin_password", "p", 0o604, true),
    ("admin_password", "", 0o604, false),
    ("v", "p", 0o777, false),
  ])
  func `a password in a file that all can read is exposed`(
    name: String, text: String, mode: Int, expected: Bool
  ) throws {
    #expect(try value(text, named: name).isExposed(inFileOfMode: UInt16(mode)) == expected)
  }
}
