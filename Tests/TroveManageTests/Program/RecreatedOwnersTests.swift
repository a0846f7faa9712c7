import Testing
import TroveManage

/// `db_recreate` drops what the repositories own, as `trove_migrate_objects` remembers it.
@Suite struct RecreatedOwnersTests {
  private func owners(_ site: TestSite) throws -> [[String?]] {
    try site.database.rows(
      """
      SELECT kind, schema_name, table_name, object_name, repository_id, version, fingerprint
      FROM trove_migrate_objects ORDER BY 1, 2, 3, 4
      """)
      + site.database.rows(
        "SELECT repository_id, version, fingerprint FROM trove_migrate_owners ORDER BY 1")
  }

  @Test(arguments: Engine.allCases)
  func `one of each kind is made anew, and belongs to whom it belonged`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute(
      "INSERT INTO instances VALUES (7, 'seven', 0)", "CREATE TABLE by_hand (id INTEGER)",
      "INSERT INTO by_hand VALUES (7)")
    let before = try owners(site)
    let outcome = try site.run("db_recreate")
    outcome.expectSuccess()
    #expect(outcome.output.hasPrefix("Left alone: by_hand\n"), "\(outcome.output)")
    #expect(try owners(site) == before)
    #expect(try site.database.rows("SELECT id FROM instances ORDER BY 1") == [["1"], ["2"]])
    #expect(try site.database.rows("SELECT id FROM by_hand") == [["7"]])
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 1, plugin is at 1\n")
  }

  @Test func `what leans on each other goes in an order that works`() throws {
    let site = try TestSite.withOwners(
      .postgresql, plugin: Self.tangle, cfg: "allow = core")
    try site.run("db_sync").expectSuccess()
    let before = try owners(site)
    let outcome = try site.run("db_recreate")
    outcome.expectSuccess()
    #expect(!outcome.messages.contains("skipping"), "\(outcome.messages)")
    #expect(try owners(site) == before)
  }

  private static let tangle = """
    CREATE SCHEMA app;
    CREATE TYPE app.size AS ENUM ('small', 'large');
    CREATE FUNCTION first_size() RETURNS app.size LANGUAGE sql AS $$ SELECT 'small'::app.size $$;
    CREATE SEQUENCE app.numbers;
    CREATE TABLE app.thing (
      id INTEGER PRIMARY KEY DEFAULT nextval('app.numbers'), size app.size DEFAULT first_size(),
      other INTEGER
    );
    CREATE TABLE app.other (id INTEGER PRIMARY KEY REFERENCES app.thing (id));
    ALTER TABLE app.thing ADD FOREIGN KEY (other) REFERENCES app.other (id);
    CREATE FUNCTION things() RETURNS SETOF app.thing LANGUAGE sql AS $$ SELECT * FROM app.thing $$;
    CREATE FUNCTION things(INTEGER) RETURNS SETOF app.thing LANGUAGE sql
      AS $$ SELECT * FROM app.thing WHERE id = $1 $$;
    CREATE AGGREGATE total(INTEGER) (SFUNC = int4pl, STYPE = INTEGER);
    CREATE PROCEDURE nothing() LANGUAGE sql AS $$ SELECT 1 $$;
    CREATE VIEW app.seen AS SELECT id FROM things();
    CREATE MATERIALIZED VIEW app.kept AS SELECT id FROM app.seen;
    CREATE VIEW app.kept_seen AS SELECT id FROM app.kept;
    CREATE MATERIALIZED VIEW app.kept_again AS SELECT id FROM app.kept_seen;
    CREATE TRIGGER "the plugin's" AFTER UPDATE ON instances FOR EACH ROW
      EXECUTE FUNCTION instances_log();
    DO $$ BEGIN CREATE TABLE app."made in code" (id INTEGER); END $$;
    """

  @Test(arguments: Engine.allCases)
  func `a table that was renamed by hand is left alone and named`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.database.execute("ALTER TABLE person RENAME TO people")
    let outcome = try site.run("db_recreate")
    // On PostgreSQL its foreign key keeps core's table from being dropped.
    if engine == .postgresql {
      outcome.expectFailure(1, naming: ["instances", "table people depends on"])
      try site.database.execute("ALTER TABLE people DROP CONSTRAINT person_instance_fkey")
    }
    let second = engine == .postgresql ? try site.run("db_recreate") : outcome
    second.expectSuccess()
    #expect(second.output.contains("Left alone: people\n"), "\(second.output)")
    #expect(try site.database.rows("SELECT id FROM people") == [["1"]])
    #expect(try site.database.rows("SELECT id FROM person") == [["1"]])
    #expect(
      try site.database.rows(
        "SELECT object_name FROM trove_migrate_objects WHERE repository_id = 'plugin'")
        == [["person"]])
  }

  @Test(arguments: Engine.allCases)
  func `what another repository owns stays, whatever its name was once`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": "CREATE TABLE shared (id INTEGER);",
        "002_b_default_upgrade.sql": "ALTER TABLE shared RENAME TO core_only;",
      ], plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_a_default_upgrade.sql":
          "CREATE TABLE shared (id INTEGER); INSERT INTO shared VALUES (7);"
      ])
    try site.run("db_sync").expectSuccess()
    try site.expectFailedStep("db_recreate", "--repo_path", "core", naming: ["shared"])
    #expect(try site.database.rows("SELECT id FROM shared") == [["7"]])
    #expect(try site.version() == 2)
    // Both together are no trouble.
    try site.run("db_recreate").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `without records the scripts tell what there is to drop`(engine: Engine) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    let before = try owners(site)
    for statement in [
      "DROP TABLE trove_migrate_objects", "DROP TABLE trove_migrate_owners",
      "DELETE FROM plugin_version", "INSERT INTO instances VALUES (7, 'seven', 0)",
    ] { try site.database.execute(statement) }
    try site.run("db_recreate").expectSuccess()
    #expect(try owners(site) == before)
    #expect(try site.database.rows("SELECT id FROM instances ORDER BY 1") == [["1"], ["2"]])
  }

  @Test(arguments: Engine.allCases)
  func `a script outside a transaction does not keep records from being right`(
    engine: Engine
  ) throws {
    let site = try TestSite.withOwners(
      engine, plugin: "-- migrate: no-transaction\nCREATE TABLE more (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    let before = try owners(site)
    try site.run("db_recreate").expectSuccess()
    #expect(try owners(site) == before)
  }
}
