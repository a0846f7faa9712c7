import Foundation
import Testing
import TroveManage

/// Where the values of script variables come from.
@Suite struct VariableTests {
  /// A site whose only version writes the value of `variable` into the table `a`.
  private static func site(
    _ engine: Engine, _ variable: String, conf: String = ""
  ) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        -- migrate: variables
        CREATE TABLE a (word TEXT);
        INSERT INTO a VALUES (${\(variable)});
        """
      ], options: conf)
    return site
  }

  private static let all = "[variables]\nregion = conf\n"

  @Test(arguments: Engine.allCases)
  func `the command line wins over the section, and that over [DEFAULT]`(engine: Engine) throws {
    let site = try Self.site(engine, "db_plugins_path", conf: "[variables]\n")
    try site.expectValue("plugins")
    let named = try Self.site(engine, "region:none", conf: "")
    try named.expectValue("none")
    try Self.site(engine, "region:none", conf: Self.all).expectValue("conf")
    try Self.site(engine, "region", conf: Self.all).expectValue("line", "--var", "region=line")
    try Self.site(engine, "db_plugins_path", conf: "[variables]\ndb_plugins_path = mine\n")
      .expectValue("mine")
    try Self.site(engine, "migrate.core_repo_path")
      .expectValue("it's = x", "--var=migrate.core_repo_path=it's = x")
    try Self.site(engine, "variables.region", conf: Self.all)
      .expectValue("", "--var", "region=")
  }

  @Test func `the environment sets one as it does any option`() throws {
    let site = try Self.site(.sqlite, "region", conf: Self.all)
    try site.run("db_sync", environment: ["OS_VARIABLES__REGION": "env"]).expectSuccess()
    #expect(try site.database.rows("SELECT word FROM a") == [["env"]])
  }

  @Test func `before and behind the command it is the same`() throws {
    let site = try Self.site(.sqlite, "region")
    try site.run("--var", "region=a", "db_sync", "--dry_run").expectSuccess()
    let outcome = try TestProgram.run(
      ["--var", "region=front", "--config-file", site.conf, "db_sync"], folder: site.folder.path)
    outcome.expectSuccess()
    #expect(try site.database.rows("SELECT word FROM a") == [["front"]])
  }

  @Test func `a script that does not ask gets none`() throws {
    let site = try TestSite(
      .sqlite, ["001_a_default_upgrade.sql": "CREATE TABLE a AS SELECT '${region}' AS word;"])
    try site.run("db_sync", "--var", "region=x").expectSuccess()
    #expect(try site.database.rows("SELECT word FROM a") == [["${region}"]])
  }

  @Test func `one without a value ends the run before it begins`() throws {
    let site = try Self.site(.sqlite, "region")
    let path = site.script("001_a_default_upgrade.sql")
    try site.expectFailure(
      1, "db_sync", "--var", "regoin=x", naming: ["\(path):3:", "${region}", "--var region="])
  }

  @Test(arguments: ["region", "=x", "a.b.c=x", "re gion=x", "${region}=x"])
  func `what is no name and value is a mistake in the command line`(text: String) throws {
    let site = try Self.site(.sqlite, "region")
    try site.expectFailure(2, "db_sync", "--var", text, naming: ["--var is name=value"])
  }

  @Test func `a secret one is not shown`() throws {
    let site = try Self.site(.sqlite, "admin_password")
    let outcome = try site.run(
      "db_sync", "--debug", "--var", "admin_password=\(TestSite.password)")
    outcome.expectSuccess()
    #expect(!(outcome.messages + outcome.output).contains(TestSite.password))
    #expect(try site.database.rows("SELECT word FROM a") == [[TestSite.password]])
  }
}

extension TestSite {
  /// Runs `db_sync`, which must leave the value in the table `a`.
  fileprivate func expectValue(
    _ value: String, _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try run(["db_sync"] + arguments).expectSuccess(sourceLocation: sourceLocation)
    #expect(
      try database.rows("SELECT word FROM a") == [[value]], sourceLocation: sourceLocation)
  }
}
