import Foundation
import Testing
import TroveManage

@Suite struct DbDiagramTests {
  private static let formats = DiagramFormat.allCases.map(\.rawValue)

  /// The tables of the document that `--json` prints: names, owners, and what they refer to.
  private static func tables(_ site: TestSite, _ arguments: String...) throws -> [String] {
    let outcome = try site.run(["--json", "db_diagram"] + arguments)
    outcome.expectSuccess()
    let diagram = try #require(try outcome.document()["diagram"] as? [String: Any])
    let tables = try #require(diagram["tables"] as? [[String: Any]])
    return tables.map { table in
      let keys = table["foreign_keys"] as? [[String: Any]] ?? []
      let parents = keys.map { "\($0["refers_to"] ?? "")" }
      return "\(table["name"] ?? "") of \(table["owner"] ?? ""): \(parents.joined(separator: " "))"
    }
  }

  private static let expected = [
    "alone of core 1 (core): ", "disks of core 1 (core): hosts disks", "hosts of core 1 (core): ",
    "extras of plugin 1: hosts",
  ]

  @Test(arguments: Engine.allCases)
  func `tables, keys and owners are drawn, from the database and from the scripts`(
    engine: Engine
  ) throws {
    let site = try TestSite.forPictures(engine)
    #expect(try Self.tables(site, "--from", "repositories") == Self.expected)
    try site.run("db_sync").expectSuccess()
    #expect(try Self.tables(site) == Self.expected)
    let outcome = try site.run("db_diagram")
    outcome.expectSuccess()
    let texts = try ParsedXML(outcome.output).texts
    let words = texts["text", default: []]
    for word in ["core 1 (core): 3 tables", "plugin 1: 1 table", "hosts", "twin_id", "varchar(36)"]
    {
      #expect(words.contains(word), "\(word) is not in \(words)")
    }
    for title in ["disks (host_id) → hosts (id)", "disks (twin_id) → disks (id)"] {
      #expect(texts["title", default: []].contains { $0.hasPrefix(title) })
    }
    #expect(words.count { $0 == "FK" } == 3 + 1)
    #expect(words.count { $0 == "PK" } == 3 + 1)
  }

  @Test(arguments: Engine.allCases)
  func `what is nobody's is drawn, too`(engine: Engine) throws {
    let site = try TestSite.forPictures(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("CREATE TABLE mine (id INTEGER REFERENCES hosts (id))")
    #expect(try Self.tables(site) == Self.expected + ["mine of nobody's: hosts"])
    #expect(try Self.tables(site, "--from", "repositories") == Self.expected)
  }

  @Test(arguments: Engine.allCases)
  func `a repository that the conf files do not name keeps its tables`(engine: Engine) throws {
    let site = try TestSite.forPictures(engine)
    try site.run("db_sync").expectSuccess()
    try site.writeConf()
    #expect(try Self.tables(site) == Self.expected.dropLast() + ["extras of plugin: hosts"])
  }

  @Test func `other schemas are named, and partitions are drawn when they are asked for`() throws {
    let site = try TestSite(.postgresql)
    try site.database.execute(
      "CREATE SCHEMA side", "CREATE TABLE side.a (id INTEGER PRIMARY KEY)",
      "CREATE TABLE p (id INTEGER REFERENCES side.a (id)) PARTITION BY LIST (id)",
      "CREATE TABLE p1 PARTITION OF p DEFAULT")
    let texts = try ParsedXML(site.run("db_diagram").output).texts["title", default: []]
    #expect(texts.contains("side.a") && texts.contains("p") && !texts.contains("p1"))
    #expect(texts.contains { $0.hasPrefix("p (id) → side.a (id)") })
    let all = try ParsedXML(site.run("db_diagram", "--all").output).texts["title", default: []]
    #expect(all.contains("p1"))
  }

  @Test(arguments: Engine.allCases)
  func `tables of the program are drawn when they are asked for`(engine: Engine) throws {
    let site = try TestSite.forPictures(engine)
    try site.run("db_sync").expectSuccess()
    let all = try Self.tables(site, "--all")
    let own =
      ["core_version", "plugin_version"]
      + (try site.database.tables()).filter {
        $0.hasPrefix("trove_migrate_")
      }
    #expect(all == Self.expected + own.map { "\($0) of trove-manage's own: " })
  }

  @Test(arguments: Engine.allCases)
  func `one repository is drawn with the names of what it refers to`(engine: Engine) throws {
    let site = try TestSite.forPictures(engine)
    try site.run("db_sync").expectSuccess()
    let plugin = try Self.tables(site, "--repo_path", "plugin")
    #expect(Set(plugin) == ["hosts of core: ", "extras of plugin 1: hosts"])
    #expect(
      try Self.tables(site, "--repo_path", "plugin", "--repo_path", "core").count
        == Self.expected.count)
    let both = ["--from", "repositories", "--repo_path", "core", "--repo_path", "plugin"]
    let outcome = try site.run(["db_diagram"] + both)
    outcome.expectSuccess()
    #expect(outcome.output.contains("<title>core 1, plugin 1</title>"))
  }

  @Test(arguments: Engine.allCases)
  func `owners are asked of the scripts where nothing is remembered`(engine: Engine) throws {
    let site = try TestSite.forPictures(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("DROP TABLE trove_migrate_objects", "DROP TABLE trove_migrate_owners")
    let before = try site.everything()
    #expect(try Self.tables(site) == Self.expected)
    #expect(try site.everything() == before)
  }

  @Test(arguments: Engine.allCases, formats)
  func `hostile names are there, and mean nothing`(engine: Engine, format: String) throws {
    let site = try TestSite(engine)
    try site.makeHostileTables()
    let outcome = try site.run("db_diagram", "--format", format)
    outcome.expectSuccess()
    let text = outcome.output
    #expect(!text.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7F })
    let names = TestSite.hostileNames.map { name in
      String(
        String.UnicodeScalarView(
          name.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "\u{FFFD}" : $0 }))
    }
    switch format {
    case "svg":
      let texts = try ParsedXML(text).texts
      for name in names {
        #expect(texts["text", default: []].count { $0 == name } == 2, "\(name)")
        #expect(texts["title", default: []].contains(name))
      }
      let keys = texts["title", default: []].count { $0.contains(" → ") }
      #expect(keys == names.count - 1)
    case "dot":
      let lines = text.split(separator: "\n")
      #expect(lines.count { $0.contains(" -> t") } == names.count - 1)
      for name in names { #expect(text.contains("<b>\(name.inXML)</b>"), "\(name)") }
      // Every quote that is open is closed on its line, whatever backslashes stand before it.
      for line in lines { #expect(line.unescapedQuotes.isMultiple(of: 2), "\(line)") }
    default:
      let lines = text.split(separator: "\n").map { $0.drop { $0 == " " } }
      #expect(lines.count { $0.contains("--o| t") || $0.contains("--|| t") } == names.count - 1)
      for line in lines.dropFirst(4) { #expect(Self.isMermaid(line), "\(line)") }
      #expect(lines.count { $0.hasPrefix("t") && $0.hasSuffix("{") } == names.count)
    }
  }

  /// Whether a line is one of the few that we write, with nothing in quotes that the grammar does not take there.
  private static func isMermaid(_ line: Substring) -> Bool {
    let keyWords = #/direction\s+(TB|BT|RL|LR)|^(\S+ )?(PK|FK|UK)\b/#
    if line.firstMatch(of: keyWords.ignoresCase()) != nil { return false }
    let quoted = #/"[^"%\\\n{}<>~]+"/#
    let bare = line.replacing(quoted, with: "Q")
    let forms: [Regex<Substring>] = [
      #/legend\d+\[Q\]/#, #/t\d+\[Q\](?: \{)?/#, #/\}/#, #/t\d+ [|}]o--(?:o\||\|\|) t\d+ : Q/#,
      #/classDef owner\d+ fill:#\w{6},stroke:#\w{6}/#, #/class [\w,]+ owner\d+/#,
      #/[A-Za-z_\u{C0}-\u{FFFD}][-\w\[\]()]* [A-Za-z_\u{C0}-\u{FFFD}][-\w\[\]()\u{FFFD}]*(?: PK| FK| PK, FK)?(?: Q)?/#,
    ]
    return forms.contains { bare.wholeMatch(of: $0) != nil }
  }

  @Test(arguments: Engine.allCases)
  func `a database without tables makes a picture that says so`(engine: Engine) throws {
    let site = try TestSite(engine)
    try site.database.execute("SELECT 1")
    let outcome = try site.run("db_diagram")
    outcome.expectSuccess()
    #expect(try ParsedXML(outcome.output).texts["text"]?.contains("There are no tables.") == true)
    for format in Self.formats { try site.run("db_diagram", "--format", format).expectSuccess() }
  }

  // MARK: - Only reading

  @Test(arguments: Engine.allCases)
  func `the database is only read`(engine: Engine) throws {
    let site = try TestSite.forPictures(engine)
    try site.run("db_sync").expectSuccess()
    let before = (try site.contents(), try site.everything())
    for format in Self.formats { try site.run("db_diagram", "--format", format).expectSuccess() }
    try site.run("db_diagram", "--all").expectSuccess()
    try site.run("db_diagram", "--from", "repositories").expectSuccess()
    #expect(try site.contents() == before.0)
    #expect(try site.everything() == before.1)
  }

  @Test func `a file in WAL mode keeps its bytes, and nothing is left beside it`() throws {
    let site = try TestSite.forPictures(.sqlite)
    try site.run("db_sync").expectSuccess()
    _ = try site.database.rows("PRAGMA journal_mode = wal")
    let before = try site.contents()
    try site.run("db_diagram", "--output", "/dev/null/x").expectFailure(1, naming: ["/dev/null/x"])
    try site.run("db_diagram").expectSuccess()
    #expect(try site.contents() == before)
  }

  @Test func `a file that is not there is named and not made`() throws {
    let site = try TestSite.forPictures(.sqlite)
    try site.expectFailure(
      1, "db_diagram", naming: ["test.sqlite: no such file", "hint: ", "--from repositories"])
    let before = try site.contents()
    try site.run("db_diagram", "--from", "repositories").expectSuccess()
    #expect(try site.contents() == before)
  }

  @Test func `a server that does not answer is 75, a wrong password 1`() throws {
    let site = try TestSite(.sqlite)
    try site.writeConf(url: "postgresql://u:\(TestSite.password)@127.0.0.1:1/d")
    try site.run("db_diagram").expectFailure(75, naming: ["127.0.0.1"])
  }
}

extension Substring {
  /// How many double quotes open or close a string.
  fileprivate var unescapedQuotes: Int {
    // In labels that are like HTML, attributes have quotes, too, but no backslash counts.
    replacing("\\\\", with: "").replacing("\\\"", with: "").count { $0 == "\"" }
  }
}

extension String {
  fileprivate var inXML: String {
    replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
      .replacing("\"", with: "&quot;")
  }
}
