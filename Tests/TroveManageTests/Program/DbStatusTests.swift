import Foundation
import Testing
import TroveManage

@Suite struct DbStatusTests {
  /// A site whose plugin has one version.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine, plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin", scripts: ["007_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
    return site
  }

  /// The words of each line of a table.
  private static func rows(_ outcome: TestProgram.Outcome) -> [[Substring]] {
    outcome.output.split(separator: "\n").map { $0.split(separator: " ") }
  }

  @Test(arguments: Engine.allCases)
  func `a fresh database stands nowhere, and asking makes nothing`(engine: Engine) throws {
    let site = try Self.site(engine)
    let before = try site.contents()
    let outcome = try site.run("db_status")
    outcome.expectSuccess()
    #expect(outcome.messages == "")
    #expect(outcome.output.contains("database: \(engine.rawValue)://"))
    let rows = Self.rows(outcome)
    #expect(
      rows.contains(["core", "core", "core_version", "none", "2", "2", "0", "0", "-", "-"]),
      "\(outcome.output)")
    #expect(
      rows.contains(["plugin", "plugin", "plugin_version", "none", "7", "1", "0", "0", "-", "-"]))
    #expect(try site.contents() == before)
    try site.run("--json", "db_status").expectSuccess()
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `after a run nothing is pending, after a new script it is`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    try site.write("010_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    let before = try site.contents()
    let outcome = try site.run("db_status")
    outcome.expectSuccess()
    let rows = Self.rows(outcome)
    #expect(
      rows.contains(["core", "core", "core_version", "2", "10", "1", "0", "0", "0", "-"]),
      "\(outcome.output)")
    #expect(
      rows.contains(["plugin", "plugin", "plugin_version", "7", "7", "0", "0", "0", "0", "-"]))
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `with --repo_path only that repository is shown`(engine: Engine) throws {
    let site = try Self.site(engine)
    let outcome = try site.run("db_status", "--repo_path", "plugin")
    outcome.expectSuccess()
    #expect(outcome.output.contains("plugin_version") && !outcome.output.contains("core_version"))
  }

  @Test func `a file that is not there is not made`() throws {
    let site = try Self.site(.sqlite)
    for command in ["db_status", "db_version"] {
      _ = try site.run(command)
      #expect(FileSystem.kind(of: site.folder.path("test.sqlite")) == nil)
    }
  }

  @Test(arguments: Engine.allCases)
  func `with --json the standing is a document`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync", "--repo_path", "core").expectSuccess()
    let outcome = try site.run("db_status", "--json")
    outcome.expectSuccess()
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == true)
    #expect((document["database"] as? String)?.hasPrefix("\(engine.rawValue)://") == true)
    let repositories = try #require(document["repositories"] as? [[String: Any]])
    #expect(repositories.map { $0["role"] as? String } == ["core", "plugin"])
    #expect(repositories.map { $0["id"] as? String } == ["core", "plugin"])
    #expect(repositories.map { $0["version"] as? Int } == [2, nil])
    #expect(repositories.map { $0["latest"] as? Int } == [2, 7])
    #expect(repositories.map { $0["pending"] as? [Int] } == [[], [7]])
    #expect(repositories.map { $0["path"] as? String } == ["core", "plugin"].map(site.folder.path))
    #expect(outcome.messages == "")
  }

  @Test(arguments: Engine.allCases)
  func `with --json a difference is in the document, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    try site.folder.remove("core/versions/002_b_default_upgrade.sql")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    let outcome = try site.run("db_status", "--json")
    #expect(outcome.status == 4)
    let document = try outcome.document()
    let repositories = try #require(document["repositories"] as? [[String: Any]])
    #expect(repositories.map { $0["version"] as? Int } == [2, 7])
    #expect(document["ok"] as? Bool == false)
  }

  @Test(arguments: Engine.allCases)
  func `warnings about files are for db_status, too`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write("7_x_sqlite_upgrade.sql", "CREATE TABLE x (id INTEGER);")
    let outcome = try site.run("db_status")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("warning: \(site.script("7_x_sqlite_upgrade.sql"))"))
  }
}
