import Foundation
import Testing
import TroveManage

/// Ways in which a plugin's script reaches for what core owns.
///
/// Each is tried when core is there already, and
/// in one transaction with core's first script.
@Suite struct HostilePluginTests {
  /// A script, and what the message says that it does.
  struct Attack: CustomTestStringConvertible, Sendable {
    let script: String
    let words: String
    /// The line of the statement to blame.
    var line = 1

    var testDescription: String { script }

    init(_ script: String, _ words: String, line: Int = 1) {
      self.script = script
      self.words = words
      self.line = line
    }
  }

  private static let everywhere = [
    Attack("ALTER TABLE instances ADD COLUMN evil INTEGER;", "alters instances"),
    Attack("ALTER TABLE counted DROP COLUMN note;", "alters counted"),
    Attack("ALTER TABLE instances RENAME COLUMN hostname TO evil;", "alters instances"),
    Attack("ALTER TABLE \"Mixed Case\" ADD COLUMN evil INTEGER;", "alters Mixed Case"),
    Attack("SELECT 1;\n-- quietly\nDROP TABLE log;", "drops log", line: 3),
    Attack("DROP TABLE IF EXISTS \"log\";", "drops log"),
    Attack("DROP VIEW active;", "drops active"),
    Attack("DROP INDEX instances_hostname;", "changes the indexes of instances"),
    Attack("CREATE INDEX evil ON instances (hostname);", "changes the indexes of instances"),
    Attack("CREATE UNIQUE INDEX evil ON counted (note);", "changes the indexes of counted"),
    Attack("INSERT INTO instances VALUES (9, 'evil', 0);", "writes rows of instances"),
    Attack("UPDATE instances SET hostname = 'evil';", "writes rows of instances"),
    Attack("UPDATE instances SET hostname = 'evil' WHERE id = 999;", "writes rows of instances"),
    Attack("DELETE FROM log;", "writes rows of log"),
    Attack("INSERT INTO counted (id, note) SELECT 9, 'evil';", "writes rows of counted"),
    Attack(
      "WITH old AS (SELECT id FROM instances) UPDATE instances SET hostname = '' WHERE id IN (SELECT id FROM old);",
      "writes rows of instances"),
    Attack(
      "INSERT INTO instances VALUES (1, 'evil', 0) ON CONFLICT (id) DO UPDATE SET hostname = 'evil';",
      "writes rows of instances"),
    Attack("UPDATE core_version SET version = 0;", "writes rows of core_version"),
    Attack("INSERT INTO core_version VALUES ('evil', '', 1);", "writes rows of core_version"),
    Attack("DELETE FROM trove_migrate_journal;", "writes rows of trove_migrate_journal"),
    Attack("DELETE FROM trove_migrate_objects;", "writes rows of trove_migrate_objects"),
    Attack(
      "UPDATE trove_migrate_objects SET repository_id = 'plugin';",
      "writes rows of trove_migrate_objects"),
    Attack("DROP TABLE trove_migrate_owners;", "drops trove_migrate_owners"),
    Attack("ALTER TABLE core_version ADD COLUMN evil INTEGER;", "alters core_version"),
  ]

  private static let sqlite = [
    Attack("ALTER TABLE instances RENAME TO evil;", "alters instances"),
    Attack("REPLACE INTO instances VALUES (1, 'evil', 0);", "writes rows of instances"),
    Attack("INSERT OR REPLACE INTO [instances] VALUES (1, 'evil', 0);", "writes rows of instances"),
    Attack("UPDATE main.INSTANCES SET hostname = 'evil';", "writes rows of instances"),
    Attack(
      """
      CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, hostname TEXT);
      INSERT INTO rebuilt SELECT id, hostname FROM instances;
      DROP TABLE instances;
      ALTER TABLE rebuilt RENAME TO instances;
      """, "drops instances", line: 3),
    Attack(
      "CREATE TRIGGER evil AFTER INSERT ON instances BEGIN SELECT 1; END;",
      "adds a trigger to instances"),
    Attack(
      "CREATE TEMP TRIGGER evil AFTER INSERT ON instances BEGIN SELECT 1; END;",
      "adds a trigger to instances"),
    Attack("DROP TRIGGER instances_log;", "drops instances_log of instances"),
    Attack(
      """
      CREATE TRIGGER evil AFTER INSERT ON person BEGIN UPDATE instances SET hostname = 'evil'; END;
      INSERT INTO person VALUES (2, 1);
      """, "writes rows of instances", line: 2),
    Attack(
      """
      CREATE VIEW evil AS SELECT id, hostname FROM instances;
      CREATE TRIGGER evil_write INSTEAD OF UPDATE ON evil
        BEGIN UPDATE instances SET hostname = NEW.hostname WHERE id = OLD.id; END;
      UPDATE evil SET hostname = 'evil';
      """, "writes rows of instances", line: 4),
    Attack(
      """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = 'CREATE TABLE instances (id INTEGER PRIMARY KEY, hostname, deleted, x)'
      WHERE name = 'instances';
      """, "writes rows of sqlite_schema", line: 2),
    Attack(
      "PRAGMA writable_schema = ON;\nDELETE FROM sqlite_master WHERE name = 'log';",
      "writes rows of sqlite_schema",
      line: 2),
    Attack(
      """
      CREATE TEMP TRIGGER instances_log AFTER INSERT ON person
        BEGIN UPDATE instances SET hostname = 'evil'; END;
      INSERT INTO person VALUES (2, 1);
      """, "writes rows of instances", line: 3),
    Attack(
      """
      CREATE TRIGGER active AFTER INSERT ON person BEGIN DELETE FROM log; END;
      INSERT INTO person VALUES (2, 1);
      """, "writes rows of log", line: 2),
    Attack("DELETE FROM words_content;", "writes rows of words_content"),
    Attack("DROP TABLE words_config;", "drops words_config"),
    Attack("UPDATE words SET text = 'evil';", "writes rows of words"),
    Attack(
      "INSERT INTO sqlite_sequence VALUES ('uncounted', 9223372036854775807);",
      "moves the sequence uncounted"),
    Attack(
      "UPDATE sqlite_sequence SET seq = 0 WHERE name = 'counted';", "moves the sequence counted"),
    Attack(
      "SAVEPOINT s; UPDATE instances SET hostname = 'evil'; RELEASE s;", "writes rows of instances"),
  ]

  private static let postgresql = [
    Attack("ALTER TABLE instances RENAME TO evil;", "renames instances"),
    Attack("ALTER TABLE log SET SCHEMA information_schema;", "drops log"),
    Attack("ALTER TABLE public.log ALTER line TYPE VARCHAR(99);", "alters log"),
    Attack("ALTER TABLE ONLY instances ADD CHECK (id > 0);", "alters instances"),
    Attack("ALTER TABLE instances ENABLE ROW LEVEL SECURITY;", "alters instances"),
    Attack("ALTER TABLE instances REPLICA IDENTITY FULL;", "alters instances"),
    Attack("ALTER INDEX instances_hostname RENAME TO evil;", "changes the indexes of instances"),
    Attack("TRUNCATE log;", "truncates or rewrites log"),
    Attack("TRUNCATE instances CASCADE;", "truncates or rewrites instances"),
    Attack("DROP TABLE instances CASCADE;", "drops instances"),
    Attack(
      "DO $$ BEGIN EXECUTE 'UPDATE inst' || 'ances SET hostname = ''evil'''; END $$;",
      "writes rows of instances"),
    Attack(
      """
      CREATE FUNCTION evil() RETURNS void LANGUAGE plpgsql AS
        $$ BEGIN DELETE FROM log; INSERT INTO log VALUES ('evil'); END $$;
      SELECT evil();
      """, "writes rows of log", line: 3),
    Attack(
      """
      CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN UPDATE instances SET hostname = 'evil'; RETURN NEW; END $$;
      CREATE TRIGGER evil AFTER INSERT ON person FOR EACH ROW EXECUTE FUNCTION evil();
      INSERT INTO person VALUES (2, 1);
      """, "writes rows of instances", line: 4),
    Attack(
      """
      CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER evil BEFORE INSERT ON instances FOR EACH ROW EXECUTE FUNCTION evil();
      """, "adds a trigger to instances", line: 2),
    Attack(
      "ALTER TABLE instances DISABLE TRIGGER instances_log;", "alters instances_log of instances"),
    Attack("DROP TRIGGER instances_log ON instances;", "drops instances_log of instances"),
    Attack(
      "CREATE RULE evil AS ON DELETE TO instances DO INSTEAD NOTHING;",
      "changes the rules of instances"),
    Attack(
      """
      CREATE VIEW evil AS SELECT id, hostname FROM instances;
      UPDATE evil SET hostname = 'evil';
      """, "writes rows of instances", line: 2),
    Attack(
      """
      CREATE VIEW evil AS SELECT 1 AS id;
      CREATE RULE evil_write AS ON INSERT TO evil DO INSTEAD INSERT INTO log VALUES ('evil');
      INSERT INTO evil VALUES (1);
      """, "writes rows of log", line: 3),
    Attack(
      """
      CREATE FUNCTION evil() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN UPDATE instances SET hostname = 'evil'; RETURN NEW; END $$;
      CREATE CONSTRAINT TRIGGER evil AFTER INSERT ON person DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION evil();
      INSERT INTO person VALUES (2, 1);
      """, "writes rows of instances", line: 5),
    Attack("UPDATE active SET hostname = 'evil';", "writes rows of instances"),
    Attack(
      "CREATE OR REPLACE VIEW active AS SELECT id, hostname FROM instances;",
      "changes the rules of active"),
    Attack(
      "CREATE OR REPLACE FUNCTION twice(number INTEGER) RETURNS INTEGER LANGUAGE sql AS 'SELECT 3';",
      "alters twice(integer)"),
    Attack("DROP FUNCTION twice(INTEGER);", "drops twice(integer)"),
    Attack("ALTER TYPE mood RENAME VALUE 'bad' TO 'evil';", "alters mood"),
    Attack("ALTER DOMAIN positive DROP CONSTRAINT positive_check;", "alters positive"),
    Attack("REFRESH MATERIALIZED VIEW sums;", "truncates or rewrites sums"),
    Attack("CREATE TABLE evil () INHERITS (instances);", "attaches something to instances"),
    Attack(
      "CREATE STATISTICS evil ON id, hostname FROM instances;", "attaches something to instances"),
    Attack("CREATE PUBLICATION evil_$run FOR TABLE instances;", "attaches something to instances"),
    Attack("CREATE POLICY evil ON instances USING (false);", "changes the rules of instances"),
    Attack("GRANT ALL ON instances TO PUBLIC;", "changes who may use instances"),
    Attack("GRANT SELECT (hostname) ON instances TO PUBLIC;", "alters instances"),
    Attack("REVOKE ALL ON FUNCTION twice(INTEGER) FROM PUBLIC;", "alters twice(integer)"),
    Attack("COMMENT ON TABLE instances IS 'evil';", "changes the comments of instances"),
    Attack("COMMENT ON COLUMN instances.id IS 'evil';", "changes the comments of instances"),
    Attack("COMMENT ON INDEX instances_pkey IS 'evil';", "changes the comments of instances"),
    Attack("SELECT setval('counted_id_seq', 1);", "moves the sequence counted_id_seq"),
    Attack("SELECT nextval('counted_id_seq');", "moves the sequence counted_id_seq"),
    Attack("SELECT setval('counted_id_seq', 2147483647);", "moves the sequence counted_id_seq"),
    Attack(
      "SELECT setval('trove_migrate_journal_id_seq', 9000000000);",
      "moves the sequence trove_migrate_journal_id_seq"),
    Attack("ALTER SEQUENCE tickets RESTART WITH 50;", "alters tickets"),
    Attack("ALTER SEQUENCE tickets INCREMENT BY 2;", "alters tickets"),
    Attack(
      "SET search_path = pg_temp, public; UPDATE instances SET hostname = '';",
      "writes rows of instances"),
    Attack(
      "SET track_counts = off;\nUPDATE instances SET hostname = 'evil';",
      "writes rows of instances", line: 2),
    Attack(
      "MERGE INTO log USING (SELECT 1) AS one ON false WHEN NOT MATCHED THEN INSERT VALUES ('evil');",
      "writes rows of log"),
    Attack(
      """
      CREATE TABLE rebuilt (LIKE instances INCLUDING ALL);
      INSERT INTO rebuilt SELECT * FROM instances;
      ALTER TABLE instances RENAME TO old_instances;
      ALTER TABLE rebuilt RENAME TO instances;
      """, "renames instances", line: 3),
  ]

  static let attacks: [(Engine, Attack)] =
    everywhere.flatMap { attack in Engine.allCases.map { ($0, attack) } }
    + sqlite.map { (.sqlite, $0) } + postgresql.map { (.postgresql, $0) }

  @Test(arguments: attacks)
  func `a plugin cannot touch what core has made before`(
    engine: Engine, attack: Attack
  ) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.writePlugin(2, attack.script)
    let before = try site.everything()
    let outcome = try site.run("db_sync")
    outcome.expectFailure(
      1,
      naming: [
        "\(site.pluginScript(2)):\(attack.line):",
        "plugin plugin version 2 \(attack.words), which ",
      ])
    #expect(try site.everything() == before)
  }

  /// On PostgreSQL, a statement that writes no row leaves no trace behind core's own locks.
  @Test(arguments: attacks.filter { $0.0 == .sqlite || !$0.1.script.contains("id = 999") })
  func `a plugin cannot touch what core makes in the same run`(
    engine: Engine, attack: Attack
  ) throws {
    let site = try TestSite.withOwners(engine, plugin: attack.script)
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["\(site.pluginScript(2)):", "nothing was changed"])
    #expect(try site.ownTables() == [])
  }

  /// What was known at the last commit is what the next transaction goes by.
  @Test(arguments: attacks)
  func `a plugin cannot touch what core has committed in the same run`(
    engine: Engine, attack: Attack
  ) throws {
    let site = try TestSite.withOwners(engine, plugin: attack.script)
    let outcome = try site.run("db_sync", "--transaction", "version")
    outcome.expectFailure(
      1,
      naming: [
        "\(site.pluginScript(2)):\(attack.line):",
        "plugin plugin version 2 \(attack.words), which ",
        "  core: 0 -> 1\n  plugin: 0 -> 1\n",
      ])
    let before = try site.everything()
    try site.run("db_sync").expectFailure(
      1, naming: ["plugin plugin version 2 \(attack.words), which "])
    #expect(try site.everything() == before)
  }
}
