import Foundation
import Testing
import TroveManage

/// What a plugin's script may do beside core's tables.
@Suite struct FriendlyPluginTests {
  private static let everywhere = [
    "CREATE TABLE more (id INTEGER PRIMARY KEY, instance INTEGER NOT NULL REFERENCES instances (id));",
    """
    CREATE TABLE more (id INTEGER PRIMARY KEY, instance INTEGER,
      FOREIGN KEY (instance) REFERENCES instances (id) ON DELETE CASCADE ON UPDATE CASCADE);
    INSERT INTO more SELECT id, id FROM instances;
    """,
    "CREATE TABLE copies AS SELECT * FROM instances;",
    "INSERT INTO person SELECT id + 10, id FROM instances WHERE deleted = 0;",
    "CREATE VIEW mine AS SELECT p.id, i.hostname FROM person p JOIN instances i ON i.id = p.instance;",
    "CREATE VIEW mine AS SELECT id FROM active;",
    "ALTER TABLE person ADD COLUMN name VARCHAR(20); UPDATE person SET name = 'x';",
    "ALTER TABLE person RENAME TO people; INSERT INTO people VALUES (2, 2);",
    "CREATE INDEX person_instance ON person (instance); DROP INDEX person_instance;",
    "DELETE FROM person; DROP TABLE person;",
    """
    CREATE TABLE rebuilt (id INTEGER PRIMARY KEY, instance INTEGER REFERENCES instances (id), name TEXT);
    INSERT INTO rebuilt SELECT id, instance, 'x' FROM person;
    DROP TABLE person;
    ALTER TABLE rebuilt RENAME TO person;
    """,
    "CREATE TABLE IF NOT EXISTS instances (other INTEGER);",
    "CREATE TABLE Instances2 (id INTEGER); INSERT INTO Instances2 SELECT id FROM \"Mixed Case\";",
    "SELECT count(*) FROM core_version;",
  ]

  private static let sqlite = [
    """
    CREATE TRIGGER person_log AFTER INSERT ON person BEGIN DELETE FROM person WHERE id = 99; END;
    INSERT INTO person VALUES (2, 2);
    """,
    """
    CREATE TABLE numbered (id INTEGER PRIMARY KEY AUTOINCREMENT, a);
    INSERT INTO numbered (a) VALUES (1), (2);
    UPDATE sqlite_sequence SET seq = 100 WHERE name = 'numbered';
    """,
    "CREATE VIRTUAL TABLE phrases USING fts5 (text); INSERT INTO phrases SELECT hostname FROM instances;",
    "CREATE TEMP TABLE notes AS SELECT * FROM instances; DELETE FROM notes;",
    "PRAGMA foreign_keys = OFF; ANALYZE; REINDEX;",
  ]

  private static let postgresql = [
    "ALTER TABLE person ADD FOREIGN KEY (id) REFERENCES instances (id) NOT VALID;",
    "LOCK TABLE instances IN SHARE MODE; SELECT * FROM instances FOR UPDATE;",
    "ANALYZE; ANALYZE instances;",
    "CREATE TABLE shaped (LIKE instances INCLUDING ALL);",
    """
    CREATE FUNCTION mine() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN PERFORM count(*) FROM instances; RETURN NEW; END $$;
    CREATE TRIGGER mine BEFORE INSERT ON person FOR EACH ROW EXECUTE FUNCTION mine();
    INSERT INTO person VALUES (2, 2);
    """,
    "CREATE FUNCTION later() RETURNS void LANGUAGE sql AS 'UPDATE instances SET hostname = NULL';",
    "CREATE TABLE serial (id SERIAL, mood mood, amount positive); INSERT INTO serial (mood) VALUES ('fine');",
    "CREATE MATERIALIZED VIEW mine AS SELECT * FROM active;",
    "CREATE TEMP TABLE instances (id INTEGER); INSERT INTO instances VALUES (1);",
    "GRANT SELECT ON person TO PUBLIC; COMMENT ON TABLE person IS 'ours';",
    "CREATE SCHEMA mine; CREATE TABLE mine.instances (id INTEGER); DROP TABLE mine.instances;",
    "SELECT currval('tickets') FROM person WHERE false; SELECT last_value FROM tickets;",
  ]

  static let scripts: [(Engine, String)] =
    everywhere.flatMap { script in Engine.allCases.map { ($0, script) } }
    + sqlite.map { (.sqlite, $0) } + postgresql.map { (.postgresql, $0) }

  @Test(arguments: scripts)
  func `a plugin may read what core owns, refer to it, and do as it likes with its own`(
    engine: Engine, script: String
  ) throws {
    let site = try TestSite.withOwners(engine)
    try site.run("db_sync").expectSuccess()
    try site.writePlugin(2, script)
    try site.run("db_sync").expectSuccess()
    let fresh = try TestSite.withOwners(engine, plugin: script)
    try fresh.run("db_sync").expectSuccess()
  }

  @Test func `rows of core that a script writes and takes back are as they were`() throws {
    let site = try TestSite.withOwners(.postgresql)
    try site.run("db_sync").expectSuccess()
    try site.writePlugin(
      2,
      """
      DO $$ BEGIN UPDATE instances SET hostname = 'x'; RAISE 'no';
        EXCEPTION WHEN others THEN NULL; END $$;
      """)
    try site.run("db_sync").expectSuccess()
    #expect(
      try site.database.rows("SELECT count(*) FROM instances WHERE hostname = 'x'") == [["0"]])
  }
}
