import Testing

@testable import TroveManage

@Suite struct ContractTests {
  /// The contracts of a `migrate.cfg` whose fifth line is `requires =` and `text`.
  private static func contracts(_ text: String, id: String = "com.foo") throws -> [Contract] {
    let folder = try TestFolder()
    try folder.write("r/versions/README", "")
    try folder.write(
      "r/migrate.cfg",
      """
      [db_settings]
      # A plugin's.
      repository_id = \(id)
      version_table = v
      requires =\(text)
      """)
    return try Repository(folder: Path(folder.path("r"))).requires
  }

  private static func requirements(_ text: String, id: String = "com.foo") throws -> [String] {
    try contracts(text, id: id).map(\.requirement)
  }

  @Test(arguments: [
    ("", []),
    (" Trove Migrations >= 30, < 60", ["Trove Migrations >= 30, < 60"]),
    (
      " Trove Migrations >= 30, < 60, com.bar >= 2",
      ["Trove Migrations >= 30, < 60", "com.bar >= 2"]
    ),
    (" a", ["a"]),
    (" a, b,c", ["a", "b", "c"]),
    ("a>=1,b<2 , c  ==  3", ["a >= 1", "b < 2", "c = 3"]),
    (" a = 3, b > 4, c <= 5, d != 6", ["a = 3", "b > 4", "c <= 5", "d != 6"]),
    ("\n  a >= 1\n  b\n\n  c < 3,\n  d", ["a >= 1", "b", "c < 3", "d"]),
    (" Trove Migrations\n  >= 30,\n  < 60", ["Trove Migrations >= 30, < 60"]),
    (
      "\n  Trove Migrations >= 30,\n  # up to what was tested\n  < 60,\n",
      ["Trove Migrations >= 30, < 60"]
    ),
    (" a >= 1, b, a < 5", ["a >= 1, < 5", "b"]),
    (" a >= 007", ["a >= 7"]),
    (" a >= 20261123001633, < 20270101000000", ["a >= 20261123001633, < 20270101000000"]),
    (" a <= 9223372036854775807", ["a <= 9223372036854775807"]),
    (" 100%% sure >= 1", ["100% sure >= 1"]),
    (" 'a' >= 1, \"b\"", ["'a' >= 1", "\"b\""]),
    (" Wow! >= 3, a~b > 2", ["Wow! >= 3", "a~b > 2"]),
    (" Größe 2 >= 3", ["Größe 2 >= 3"]),
    (" com.foo.bar", ["com.foo.bar"]),
  ])
  func `contracts are read from one line or several`(text: String, expected: [String]) throws {
    #expect(try Self.requirements(text) == expected)
  }

  @Test func `a contract stands where its repository is named first`() throws {
    let contracts = try Self.contracts("\n  a,\n  # not c\n\n  b >= 1,\n  < 3\n  d, a >= 2")
    #expect(contracts.map(\.repositoryID) == ["a", "b", "d"])
    #expect(contracts.map(\.location.line) == [6, 9, 11])
    #expect(try Self.contracts(" a").map(\.location.line) == [5])
    let description = try #require(contracts.dropFirst().first?.description)
    #expect(description.hasPrefix("com.foo requires b >= 1, < 3 (/"))
    #expect(description.hasSuffix("/r/migrate.cfg:9)"))
  }

  /// What is wrong with a setting, the line, and what the message says besides an example.
  static let mistakes: [(text: String, line: Int, fact: String)] = [
    (" >= 30", 5, "'>= 30' names no repository"),
    ("\n  a,\n  , b", 7, "a comma with nothing before it"),
    (" ,", 5, "a comma with nothing before it"),
    (" a,, b", 5, "a comma with nothing before it"),
    (" a >=", 5, "'a >=': '' is no version"),
    (" a >= x", 5, "'a >= x': 'x' is no version"),
    (" a >= -1", 5, "'-1' is no version"),
    (" a >= +1", 5, "'+1' is no version"),
    (" a >= 1.5", 5, "'1.5' is no version"),
    (" a >= ٣", 5, "'٣' is no version"),
    (" a >= 30 < 60", 5, "'30 < 60' is no version"),
    (" a >= 30 # why", 5, "'30 # why' is no version"),
    (" a >= 9223372036854775808", 5, "is no version from 0 to 9223372036854775807"),
    (" a => 3", 5, "'a => 3': '=>' is none of >=, >, <=, <, =, !="),
    (" a ~> 3", 5, "'~>' is none of"),
    (" a === 3", 5, "'===' is none of"),
    (" a <> 3", 5, "'<>' is none of"),
    ("\n  b,\n  # x\n  a => 3", 8, "'=>' is none of"),
    (" []", 5, "'[]' names no repository"),
    (" ['a', 'b']", 5, "'['a'' names no repository"),
    (" a\u{7}b", 5, "names no repository"),
    (" a >= 60, < 30", 5, "'a >= 60, < 30', and no version is all of that"),
    (" a >= 60, b, a < 30", 5, "'a >= 60, < 30', and no version is all of that"),
    (" a > 30, < 31", 5, "no version is all of that"),
    (" a = 3, = 4", 5, "no version is all of that"),
    (" a = 3, != 3", 5, "no version is all of that"),
    (" a < 1", 5, "no version is all of that"),
    (" a = 0", 5, "no version is all of that"),
    (" a <= 2, != 1, != 2, != 2", 5, "no version is all of that"),
    (" a > 9223372036854775807", 5, "no version is all of that"),
  ]

  @Test(arguments: mistakes)
  func `a mistake is named with its line, the part and how to write it`(
    mistake: (text: String, line: Int, fact: String)
  ) throws {
    let text = try #require(message { _ = try Self.contracts(mistake.text) })
    let lines = text.split(separator: "\n")
    #expect(lines.first?.contains("/r/migrate.cfg:\(mistake.line): requires") == true, "\(text)")
    #expect(lines.first?.contains(mistake.fact) == true, "\(text)")
    #expect(
      lines.dropFirst().first?.hasPrefix("hint: write it as in requires = Trove Migrations >= 30")
        == true, "\(text)")
  }

  @Test func `a repository cannot require itself`() throws {
    let text = try #require(message { _ = try Self.contracts(" b, com.foo >= 1") })
    #expect(text.contains("/r/migrate.cfg:5: com.foo requires itself\nhint: "))
    #expect(try Self.requirements(" com.Foo") == ["com.Foo"])
  }

  @Test(arguments: [
    (" a", [1, 2, .max], [0]), (" a >= 30, < 60", [30, 59], [0, 29, 60]),
    (" a > 30, <= 60", [31, 60], [30, 61]), (" a = 3", [3], [2, 4]),
    (" a != 3", [2, 4], [0, 3]), (" a < 60", [1, 59], [0, 60]),
    (" a >= 9223372036854775807", [.max], [.max - 1]),
    (" a <= 2, != 1, != 7", [2], [1, 3]),
  ])
  func `what is required must be there, at a version that suits`(
    text: String, suiting: [Int], others: [Int]
  ) throws {
    let contract = try #require(try Self.contracts(text).first)
    for version in suiting { #expect(contract.suits(version), "\(version)") }
    for version in others { #expect(!contract.suits(version), "\(version)") }
  }

  @Test func `a value of the section DEFAULT shows through, as it does in Python`() throws {
    let folder = try TestFolder()
    try folder.write("r/versions/README", "")
    try folder.write(
      "r/migrate.cfg",
      "[DEFAULT]\nREQUIRES: a\n[db_settings]\nrepository_id = x\nversion_table = v\n")
    #expect(try Repository(folder: Path(folder.path("r"))).requires.map(\.repositoryID) == ["a"])
  }
}
