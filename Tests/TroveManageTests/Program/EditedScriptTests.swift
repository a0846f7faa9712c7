import Foundation
import Testing
import TroveManage

/// Scripts that were edited, or removed, after they ran.
@Suite struct EditedScriptTests {
  private static let second = "002_b_default_upgrade.sql"

  /// A site with two versions done.
  private static func site(
    _ engine: Engine, plugins: String = "", options: String = ""
  ) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine, plugins: plugins, options: options)
    try site.run("db_sync").expectSuccess()
    return site
  }

  private static func edited(_ site: TestSite) throws -> [[[String: Any]]?] {
    let document = try site.run("db_status", "--json").document()
    let repositories = try #require(document["repositories"] as? [[String: Any]])
    return repositories.map { $0["edited"] as? [[String: Any]] }
  }

  @Test(arguments: Engine.allCases)
  func `db_status names the versions whose scripts were edited or removed`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write(Self.second, "CREATE TABLE b (id BIGINT);")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.folder.remove("core/versions/001_a_default_upgrade.sql")
    let before = try site.contents()
    let status = try site.run("db_status")
    #expect(status.status == 4)
    #expect(status.output.contains("core: edited since it ran: 2\n"), "\(status.output)")
    #expect(status.output.contains("core: missing, though it ran: 1\n"))
    #expect(try site.contents() == before)
    let edited = try #require(try Self.edited(site).first ?? nil)
    #expect(edited.map { $0["version"] as? Int } == [1, 2])
    #expect(edited.map { $0["state"] as? String } == ["missing", "edited"])
    #expect(
      edited.map { $0["script"] as? String }
        == ["001_a_default_upgrade.sql", Self.second].map(site.script))
  }

  @Test(arguments: Engine.allCases)
  func `a run does not look at scripts that ran`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write(Self.second, "CREATE TABLE b (id BIGINT);")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
  }

  @Test(arguments: Engine.allCases)
  func `line ends, a byte order mark and what was put back are no edits`(engine: Engine) throws {
    let site = try TestSite(engine)
    let text = "CREATE TABLE a (id INTEGER);\n-- end\n"
    try site.write("001_a_default_upgrade.sql", text)
    try site.run("db_sync").expectSuccess()
    for other in ["\u{FEFF}\(text)", text.replacing("\n", with: "\r\n"), "x", text] {
      try site.write("001_a_default_upgrade.sql", other)
      #expect(try site.run("db_status").status == (other == "x" ? 4 : 0), "\(other)")
    }
    try site.write("001_a_default_upgrade.sql", text + "\n")
    #expect(try site.run("db_status").status == 4)
  }

  @Test(arguments: Engine.allCases)
  func `a version that was downgraded and upgraded again counts with its last text`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    try site.run("db_downgrade", "1").expectSuccess()
    try site.write(Self.second, "CREATE TABLE b (id BIGINT);")
    // It is not applied, so that nothing is edited.
    try site.run("db_status").expectSuccess()
    try site.run("db_sync").expectSuccess()
    try site.run("db_status").expectSuccess()
    try site.write(Self.second, "CREATE TABLE b (id INTEGER);")
    #expect(try site.run("db_status").status == 4)
  }

  @Test(arguments: Engine.allCases)
  func `two repositories with the same numbers do not mix`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./one, ./two")
    for name in ["one", "two"] {
      try site.folder.writeRepository(
        name, id: "same",
        scripts: ["002_b_default_upgrade.sql": "CREATE TABLE \(name) (id INTEGER);"])
    }
    try site.run("db_sync").expectSuccess()
    #expect(try Self.edited(site).map { $0?.count } == [0, 0, 0])
    try site.folder.write("two/versions/\(Self.second)", "-- edited")
    #expect(try Self.edited(site).map { $0?.count } == [0, 0, 1])
  }

  @Test(arguments: Engine.allCases)
  func `what sqlalchemy-migrate ran has no text to compare with`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.database.execute(
      """
      CREATE TABLE core_version (repository_id VARCHAR(250) NOT NULL, repository_path TEXT,
        version INTEGER, PRIMARY KEY (repository_id))
      """, "INSERT INTO core_version VALUES ('core', '/old/place', 2)")
    try site.write(Self.second, "-- edited")
    try site.run("db_status").expectSuccess()
    try site.run("db_check").expectSuccess("Nothing found: core is at 2\n")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.folder.remove("core/versions/001_a_default_upgrade.sql")
    try site.run("db_status").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "-- edited")
    #expect(try site.run("db_status").status == 4)
  }

  @Test(arguments: Engine.allCases)
  func `a stamp and db_recreate begin anew`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write(Self.second, "CREATE TABLE b (id BIGINT);")
    try site.run("db_recreate").expectSuccess()
    try site.run("db_status").expectSuccess()
    try site.database.execute("DELETE FROM core_version")
    try site.run("db_version_control", "--version", "2").expectSuccess()
    try site.write(Self.second, "-- edited")
    try site.run("db_status").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `the script of the engine that takes the place of the one that ran is compared`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    let own = "002_b_\(engine.dialect)_upgrade.sql"
    try site.write(own, "CREATE TABLE b (id INTEGER);")
    try site.run("db_status").expectSuccess()
    try site.write(own, "CREATE TABLE b (id BIGINT);")
    #expect(try site.run("db_check").output.contains("\(site.script(own)): edited since it ran"))
  }

  @Test(arguments: Engine.allCases, ["db_sync", "db_upgrade"])
  func `with strict nothing runs, and every edited script is named`(
    engine: Engine, command: String
  ) throws {
    let site = try Self.site(engine, options: "strict = true")
    try site.run(command).expectSuccess("Nothing to do: core is at 2\n")
    try site.write(Self.second, "-- edited")
    try site.folder.remove("core/versions/001_a_default_upgrade.sql")
    let facts = [
      "\(site.script("001_a_default_upgrade.sql")): missing, though it ran as version 1 of core",
      "\(site.script(Self.second)): edited since it ran as version 2 of core", "strict",
      "db_repair",
    ]
    try site.expectFailure(4, command, naming: facts)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.expectFailure(4, command, naming: facts)
    let environment = ["OS_MIGRATE__STRICT": "false"]
    try site.run([command], environment: environment).expectSuccess()
    #expect(try site.version() == 3)
  }

  @Test(arguments: Engine.allCases)
  func `a thousand versions are compared with one question`(engine: Engine) throws {
    let site = try TestSite(engine)
    for number in 1...1000 {
      try site.write("\(10_000 + number)_v_default_upgrade.sql", "-- \(number)")
    }
    try site.run("db_sync").expectSuccess()
    try site.write("10500_v_default_upgrade.sql", "-- edited")
    let status = try site.run("--debug", "db_status")
    #expect(status.status == 4)
    #expect(status.output.contains("core: edited since it ran: 10500\n"))
    let queries = status.messages.components(separatedBy: "SELECT").count
    #expect(queries < 40, "\(queries)")
  }
}
