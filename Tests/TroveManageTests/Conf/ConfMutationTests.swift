import Testing
import TroveManage

@Suite struct ConfMutationTests {
  private static let text = """
    # comment
    [DEFAULT]
    db_plugins = com.foo.Bar,
      ../repo, "x"
    region = r1
    [database]
    connection = "postgresql://u:pa$$word@$host/${region}"
    host: h\\$1
    [migrate]
    lock_wait = 0.5
    protected = yes
    """

  private static let pieces = [
    "\n", "\r\n", "\n ", "[", "]", "=", ":", "$", "${", "}", "$region", "${database.host}", "\"",
    "'", "\\", ",", "#", ";", "\u{FEFF}", "é", "\u{2028}", "%", "%%", "%(", "\0", "[DEFAULT]\n",
  ]

  @Test(arguments: 0..<8)
  func `any text is a configuration or one error`(seed: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<500 {
      let bytes = numbers.mutation(of: Self.text, pieces: Self.pieces)
      for grammar in [INIFile.Grammar.oslo, .configParser] {
        do throws(ConfError) {
          try Self.read(INIFile(bytes, path: "a.conf", grammar: grammar))
        } catch {
          check(error)
        }
      }
    }
  }

  private static func read(_ file: INIFile) throws(ConfError) {
    let conf = Conf([file], environment: ["OS_MIGRATE__PYTHON": "$region"])
    let settings = try Settings(conf)
    _ = try settings.connection()
    for name in ConfOption.all.map(\.name) {
      _ = try conf.variable(name.option, group: name.group)
    }
  }

  private func check(_ error: ConfError) {
    let lines = "\(error)".split(separator: "\n")
    #expect(lines.count == 1 || lines[1].hasPrefix("hint: "))
    #expect(!"\(error)".contains("word@"))
    switch error {
    case .noConnection: break
    default: #expect(lines[0].hasPrefix("a.conf:") || lines[0].hasPrefix("environment variable "))
    }
  }

  @Test func `long lines, values, names and lists are read`() throws {
    let many = 20_000
    let lines = [
      "[x]",
      "line = " + String(repeating: "a", count: many),
      "lines =" + String(repeating: "\n a", count: many),
      "dollars = " + String(repeating: "$$", count: many),
      "open = " + String(repeating: "${", count: many),
      "items = " + String(repeating: "a,", count: many),
      "name = $" + String(repeating: "é", count: many),
      String(repeating: "k", count: many) + " = v",
      String(repeating: "k = v\n[y]\n", count: many),
    ]
    let conf = try Conf(lines.joined(separator: "\n"))
    func count(_ option: String) throws -> Int? {
      try conf.value(option, group: "x")?.text.unicodeScalars.count
    }
    #expect(try count("line") == many)
    #expect(try count("lines") == 2 * many)
    #expect(try count("dollars") == many)
    #expect(try count("open") == 2 * many)
    #expect(try count("name") == many + 1)
    #expect(try conf.value("items", group: "x")?.list().count == many)
    #expect(try conf.value("k", group: "y")?.text == "v")
  }
}
