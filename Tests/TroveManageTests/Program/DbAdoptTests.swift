import Foundation
import Testing
import TroveManage

@Suite struct DbAdoptTests {
  /// A site whose core and plugin stand in the database, without a version row.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY);",
        "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "003_b_default_upgrade.sql": "ALTER TABLE b ADD COLUMN name VARCHAR(5);",
        "004_b_default_upgrade.sql": "INSERT INTO a VALUES (1);",
        "005_b_default_upgrade.sql": "DROP TABLE b;",
      ], plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER REFERENCES a (id));",
        "002_q_default_upgrade.sql": "CREATE TABLE q (id INTEGER);",
      ])
    return site
  }

  private static let (a, b, p) = (
    "CREATE TABLE a (id INTEGER PRIMARY KEY)", "CREATE TABLE b (id INTEGER)",
    "CREATE TABLE p (id INTEGER REFERENCES a (id))"
  )

  /// Where the journal says that repositories were stamped.
  private static func stamps(_ site: TestSite) throws -> [[String?]] {
    try site.database.rows(
      """
      SELECT repository_id, operation, to_version FROM trove_migrate_journal ORDER BY id
      """)
  }

  @Test(arguments: Engine.allCases)
  func `core and its plugin are found and recorded, and go on from there`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(Self.a, Self.b, Self.p, "CREATE TABLE mine (id INTEGER)")
    let outcome = try site.run("db_adopt", "--yes")
    outcome.expectSuccess()
    #expect(
      outcome.output.split(separator: "\n").dropFirst().map(String.init) == [
        "core: version 2, 2 objects agree", "  not 1: table b is there",
        "  not 3-4: b: column name is missing", "  not 5: table b is there",
        "plugin: version 1, 1 object agrees", "  not 2: table q is missing",
        "Recorded: core at 2, plugin at 1",
      ])
    #expect(try site.version() == 2)
    #expect(try site.version("plugin") == 1)
    #expect(try Self.stamps(site) == [["core", "stamp", "2"], ["plugin", "stamp", "1"]])
    let again = try site.run("db_adopt", "--yes")
    again.expectSuccess()
    #expect(again.output.contains("core: version 2, as recorded, 2 objects agree\n"))
    #expect(again.output.hasSuffix("Nothing to record\n"))
    try site.run("db_sync").expectSuccess()
    #expect(try site.version() == 5)
    #expect(try site.ownTables() == ["a", "mine", "p", "q"])
  }

  @Test(arguments: Engine.allCases)
  func `without --yes nothing is recorded`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(Self.a, Self.b)
    let before = try site.contents()
    let outcome = try site.run("db_adopt")
    #expect(outcome.status == 3)
    #expect(outcome.output.contains("core: version 2, 2 objects agree\n"))
    #expect(outcome.messages.contains("--yes"))
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `a database in which nothing is needs db_sync`(engine: Engine) throws {
    let site = try Self.site(engine)
    let before = try site.contents()
    let outcome = try site.run("db_adopt", "--yes")
    outcome.expectSuccess()
    #expect(
      outcome.output.hasSuffix(
        """
        core: nothing of it is here; db_sync brings it
        plugin: nothing of it is here; db_sync brings it
        Nothing to record

        """))
    #expect(try site.contents() == before)
    if engine == .sqlite { #expect(FileSystem.kind(of: site.folder.path("test.sqlite")) == nil) }
  }

  @Test(arguments: Engine.allCases)
  func `no version is recorded that does not fit, the nearest is shown`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(
      Self.a, "CREATE TABLE b (id INTEGER, name VARCHAR(5), hostname VARCHAR(9))", Self.p)
    let before = try site.contents()
    let outcome = try site.run("db_adopt", "--yes")
    #expect(outcome.status == 4)
    let lines = outcome.output.split(separator: "\n").dropFirst().map(String.init)
    #expect(
      lines.prefix(3) == [
        "core: no version has the schema that is here; version 4 is the nearest:", "  table b",
        "    column hostname was added",
      ])
    #expect(lines.last == "plugin: not looked at, for it may build on core")
    #expect(try site.contents() == before)
    let document = try site.run("db_adopt", "--yes", "--json").document()
    #expect(document["outcome"] as? String == "unresolved")
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `what only other versions have must not be there`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(Self.a, Self.b, "DROP TABLE a")
    let outcome = try site.run("db_adopt", "--yes", "--repo_path", "core")
    #expect(outcome.status == 4)
    try site.database.execute(Self.a, "CREATE TABLE q (id INTEGER)")
    let both = try site.run("db_adopt", "--yes")
    #expect(both.status == 4)
    #expect(both.output.contains("core: version 2, "))
    #expect(both.output.contains("plugin: no version has the schema that is here"))
    #expect(both.messages.contains("--repo_path"))
    #expect(try site.version() == nil)
    try site.run("db_adopt", "--yes", "--repo_path", "core").expectSuccess()
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `of versions with the same schema the command line chooses`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(Self.a, "CREATE TABLE b (id INTEGER, name VARCHAR(5))")
    let before = try site.contents()
    let open = try site.run("db_adopt", "--yes")
    #expect(open.status == 4)
    #expect(
      open.output.contains("core: versions 3 and 4 have the same schema, which is the one here"))
    #expect(open.output.contains("plugin: nothing of it is here"))
    let wrong = try site.run("db_adopt", "--yes", "--version", "2")
    #expect(wrong.status == 4)
    #expect(
      wrong.output.contains(
        """
        core: it is not version 2; the schema here is that of 3 and 4:
          table b
            column name was added

        """))
    try site.expectFailure(1, "db_adopt", "--yes", "--version", "9", naming: ["core", "9"])
    #expect(try site.contents() == before)
    try site.run("db_adopt", "--yes", "--version", "4").expectSuccess()
    #expect(try site.version() == 4)
  }

  @Test(arguments: Engine.allCases)
  func `a version row is checked against the schema`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_upgrade", "--repo_path", "core", "--version", "3").expectFailure(
      1, naming: ["not under version control"])
    try site.database.execute(Self.a, Self.b)
    try site.run("db_version_control", "--version", "3").expectSuccess()
    let before = try site.contents()
    let outcome = try site.run("db_adopt", "--yes")
    #expect(outcome.status == 4)
    #expect(
      outcome.output.contains(
        """
        core: recorded at version 3, from which the schema differs; the schema here is that of 2:
          table b
            column name was removed

        """))
    try site.expectFailure(
      1, "db_adopt", "--yes", "--version", "2", naming: ["already, at version 3"])
    #expect(try site.contents() == before)
    try site.database.execute("ALTER TABLE b ADD COLUMN name VARCHAR(5)")
    let owners = try site.run("db_adopt")
    #expect(owners.status == 3)
    #expect(owners.output.contains("that they are its own is not recorded yet"))
    try site.run("db_adopt", "--yes").expectSuccess()
    try site.run("db_adopt").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a plugin alone is built on what is there`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync", "--repo_path", "core").expectSuccess()
    try site.database.execute(Self.p)
    let outcome = try site.run("db_adopt", "--repo_path", "plugin", "--yes")
    outcome.expectSuccess()
    #expect(!outcome.output.contains("core: "))
    #expect(outcome.output.contains("plugin: version 1, 1 object agrees"))
    #expect(try site.version("plugin") == 1)
    try site.writeConf(plugins: "./nowhere")
    let warned = try site.run("db_adopt", "--repo_path", "core")
    warned.expectSuccess()
    #expect(warned.messages.contains("warning: "))
  }

  @Test(arguments: Engine.allCases)
  func `a script that fails in the scratch database changes nothing`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(Self.a, Self.b)
    try site.write("005_b_default_upgrade.sql", "DROP TABLE nothing;")
    let location = site.script("005_b_default_upgrade.sql")
    try site.expectFailure(
      1, "db_adopt", "--yes", naming: ["in the scratch database: \(location):1"])
  }

  @Test(arguments: Engine.allCases)
  func `with --json the findings are data`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(Self.a, Self.b)
    let outcome = try site.run("db_adopt", "--yes", "--json")
    outcome.expectSuccess()
    let document = try outcome.document()
    #expect(document["outcome"] as? String == "recorded")
    let findings = try #require(document["evidence"] as? [[String: Any]])
    #expect(findings.map { $0["id"] as? String } == ["core", "plugin"])
    #expect(findings.map { $0["verdict"] as? String } == ["found", "absent"])
    #expect(findings.map { $0["version"] as? Int } == [2, nil])
    #expect(findings.map { $0["matches"] as? [Int] } == [[2], [0]])
    #expect(findings[0]["objects"] as? [String] == ["table a", "table b"])
    let rejected = try #require(findings[0]["rejected"] as? [[String: Any]])
    #expect(rejected.map { $0["from"] as? Int } == [1, 3, 5])
    #expect(rejected.map { $0["to"] as? Int } == [1, 4, 5])
    #expect(rejected[1]["reason"] as? String == "b: column name is missing")
  }

  @Test(arguments: ["y", "no"]) func `on a terminal the command asks`(answer: String) throws {
    let site = try Self.site(.sqlite)
    try site.database.execute(Self.a, Self.b)
    let process = Process()
    let input = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/script")
    process.arguments = [
      "--quiet", "--return", "--command",
      "\(TestProgram.path) --config-file \(site.conf) db_adopt", site.folder.path("typescript"),
    ]
    process.standardInput = input
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    input.fileHandleForWriting.write(Data("\(answer)\n".utf8))
    process.waitUntilExit()
    #expect(process.terminationStatus == (answer == "y" ? 0 : 1))
    #expect(try site.version() == (answer == "y" ? 2 : nil))
  }
}
