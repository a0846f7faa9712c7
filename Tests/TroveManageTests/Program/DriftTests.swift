import Foundation
import Testing
import TroveManage

/// What `db_check` and `db_status` say about a schema that is not what the scripts left.
@Suite struct DriftTests {
  private func synced(_ engine: Engine) throws -> TestSite {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    return site
  }

  @Test(arguments: Engine.allCases)
  func `a schema that is what the scripts left is clean`(engine: Engine) throws {
    let site = try synced(engine)
    try site.database.execute("INSERT INTO log VALUES ('x')", "CREATE TABLE nobodys (id INTEGER)")
    let before = try site.everything()
    try site.run("db_check").expectSuccess("Nothing found: core is at 1, plugin is at 1\n")
    try site.run("db_status").expectSuccess()
    #expect(try site.everything() == before)
  }

  private static let changes = [
    (
      "ALTER TABLE instances ADD COLUMN stray INTEGER",
      "core.instances: column stray was added outside migrations since version 1"
    ),
    (
      "ALTER TABLE instances RENAME COLUMN hostname TO renamed",
      "core.instances: column hostname was removed outside migrations since version 1"
    ),
    (
      "CREATE INDEX stray ON person (instance)",
      "plugin.person: index stray"
    ),
    (
      "DROP INDEX instances_hostname",
      "core.instances: index instances_hostname"
    ),
    ("DROP TABLE person", "plugin.person: table was removed outside migrations since version 1"),
    ("DROP VIEW active", "core.active: view was removed outside migrations since version 1"),
  ]

  @Test(arguments: Engine.allCases, changes)
  func `what was changed outside migrations is named with its owner and version`(
    engine: Engine, change: (String, String)
  ) throws {
    let site = try synced(engine)
    try site.database.execute(change.0)
    let check = try site.run("db_check")
    #expect(check.status == 4)
    let lines = check.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix(change.1) }, "\(check.output)")
    let owner = change.1.prefix { $0 != "." }
    #expect(lines.allSatisfy { $0.hasPrefix("\(owner).") }, "\(check.output)")
    let status = try site.run("db_status")
    #expect(status.status == 4)
    #expect(status.output.contains(change.1), "\(status.output)")
  }

  @Test(arguments: Engine.allCases)
  func `a trigger that somebody made on core's table is core's drift`(engine: Engine) throws {
    let site = try synced(engine)
    try site.database.execute(
      engine == .sqlite
        ? "CREATE TRIGGER stray AFTER INSERT ON instances BEGIN SELECT 1; END"
        : "CREATE TRIGGER stray AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION instances_log()")
    let table = engine == .sqlite ? "instances" : "log"
    let check = try site.run("db_check")
    let words = "core.\(table): trigger stray was added outside migrations since version 1\n"
    #expect(check.status == 4 && check.output == words, "\(check.output)")
  }

  @Test(arguments: Engine.allCases)
  func `drift is a finding of the JSON document`(engine: Engine) throws {
    let site = try synced(engine)
    try site.database.execute("ALTER TABLE log ADD COLUMN stray INTEGER")
    let check = try site.run("db_check", "--json").document()
    let findings = try #require(check["findings"] as? [[String: Any]])
    #expect(findings.count == 1)
    #expect(findings.first?["kind"] as? String == "drift")
    #expect(findings.first?["repository"] as? String == "core")
    #expect(findings.first?["object"] as? String == "log")
    let status = try site.run("db_status", "--json").document()
    let repositories = try #require(status["repositories"] as? [[String: Any]])
    #expect((repositories[0]["drift"] as? [Any])?.count == 1)
    #expect((repositories[1]["drift"] as? [Any])?.count == 0)
    let fingerprints = repositories.compactMap { $0["fingerprint"] as? String }
    #expect(fingerprints.count == 2 && fingerprints.allSatisfy { $0.hasPrefix("sha256:") })
  }

  @Test(arguments: Engine.allCases)
  func `a run records what its scripts change, and leaves the drift of others alone`(
    engine: Engine
  ) throws {
    let site = try synced(engine)
    try site.database.execute("ALTER TABLE log ADD COLUMN stray INTEGER")
    try site.writePlugin(2, "ALTER TABLE person ADD COLUMN name VARCHAR(20);")
    try site.run("db_sync").expectSuccess()
    let check = try site.run("db_check")
    let words = "core.log: column stray was added outside migrations since version 1\n"
    #expect(check.output == words, "\(check.output)")
  }

  @Test(arguments: Engine.allCases)
  func `an index that a script makes outside a transaction is no drift`(engine: Engine) throws {
    let site = try synced(engine)
    let index = engine == .sqlite ? "CREATE INDEX" : "CREATE INDEX CONCURRENTLY"
    try site.writePlugin(
      2, "-- migrate: no-transaction\n\(index) person_instance ON person (instance);")
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a repository that is no longer in db_plugins is an orphan`(engine: Engine) throws {
    let site = try synced(engine)
    try site.writeConf()
    let check = try site.run("db_check")
    #expect(check.status == 4)
    let words =
      "plugin is not among core and db_plugins, but stands at 1 in plugin_version and owns person\n"
    #expect(check.output.hasPrefix(words), "\(check.output)")
    let status = try site.run("db_status")
    #expect(status.status == 4)
    #expect(status.output.contains("\norphan  plugin      plugin_version  1  "), "\(status.output)")
    let document = try site.run("db_status", "--json").document()
    let orphans = try #require(document["orphans"] as? [[String: Any]])
    #expect(orphans.first?["id"] as? String == "plugin")
    #expect(orphans.first?["objects"] as? [String] == ["table person"])
    try site.run("db_status", "--repo_path", site.folder.path("core")).expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `the version table of a repository that nobody knows is an orphan`(engine: Engine) throws {
    let site = try synced(engine)
    try site.database.execute(
      """
      CREATE TABLE lost_version (
        repository_id VARCHAR(250) NOT NULL PRIMARY KEY, repository_path TEXT, version INTEGER)
      """, "INSERT INTO lost_version VALUES ('lost', '/lost', 7)")
    let check = try site.run("db_check")
    #expect(
      check.output.hasPrefix(
        "lost is not among core and db_plugins, but stands at 7 in lost_version\n"))
  }

  @Test(arguments: Engine.allCases)
  func `a broken contract is a finding`(engine: Engine) throws {
    let site = try synced(engine)
    try site.folder.write(
      "plugin/migrate.cfg",
      "[db_settings]\nrepository_id=plugin\nversion_table=plugin_version\nrequires=core >= 7\n")
    let check = try site.run("db_check")
    #expect(check.status == 4)
    #expect(check.output.contains("plugin requires core >= 7, which is at 1"), "\(check.output)")
  }

  @Test(arguments: Engine.allCases)
  func `drift is accepted by db_repair, and only then`(engine: Engine) throws {
    let site = try synced(engine)
    try site.database.execute(
      "ALTER TABLE log ADD COLUMN stray INTEGER", "DROP INDEX instances_hostname",
      "DROP TABLE person")
    let before = try site.everything()
    let asked = try site.run("db_repair")
    #expect(asked.status == 4)
    #expect(asked.output.contains("core.log: column stray was added"), "\(asked.output)")
    #expect(try site.everything() == before)
    let accepted = try site.run("db_repair", "--yes")
    accepted.expectSuccess()
    #expect(
      accepted.output.hasSuffix("Accepted: the schema of core\nAccepted: the schema of plugin\n"))
    try site.run("db_check").expectSuccess()
    try site.run("db_repair").expectSuccess("Nothing to repair\n")
    let history = try site.run("db_history")
    #expect(history.output.contains("schema accepted at 1"), "\(history.output)")
  }

  @Test(arguments: Engine.allCases)
  func `what core renames is no drift of the plugin that refers to it`(engine: Engine) throws {
    let site = try TestSite.withOwners(
      engine,
      plugin: """
        CREATE VIEW mine AS SELECT p.id, i.hostname FROM person p JOIN instances i ON i.id = p.instance;
        """)
    try site.run("db_sync").expectSuccess()
    try site.write(
      "002_x_default_upgrade.sql",
      """
      ALTER TABLE instances RENAME COLUMN hostname TO host;
      ALTER TABLE instances RENAME TO servers;
      """)
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
  }
}
