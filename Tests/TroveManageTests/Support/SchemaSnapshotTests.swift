import Testing
import TroveManage

@Suite struct SchemaSnapshotTests {
  /// The definition of `child` that the others differ from.
  private static let base = "id INTEGER NOT NULL, a VARCHAR(10), b INTEGER, PRIMARY KEY (id)"

  /// What may stand inside the parentheses of `CREATE TABLE child`.
  private static let definitions = [
    base,
    "id INTEGER NOT NULL, a VARCHAR(11), b INTEGER, PRIMARY KEY (id)",
    "id INTEGER NOT NULL, a VARCHAR(10) NOT NULL, b INTEGER, PRIMARY KEY (id)",
    "id INTEGER NOT NULL, a VARCHAR(10) DEFAULT 'x', b INTEGER, PRIMARY KEY (id)",
    "id INTEGER NOT NULL, b INTEGER, a VARCHAR(10), PRIMARY KEY (id)",
    "id INTEGER NOT NULL, a VARCHAR(10), c INTEGER, PRIMARY KEY (id)",
    "id INTEGER NOT NULL, a VARCHAR(10), b INTEGER NOT NULL, PRIMARY KEY (id, b)",
    "id INTEGER NOT NULL, a VARCHAR(10), b INTEGER NOT NULL, PRIMARY KEY (b, id)",
    "\(base), UNIQUE (a)", "\(base), UNIQUE (b)", "\(base), UNIQUE (a, b)",
    "\(base), UNIQUE (b, a)",
    "\(base), CONSTRAINT one UNIQUE (a)", "\(base), CONSTRAINT two UNIQUE (a)",
    "\(base), CHECK (b IN (0, 1))", "\(base), CHECK (b IN (0, 2))",
    "\(base), CONSTRAINT one CHECK (b IN (0, 1))", "\(base), CHECK (b = 1), CHECK (b = 1)",
    "\(base), FOREIGN KEY (b) REFERENCES parent (id)",
    "\(base), FOREIGN KEY (b) REFERENCES child (id)",
    "\(base), FOREIGN KEY (b) REFERENCES parent (id) ON DELETE CASCADE",
    "\(base), FOREIGN KEY (b) REFERENCES parent (id) ON UPDATE CASCADE",
    "\(base), FOREIGN KEY (b) REFERENCES parent (id) ON DELETE SET NULL",
    "\(base), FOREIGN KEY (b) REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED",
  ]

  /// What may follow the tables.
  private static let additions = [
    "CREATE INDEX i ON child (a)", "CREATE INDEX j ON child (a)", "CREATE INDEX i ON child (b)",
    "CREATE INDEX i ON child (a, b)", "CREATE INDEX i ON child (b, a)",
    "CREATE INDEX i ON child (a DESC)", "CREATE UNIQUE INDEX i ON child (a)",
    "CREATE INDEX i ON child (a) WHERE b = 1", "CREATE INDEX i ON parent (id)",
    "CREATE TABLE other (id INTEGER)", "CREATE VIEW other AS SELECT id FROM child",
  ]

  @Test(arguments: Engine.allCases)
  func `no two schemas that differ look alike`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    var seen: [SchemaSnapshot] = []
    let schemas =
      Self.definitions.map { ["CREATE TABLE child (\($0))"] }
      + Self.additions.map { ["CREATE TABLE child (\(Self.base))", $0] }
    for schema in schemas {
      let statements = ["CREATE TABLE parent (id INTEGER NOT NULL, PRIMARY KEY (id))"] + schema
      let snapshot = try database.withSession { try $0.snapshot(after: statements) }
      #expect(!seen.contains(snapshot), "\(schema)")
      let again = try database.withSession { try $0.snapshot(after: statements) }
      #expect(again == snapshot, "\(schema)")
      seen.append(snapshot)
    }
  }

  @Test func `how a table is written does not matter on SQLite`() throws {
    let connection = try SQLiteConnection(.memory)
    let one = try connection.snapshot(after: [
      """
      CREATE TABLE t (id INT, "key" INT, CHECK (id IN (0, 1)), CONSTRAINT u UNIQUE (id, "key"))
      """
    ])
    let two = try connection.snapshot(after: [
      """
      CREATE TABLE "t" (
      id INT CHECK(id  IN (0,1)),
      key INT,
      CONSTRAINT "u" UNIQUE(id,key))
      """
    ])
    #expect(two.difference(from: one) == [])
    #expect(one.lines.count == 6)
  }

  @Test(arguments: Engine.allCases)
  func `version tables and the journal are left out`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let core = try database.folder.writeRepository(
      "core", scripts: ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);"])
    try database.migrate(core)
    #expect(
      try database.schema().lines.map(\.description).sorted() == [
        "a: column id \(engine == .sqlite ? "INTEGER" : "integer")", "a: columns in order id",
      ])
  }

  @Test func `a difference names what is missing and what is too much`() throws {
    let connection = try SQLiteConnection(.memory)
    let one = try connection.snapshot(after: ["CREATE TABLE t (a INT, b INT)"])
    let two = try connection.snapshot(after: ["CREATE TABLE t (b INT, a INT, UNIQUE (a))"])
    #expect(
      two.difference(from: one) == [
        "- t: columns in order a, b", "+ t: columns in order b, a", "+ t: unique (a)",
      ])
    #expect(two.reordered(from: one) == ["t"])
    #expect(
      two.withoutOrder(of: ["t"]).difference(from: one.withoutOrder(of: ["t"])) == [
        "+ t: unique (a)"
      ])
  }
}

extension Connection {
  /// The schema that `statements` make; they are undone.
  fileprivate func snapshot(after statements: [String]) throws -> SchemaSnapshot {
    try begin(LockWait(limit: .seconds(60)))
    defer { rollback() }
    try execute(statements.map { Command($0) })
    return try SchemaSnapshot(of: self)
  }
}
