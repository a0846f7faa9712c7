import Foundation
import Testing
import TroveManage

@Suite struct DbDiffTests {
  /// A site whose plugin's table refers to core's, both at their latest version.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY, name VARCHAR(5));",
        "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
      ], plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: ["001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER REFERENCES a (id));"])
    try site.run("db_sync").expectSuccess()
    return site
  }

  @Test(arguments: Engine.allCases)
  func `what the scripts made equals what they make`(engine: Engine) throws {
    let site = try Self.site(engine)
    let before = try site.contents()
    let outcome = try site.run("db_diff")
    outcome.expectSuccess()
    #expect(outcome.output.contains("compared with: the scripts of core at 2, plugin at 1\n"))
    #expect(outcome.output.hasSuffix("equal: \(engine == .sqlite ? 3 : 4) objects\n"))
    #expect(outcome.messages == "")
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `only the versions at which the database stands are built`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.write("004_d_default_upgrade.sql", "this is no SQL;")
    try site.run("db_diff").expectSuccess()
    try site.run("db_sync", "--repo_path", "plugin").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `what was changed by hand is named, object by object`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute(
      "ALTER TABLE a ADD COLUMN hostname VARCHAR(9)", "DROP TABLE b",
      "CREATE TABLE mine (id INTEGER)",
      "CREATE INDEX a_name ON a (name)")
    let before = try site.contents()
    let outcome = try site.run("db_diff")
    #expect(outcome.status == 4, "\(outcome.messages)")
    #expect(
      outcome.output.split(separator: "\n").dropFirst(2).map(String.init) == [
        "table a (core)", "  column hostname was added", "  index a_name was added",
        "table b (core) is missing", "table mine was added", "3 objects differ",
      ])
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `with --json the differences are data`(engine: Engine) throws {
    let site = try Self.site(engine)
    #expect(try site.run("db_diff", "--json").document()["ok"] as? Bool == true)
    try site.database.execute("ALTER TABLE a ADD COLUMN hostname INTEGER", "DROP TABLE b")
    let outcome = try site.run("db_diff", "--json")
    #expect(outcome.status == 4)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    let differences = try #require(document["differences"] as? [[String: Any]])
    #expect(differences.map { $0["name"] as? String } == ["a", "b"])
    #expect(differences.map { $0["change"] as? String } == ["changed", "missing"])
    let parts = try #require(differences[0]["parts"] as? [[String: Any]])
    #expect(parts.map { $0["kind"] as? String } == ["column"])
    #expect(parts.map { $0["name"] as? String } == ["hostname"])
    let type = engine == .sqlite ? "INTEGER" : "integer"
    #expect(parts.map { $0["found"] as? String } == [type])
    #expect(parts.map { $0["expected"] as? String } == [nil])
  }

  @Test(arguments: Engine.allCases)
  func `two databases are compared with each other`(engine: Engine) throws {
    let one = try Self.site(engine)
    let two = try Self.site(engine)
    try one.run("db_diff", two.database.urlText).expectSuccess()
    try two.database.execute("ALTER TABLE b ADD COLUMN x INTEGER", "CREATE TABLE c (id INTEGER)")
    let before = try (one.contents(), two.contents())
    let outcome = try one.run("db_diff", two.database.urlText)
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("table b (core)\n  column x was removed\ntable c is missing\n"))
    #expect(try one.contents() == before.0)
    #expect(try two.contents() == before.1)
  }

  @Test(arguments: Engine.allCases)
  func `a database that stands nowhere is compared with an empty one`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    let before = try site.contents()
    let outcome = try site.run("db_diff")
    outcome.expectSuccess()
    #expect(outcome.output.contains("an empty database"))
    #expect(try site.contents() == before)
    try site.database.execute("CREATE TABLE a (id INTEGER)")
    #expect(try site.run("db_diff").status == 4)
  }

  @Test(arguments: Engine.allCases)
  func `a version that the repository does not have is a difference`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.folder.remove("core/versions/002_b_default_upgrade.sql")
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.expectFailure(4, "db_diff", naming: ["core", "2"])
  }

  @Test func `databases of two engines cannot be compared`() throws {
    let site = try Self.site(.sqlite)
    let url = "postgresql://somebody:\(TestSite.password)@nowhere/db"
    try site.expectFailure(1, "db_diff", url, naming: ["different engines", "hint: "])
    try site.expectFailure(2, "db_diff", "--scratch", "sqlite://", url, naming: ["--scratch"])
    try site.expectFailure(2, "db_diff", "mysql://u:\(TestSite.password)@h/d", naming: ["mysql"])
    let path = site.folder.path("none.sqlite")
    try site.expectFailure(1, "db_diff", "sqlite:///\(path)", naming: ["\(path): no such file"])
  }
}
