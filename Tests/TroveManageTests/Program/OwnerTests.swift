import Foundation
import Testing
import TroveManage

/// Who owns what, as `trove_migrate_objects` remembers it.
@Suite struct OwnerTests {
  private func owners(_ site: TestSite) throws -> [String: String] {
    let rows = try site.database.rows(
      """
      SELECT kind || ' ' || CASE table_name WHEN '' THEN '' ELSE table_name || '.' END || object_name,
        repository_id
      FROM trove_migrate_objects
      """)
    return Dictionary(uniqueKeysWithValues: rows.map { ($0[0] ?? "", $0[1] ?? "") })
  }

  @Test(arguments: Engine.allCases)
  func `every object belongs to the repository whose script made it`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    var expected = [
      "table instances": "core", "table counted": "core", "table Mixed Case": "core",
      "table log": "core", "view active": "core", "trigger instances.instances_log": "core",
      "table person": "plugin",
    ]
    if engine == .sqlite {
      expected["table words"] = "core"
      expected["table uncounted"] = "core"
    } else {
      expected["materialized view sums"] = "core"
      expected["sequence tickets"] = "core"
      expected["type mood"] = "core"
      expected["type positive"] = "core"
      expected["function instances_log()"] = "core"
      expected["function twice(integer)"] = "core"
    }
    #expect(try owners(site) == expected)
  }

  @Test(arguments: Engine.allCases)
  func `a downgrade takes what it drops out of its owner's hands`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.run("db_downgrade", "0", "--repo_path", site.folder.path("plugin")).expectSuccess()
    #expect(try !owners(site).values.contains("plugin"))
    let rows = try site.database.rows("SELECT repository_id FROM trove_migrate_owners")
    #expect(rows == [["core"]])
  }

  @Test(arguments: Engine.allCases)
  func `what is renamed or built anew keeps its owner`(engine: Engine) throws {
    let script = """
      CREATE TABLE rebuilt (id INTEGER PRIMARY KEY);
      DROP TABLE "Mixed Case";
      ALTER TABLE rebuilt RENAME TO "Mixed Case";
      ALTER TABLE counted RENAME TO recounted;
      ALTER TABLE person RENAME TO people;
      """
    let site = try TestSite.withOwners(engine, cfg: "allow = core")
    try site.run("db_sync").expectSuccess()
    try site.writePlugin(2, script)
    try site.run("db_sync").expectSuccess()
    let owners = try owners(site)
    #expect(owners["table Mixed Case"] == "core")
    #expect(owners["table recounted"] == "core")
    #expect(owners["table counted"] == nil)
    #expect(owners["table people"] == "plugin")
    #expect(owners["table rebuilt"] == nil)
  }

  @Test(
    arguments: Engine.allCases,
    ["allow = core", "allow = other, core", "allow = other\n  core", "allow=  core ,"])
  func `allow in migrate.cfg opens what another repository owns, and nothing else`(
    engine: Engine, cfg: String
  ) throws {
    let site = try TestSite.withOwners(engine, cfg: cfg)
    try site.run("db_sync").expectSuccess()
    try site.writePlugin(
      2, "UPDATE instances SET hostname = 'ours'; ALTER TABLE log ADD COLUMN x TEXT;")
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT DISTINCT hostname FROM instances") == [["ours"]])
    try site.writePlugin(3, "UPDATE core_version SET version = 7;")
    try site.expectTrespass(3, "writes rows of core_version, which trove-manage itself owns")
  }

  @Test(arguments: Engine.allCases)
  func `core's scripts keep away from what a plugin owns`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.write("002_x_default_upgrade.sql", "ALTER TABLE person ADD COLUMN x INTEGER;")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      1,
      naming: [
        "\(site.script("002_x_default_upgrade.sql")):1:1: core core version 2 alters person, which plugin owns",
        "'allow = plugin'",
      ])
  }

  @Test(arguments: Engine.allCases)
  func `a repository named by its path keeps away from what the others own`(
    engine: Engine
  ) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.folder.writeRepository(
      "third", scripts: ["001_x_default_upgrade.sql": "DROP TABLE person;"])
    let outcome = try site.run("db_sync", "--repo_path", site.folder.path("third"))
    outcome.expectFailure(1, naming: ["repository third version 1 drops person, which plugin owns"])
  }

  @Test(arguments: Engine.allCases, ["run", "repository", "version"])
  func `the rule holds however much is committed together`(engine: Engine, scope: String) throws {
    let site = try TestSite.withOwners(engine, plugin: "UPDATE instances SET hostname = 'evil';")
    let outcome = try site.run("db_sync", "--transaction", scope)
    outcome.expectFailure(1, naming: ["plugin plugin version 2 writes rows of instances"])
    let stands = scope == "run" ? nil : (scope == "version" ? 1 : nil)
    #expect(try site.version("plugin") == stands)
  }

  @Test(arguments: Engine.allCases)
  func `a script outside a transaction is stopped at the statement`(engine: Engine) throws {
    let site = try TestSite.withOwners(
      engine,
      plugin: """
        -- migrate: no-transaction
        CREATE TABLE fine (id INTEGER);
        UPDATE instances SET hostname = 'evil';
        """)
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      1, naming: ["\(site.pluginScript(2)):3:1: plugin plugin version 2 writes rows of instances"])
    #expect(
      try site.database.rows("SELECT count(*) FROM instances WHERE hostname = 'evil'") == [["0"]])
  }

  @Test(
    arguments: [
      (
        "CREATE INDEX CONCURRENTLY evil ON instances (hostname);",
        "changes the indexes of instances"
      ),
      (
        "CREATE INDEX CONCURRENTLY evil ON public.\"instances\" (hostname);",
        "changes the indexes of instances"
      ),
      ("DROP INDEX CONCURRENTLY instances_hostname;", "changes the indexes of instances"),
      (
        "DROP INDEX CONCURRENTLY IF EXISTS public.instances_hostname;",
        "changes the indexes of instances"
      ),
    ], [true, false])
  func `what could not be rolled back is refused before anything runs`(
    attack: (String, String), isThere: Bool
  ) throws {
    let site = try TestSite.withOwners(.postgresql)
    if isThere { try site.run("db_sync").expectSuccess() }
    try site.writePlugin(2, "-- quietly\n\(attack.0)")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      1,
      naming: ["\(site.pluginScript(2)):2:1: plugin plugin version 2 \(attack.1), which core owns"])
    let indexes = try site.database.rows(
      "SELECT relname::text FROM pg_class WHERE relname IN ('evil', 'instances_hostname')")
    #expect(indexes == [["instances_hostname"]])
  }

  @Test(arguments: Engine.allCases)
  func `a database from before owners were recorded learns them from the scripts`(
    engine: Engine
  ) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    let before = try owners(site)
    try site.database.execute("DROP TABLE trove_migrate_objects", "DROP TABLE trove_migrate_owners")
    try site.writePlugin(2, "UPDATE instances SET hostname = 'evil';")
    try site.expectTrespass(2, "writes rows of instances, which core owns")
    try site.writePlugin(2, "SELECT 1;")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("core owns \(before.values.count { $0 == "core" }) objects"))
    #expect(try owners(site) == before)
  }

  @Test(arguments: Engine.allCases)
  func `what neither repository made is nobody's`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("CREATE TABLE by_hand (id INTEGER)")
    try site.writePlugin(
      2, "ALTER TABLE by_hand ADD COLUMN x INTEGER; INSERT INTO by_hand VALUES (1, 1);")
    try site.run("db_sync").expectSuccess()
    #expect(try owners(site)["table by_hand"] == nil)
  }

  @Test(arguments: Engine.allCases)
  func `a foreign table of our own name is refused before it is touched`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.database.execute("CREATE TABLE trove_migrate_objects (mine INTEGER)")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      4, naming: ["trove_migrate_objects", "is not a table of this program", "kind"])
    #expect(try site.ownTables() == [])
  }
}

extension TestSite {
  /// Runs the plugin's version, which must be stopped for what `words` say, with nothing changed.
  func expectTrespass(_ version: Int, _ words: String) throws {
    let before = try everything()
    let outcome = try run("db_sync")
    outcome.expectFailure(1, naming: ["plugin plugin version \(version) \(words)"])
    #expect(try everything() == before)
  }
}
