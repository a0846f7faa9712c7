import Foundation
import Testing
import TroveManage

/// `db_check` for pipelines.
@Suite struct DbCheckTests {
  /// Checks what `db_check` says, that `--json` says the same, and that neither writes anything.
  private static func expect(
    _ site: TestSite, _ status: Int32, _ kinds: [String], naming facts: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try site.contents()
    let outcome = try site.run("db_check")
    #expect(outcome.status == status, "\(outcome.messages)", sourceLocation: sourceLocation)
    for fact in facts {
      #expect(outcome.output.contains(fact), "\(outcome.output)", sourceLocation: sourceLocation)
    }
    let json = try site.run("db_check", "--json")
    #expect(json.status == status, sourceLocation: sourceLocation)
    let document = try json.document()
    #expect(document["ok"] as? Bool == (status == 0), sourceLocation: sourceLocation)
    let findings = try #require(document["findings"] as? [[String: Any]])
    #expect(findings.map { $0["kind"] as? String } == kinds, sourceLocation: sourceLocation)
    #expect(try site.contents() == before, sourceLocation: sourceLocation)
    outcome.expectNoInnards(sourceLocation: sourceLocation)
  }

  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    return site
  }

  @Test(arguments: Engine.allCases)
  func `a database with nothing to do is clean`(engine: Engine) throws {
    try Self.expect(
      try Self.site(engine), 0, [], naming: ["Nothing found: core is at 2\n"])
  }

  @Test(arguments: Engine.allCases)
  func `pending versions exit with 3, and a file that is not there is not made`(
    engine: Engine
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try Self.expect(
      site, 3, ["pending", "pending"],
      naming: ["\(site.script("002_b_default_upgrade.sql")): version 2 of core is pending\n"])
  }

  @Test(arguments: Engine.allCases)
  func `a difference counts for more than a pending version`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.write("002_b_default_upgrade.sql", "-- edited")
    try site.folder.remove("core/versions/001_a_default_upgrade.sql")
    try Self.expect(
      site, 4, ["pending", "missing", "edited"],
      naming: [
        "\(site.script("001_a_default_upgrade.sql")): missing, though it ran as version 1 of core\n",
        "\(site.script("002_b_default_upgrade.sql")): edited since it ran as version 2 of core\n",
      ])
  }

  @Test(arguments: Engine.allCases)
  func `a late version is a difference`(engine: Engine) throws {
    let site = try TestSite(engine, ["005_e_default_upgrade.sql": "-- e"])
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "-- c")
    try Self.expect(
      site, 4, ["late"],
      naming: ["\(site.script("003_c_default_upgrade.sql")): version 3 of core appeared after"])
  }

  @Test(arguments: Engine.allCases)
  func `an unknown version is a difference`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.folder.remove("core/versions/002_b_default_upgrade.sql")
    try Self.expect(
      site, 4, ["unknown_version", "missing"],
      naming: ["\(site.folder.path("core")): the database stands at version 2 of core, which"])
  }

  @Test(arguments: Engine.allCases)
  func `an interrupted script is a difference`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.write(
      "003_c_default_upgrade.sql", "-- migrate: no-transaction\nINSERT INTO a VALUES (1);\nSELEC;")
    #expect(try site.run("db_sync").status == 1)
    try Self.expect(
      site, 4, ["interrupted", "pending"],
      naming: ["the upgrade of core from 2 to 3 was interrupted after 1 statement\n"])
  }

  @Test(arguments: Engine.allCases)
  func `a version without a script for the engine is a difference`(engine: Engine) throws {
    let site = try Self.site(engine)
    let other = engine == .sqlite ? "postgresql" : "sqlite"
    try site.write("003_c_\(other)_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try Self.expect(site, 4, ["unusable"], naming: [site.folder.path("core")])
  }

  @Test(arguments: Engine.allCases)
  func `a damaged journal or version row is a difference, with the way to mend it`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    try site.database.execute("UPDATE trove_migrate_journal SET operation = 'fly'")
    try Self.expect(
      site, 4, ["damage"], naming: ["'fly' of 'core'", "there are 2 such rows\nhint: DELETE FROM"])
    try site.database.execute("DROP TABLE trove_migrate_journal")
    try site.database.execute("UPDATE core_version SET version = NULL")
    try Self.expect(site, 4, ["damage"], naming: ["the version of core is NULL"])
  }

  @Test(arguments: Engine.allCases)
  func `with --repo_path only that repository is looked at`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./plugin")
    try site.folder.writeRepository("plugin", scripts: ["007_p_default_upgrade.sql": "-- p"])
    try site.run("db_sync", "--repo_path", "plugin").expectSuccess()
    let outcome = try site.run("db_check", "--repo_path", "plugin")
    outcome.expectSuccess("Nothing found: plugin is at 7\n")
    #expect(try site.run("db_check").status == 3)
  }

  @Test(arguments: Engine.allCases)
  func `a missing repository is a difference`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./nowhere")
    try site.expectFailure(4, "db_check", naming: ["nowhere"])
  }

  @Test func `a server that does not answer is worth another try`() throws {
    let site = try TestSite.withTwoVersions(.postgresql)
    try site.writeConf(url: "postgresql://trove@127.0.0.1:1/trove")
    #expect(try site.run("db_check").status == 75)
  }
}
