import Foundation
import Testing
import TroveManage

/// A table is changed on SQLite by making it anew (lang_altertable.html §7); its children must not notice.
@Suite struct SQLiteRebuildTests {
  static let modes = ["delete", "truncate", "persist", "wal"]

  /// Two levels of children that go with their parents, one that refers to itself, one that is
  /// deferred, and one that would be set to NULL.
  private static let tables = """
    CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT, boss INTEGER REFERENCES parent (id)
      ON DELETE CASCADE);
    CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER REFERENCES parent (id)
      ON DELETE CASCADE ON UPDATE CASCADE);
    CREATE TABLE grandchild (id INTEGER PRIMARY KEY, child INTEGER REFERENCES child (id)
      ON DELETE CASCADE);
    CREATE TABLE late (parent INTEGER REFERENCES parent (id) ON DELETE CASCADE
      DEFERRABLE INITIALLY DEFERRED);
    CREATE TABLE loose (parent INTEGER REFERENCES parent ON DELETE SET NULL);
    INSERT INTO parent VALUES (1, 'a', NULL), (2, 'b', 1), (3, 'c', 2);
    INSERT INTO child VALUES (10, 1), (11, 2), (12, 3);
    INSERT INTO grandchild VALUES (100, 10), (101, 11), (102, 12);
    INSERT INTO late VALUES (1), (3);
    INSERT INTO loose VALUES (2);
    """

  private static let rebuild = """
    CREATE TABLE new_parent (id INTEGER PRIMARY KEY, name VARCHAR(9) NOT NULL,
      boss INTEGER REFERENCES new_parent (id) ON DELETE CASCADE);
    INSERT INTO new_parent SELECT id, name, boss FROM parent;
    DROP TABLE parent;
    ALTER TABLE new_parent RENAME TO parent;
    """

  /// Writes something in the mode, so that it stays (`wal`) or leaves its journal behind.
  static func setMode(_ mode: String, of site: TestSite) throws {
    try setMode(mode, ofFile: site.folder.path("test.sqlite"))
  }

  /// The same, for the database in `file`.
  static func setMode(_ mode: String, ofFile file: String) throws {
    let database = try SQLiteConnection(.file(Path(file)))
    #expect(try database.rows("PRAGMA journal_mode = \(mode)") == [[.text(mode)]])
    _ = try database.rows("PRAGMA user_version = 1")
    let hasJournal = FileSystem.kind(of: "\(file)-journal") == .file
    #expect(hasJournal == ["truncate", "persist"].contains(mode))
  }

  @Test(arguments: modes, ["", "PRAGMA foreign_keys = ON;", "PRAGMA defer_foreign_keys = ON;"])
  func `a parent that is rebuilt keeps every row of its children`(
    mode: String, pragma: String
  ) throws {
    let site = try TestSite(.sqlite, ["001_a_default_upgrade.sql": Self.tables])
    try site.run("db_sync").expectSuccess()
    try Self.setMode(mode, of: site)
    let tables = ["parent", "child", "grandchild", "late", "loose"]
    let before = try tables.map { try site.database.rows("SELECT * FROM \($0) ORDER BY 1") }

    try site.write("002_b_default_upgrade.sql", pragma + Self.rebuild)
    try site.write("003_c_default_upgrade.sql", Self.rebuild)
    try site.run("db_sync").expectSuccess()

    #expect(try tables.map { try site.database.rows("SELECT * FROM \($0) ORDER BY 1") } == before)
    #expect(try site.database.rows("PRAGMA foreign_key_check") == [])
    #expect(try site.database.rows("PRAGMA integrity_check") == [["ok"]])
    let expected = mode == "wal" ? "wal" : "delete"
    #expect(try site.database.rows("PRAGMA journal_mode") == [[expected]])
    let schema = try site.database.rows("SELECT sql FROM sqlite_schema WHERE name = 'child'")
    #expect(schema[0][0]?.contains("REFERENCES parent (id)") == true, "\(schema)")
  }

  /// A row that points nowhere, by the table that holds it and what the message calls it.
  struct Orphan: Sendable, CustomTestStringConvertible {
    let table: String
    let row: String
    let facts: [String]
    var testDescription: String { facts.joined(separator: ", ") }
  }

  private static let orphans = [
    Orphan(
      table: "(p INTEGER REFERENCES parent (id))", row: "(7)",
      facts: ["1 row(s) of child", "rows of parent", "rowid 1: p = 7"]),
    Orphan(
      table: """
        (a TEXT, b INTEGER, p INTEGER REFERENCES parent, PRIMARY KEY (a, b)) WITHOUT ROWID
        """, row: "('it''s', 4, 7)", facts: ["row(s) of child", "parent", "a, b = it's, 4: p = 7"]),
    Orphan(
      table: "(rowid TEXT, p INTEGER REFERENCES parent)", row: "('mine', 7)",
      facts: ["row(s) of child", "rowid 1: p = 7"]),
    Orphan(
      table: "(p INTEGER, q INTEGER, FOREIGN KEY (p, q) REFERENCES pair)", row: "(1, 2), (1, 3)",
      facts: ["row(s) of child", "pair", "rowid 2: p, q = 1, 3"]),
    Orphan(
      table: "(p INTEGER REFERENCES \"no'where\" (id))", row: "(7)",
      facts: ["row(s) of child", "no'where", "rowid 1: p = 7"]),
    Orphan(
      table: "(p INTEGER PRIMARY KEY REFERENCES nowhere) WITHOUT ROWID", row: "(7)",
      facts: ["row(s) of child", "nowhere", "p = 7: p = 7"]),
    Orphan(
      table: "(p TEXT REFERENCES parent)", row: "('a' || char(27) || 'b')",
      facts: ["row(s) of child", "p = a\u{FFFD}b"]),
  ]

  @Test(arguments: orphans, modes)
  func `a row whose parent is missing in the end is named and stops the commit`(
    orphan: Orphan, mode: String
  ) throws {
    let site = try TestSite(
      .sqlite,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE pair (x INTEGER, y INTEGER, PRIMARY KEY (x, y));
        INSERT INTO parent VALUES (1), (2);
        INSERT INTO pair VALUES (1, 2);
        """
      ])
    try site.run("db_sync").expectSuccess()
    try Self.setMode(mode, of: site)
    try site.write(
      "002_b_default_upgrade.sql",
      "CREATE TABLE child \(orphan.table);\nINSERT INTO child VALUES \(orphan.row);")
    let schema = "SELECT * FROM sqlite_schema WHERE name <> 'trove_migrate_failures'"
    let before = try site.database.rows(schema)
    try site.run("db_sync").expectFailure(
      1, naming: orphan.facts + ["SQLITE_CONSTRAINT_FOREIGNKEY", "hint:", "core: 1"])
    #expect(try site.database.rows(schema) == before)
    #expect(try site.version() == 1)
  }

  /// A site with a row of a child that has dangled for long, and a second version that does `change`.
  private static func siteWithOrphan(_ change: String) throws -> TestSite {
    let site = try TestSite(
      .sqlite,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE parent (id INTEGER PRIMARY KEY);
        CREATE TABLE child (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id));
        CREATE TABLE keyed (k TEXT PRIMARY KEY, p INTEGER REFERENCES parent (id)) WITHOUT ROWID;
        INSERT INTO parent VALUES (1);
        """
      ])
    try site.run("db_sync").expectSuccess()
    try site.database.execute(
      "PRAGMA foreign_keys = OFF", "INSERT INTO child VALUES (5, 42), (6, 42)",
      "INSERT INTO keyed VALUES ('k', 43)")
    try site.write("002_b_default_upgrade.sql", change)
    return site
  }

  @Test(arguments: [
    // Rebuilt, with other row ids.
    """
    CREATE TABLE n (id INTEGER PRIMARY KEY, p INTEGER REFERENCES parent (id));
    INSERT INTO n SELECT id + 100, p FROM child; DROP TABLE child; ALTER TABLE n RENAME TO child;
    """,
    // Rebuilt with another type.
    """
    CREATE TABLE n (id INTEGER PRIMARY KEY, p VARCHAR(9) REFERENCES parent (id));
    INSERT INTO n SELECT id, p FROM child; DROP TABLE child; ALTER TABLE n RENAME TO child;
    """,
    "ALTER TABLE child RENAME TO kid; ALTER TABLE keyed RENAME COLUMN p TO q;",
    "ALTER TABLE parent RENAME TO elder;",
    "DELETE FROM child WHERE id = 5;",
    """
    CREATE TABLE n (p INTEGER REFERENCES parent (id), k TEXT PRIMARY KEY);
    INSERT INTO n SELECT p, k FROM keyed; DROP TABLE keyed; ALTER TABLE n RENAME TO keyed;
    """,
  ])
  func `rows that dangled before are left alone, whatever becomes of their tables`(
    change: String
  ) throws {
    let site = try Self.siteWithOrphan(change)
    try site.run("db_sync").expectSuccess()
    #expect(try site.version() == 2)
  }

  @Test(arguments: [
    ("DELETE FROM child WHERE id = 5; INSERT INTO child VALUES (9, 77);", "rowid 9: p = 77"),
    ("UPDATE child SET p = 78 WHERE id = 6;", "rowid 6: p = 78"),
    ("UPDATE keyed SET p = 79;", "k = k: p = 79"),
    ("INSERT INTO child VALUES (9, 42);", "rowid 9: p = 42"),
  ])
  func `a new dangling row is found, also when an old one goes`(
    change: String, fact: String
  ) throws {
    let site = try Self.siteWithOrphan(change)
    try site.expectFailedStep("db_sync", naming: [fact, "of parent", "core: 1"])
  }

  @Test(arguments: modes)
  func `a parent that loses a row to a rebuild is found by the children it leaves`(
    mode: String
  ) throws {
    let site = try TestSite(.sqlite, ["001_a_default_upgrade.sql": Self.tables])
    try site.run("db_sync").expectSuccess()
    try Self.setMode(mode, of: site)
    try site.write(
      "002_b_default_upgrade.sql",
      Self.rebuild.replacing("FROM parent;", with: "FROM parent WHERE id <> 3;"))
    let facts = ["child", "parent", "= 3", site.script("002_b_default_upgrade.sql")]
    try site.run("db_sync").expectFailure(1, naming: facts)
    #expect(try site.database.rows("SELECT count(*) FROM parent") == [["3"]])
    #expect(try site.version() == 1)
  }
}
