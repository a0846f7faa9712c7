import Foundation
import Testing
import TroveManage

/// Who owns what, where only PostgreSQL has what it is about.
@Suite struct PostgresOwnerTests {
  @Test func `rows that follow core's by the plugin's own foreign key are core's to remove`() throws
  {
    let site = try TestSite.withOwners(
      .postgresql,
      plugin: """
        CREATE TABLE follower (id INTEGER REFERENCES instances (id) ON DELETE CASCADE);
        INSERT INTO follower VALUES (2);
        """)
    try site.run("db_sync").expectSuccess()
    try site.write("002_x_default_upgrade.sql", "DELETE FROM instances WHERE id = 2;")
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT count(*) FROM follower") == [["0"]])
    try site.write("003_x_default_upgrade.sql", "DELETE FROM follower;")
    try site.run("db_sync").expectFailure(
      1, naming: ["core core version 3 writes rows of follower"])
  }

  @Test func `a sequence that a script has moved is put back, whatever fails`() throws {
    let site = try TestSite.withOwners(.postgresql)
    try site.run("db_sync").expectSuccess()
    let position = "SELECT last_value, is_called FROM counted_id_seq"
    let before = try site.database.rows(position)
    for script in [
      "SELECT setval('counted_id_seq', 1);", "SELECT setval('counted_id_seq', 1000);",
      "SELECT setval('counted_id_seq', 1); SELECT 1 / 0;",
    ] {
      try site.writePlugin(2, script)
      #expect(try site.run("db_sync").status == 1)
      #expect(try site.database.rows(position) == before, "\(script)")
    }
    try site.writePlugin(2, "SELECT setval('trove_migrate_journal_id_seq', 1);")
    #expect(try site.run("db_sync").status == 1)
    try site.writePlugin(2, "SELECT 1;")
    try site.run("db_sync").expectSuccess()
  }

  @Test func `what somebody else does to core's tables meanwhile is not the script's`() throws {
    let site = try TestSite.withOwners(.postgresql)
    try site.run("db_sync").expectSuccess()
    try site.writePlugin(2, "CREATE TABLE mine (id INTEGER); SELECT pg_sleep(2);")
    let runner = try site.start(["db_sync"])
    try waitUntil("the script") {
      try !site.database.rows(
        """
        SELECT 1 FROM pg_stat_activity
        WHERE datname = current_database() AND query LIKE '%pg_sleep(2)%' AND pid <> pg_backend_pid()
        """
      ).isEmpty
    }
    try site.database.execute(
      "GRANT SELECT ON log TO PUBLIC", "COMMENT ON TABLE log IS 'x'", "TRUNCATE log",
      "CREATE INDEX by_hand ON log (line)", "REFRESH MATERIALIZED VIEW sums")
    try runner.outcome(within: .seconds(60)).expectSuccess()
  }

  @Test func `core may change the type of a key that a plugin refers to, and add partitions`()
    throws
  {
    let site = try TestSite.withOwners(
      .postgresql,
      plugin: """
        CREATE TABLE prefers (id INTEGER, k INTEGER, FOREIGN KEY (id, k) REFERENCES parted);
        """)
    try site.write(
      "002_x_default_upgrade.sql",
      "CREATE TABLE parted (id INTEGER, k INTEGER, PRIMARY KEY (id, k)) PARTITION BY LIST (k);")
    try site.run("db_sync").expectSuccess()
    try site.write(
      "003_x_default_upgrade.sql",
      """
      CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
      DROP VIEW active;
      ALTER TABLE instances ALTER id TYPE BIGINT;
      """)
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
  }

  @Test func `what the database gives to every new table is nobody's grant`() throws {
    let site = try TestSite.withOwners(.postgresql, plugin: "CREATE TABLE q (id INTEGER);")
    try site.database.execute("ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC")
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
  }

  @Test func `a table that hides a version table is refused`() throws {
    let site = try TestSite.withOwners(.postgresql)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("CREATE SCHEMA first")
    let name = try #require(try site.database.rows("SELECT current_database()").first?[0])
    try site.database.execute("ALTER DATABASE \(name) SET search_path = first, public")
    try site.writePlugin(2, "CREATE TABLE first.core_version AS SELECT * FROM public.core_version;")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["hides", "core_version"])
    try site.database.execute("ALTER DATABASE \(name) RESET search_path")
    #expect(try site.version("plugin") == 1)
  }

  @Test(arguments: [
    "DELETE FROM trove_migrate_journal;", "INSERT INTO plugin_version VALUES ('x', '', 1);",
  ])
  func `tables of our own that are made meanwhile are kept, too`(attack: String) throws {
    let site = try TestSite(.postgresql)
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_x_default_upgrade.sql": "CREATE TABLE p (id INTEGER);",
        "002_x_default_upgrade.sql": attack,
      ])
    let outcome = try site.run("db_sync", "--repo_path", site.folder.path("plugin"))
    outcome.expectFailure(1, naming: ["version 2", "which trove-manage itself owns"])
    #expect(try site.ownTables() == [])
  }
}
