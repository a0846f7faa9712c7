import Foundation
import Testing
import TroveManage

/// What cannot be left to SQL.
@Suite struct RepoConvertStayTests {
  /// A body of `upgrade`, and why it stays in Python.
  struct Stay: Sendable, CustomTestStringConvertible {
    let body: String
    let reason: String
    var testDescription: String { body }
  }

  private static let stays = [
    Stay(
      body: "migrate_engine.execute('SELECT id FROM a').fetchall()", reason: "reads rows of a, "),
    Stay(
      body:
        "x = migrate_engine.execute('SELECT count(*) FROM a WHERE id IN (SELECT id FROM b)').scalar()",
      reason: "reads rows of a, b, "),
    Stay(
      body: "for row in migrate_engine.execute('SELECT * FROM v'): pass", reason: "reads rows of "),
    Stay(
      body: "migrate_engine.execute('DELETE FROM a RETURNING id').fetchone()",
      reason: "reads the rows that it changes, "),
    Stay(
      body: "assert migrate_engine.execute('DELETE FROM a').rowcount == 0",
      reason: "uses the number of rows that it changes"),
    Stay(
      body: """
        a = sa.Table('k', sa.MetaData(migrate_engine), autoload=True)
        key = a.insert().execute(word='x').inserted_primary_key
        """, reason: "uses the key that the database gives to a row"),
    Stay(
      body: """
        connection = migrate_engine.raw_connection()
        c = connection.cursor()
        c.execute('UPDATE a SET id = 1')
        if c.rowcount: pass
        """, reason: "uses the number of rows that it changes"),
    Stay(
      body: """
        try: migrate_engine.execute('DROP TABLE nothing')
        except sa.exc.DBAPIError: pass
        """, reason: "goes on after a statement that fails: "),
    Stay(
      body:
        "import uuid\nmigrate_engine.execute(sa.text('INSERT INTO k (word) VALUES (:w)'), w=str(uuid.uuid4()))",
      reason: "executes something else each time"),
    Stay(body: "raise ValueError('not today')", reason: "ValueError: not today"),
    Stay(body: "migrate_engine.execute('DROP TABLE nothing')", reason: "it fails: "),
  ]

  @Test(arguments: Engine.allCases, stays)
  func `what SQL cannot be trusted with stays in Python, with its line`(
    engine: Engine, stay: Stay
  ) throws {
    let site = try Self.site(engine, stay.body)
    let outcome = try site.run("repo_convert", "core", "--dialect", engine.rawValue)
    #expect(outcome.status == 4, "\(outcome.messages)")
    let title = "  upgrade: stays in Python (\(engine))\n"
    #expect(outcome.output.contains(title), "\(outcome.output)")
    #expect(outcome.output.contains(stay.reason), "\(outcome.output)")
    #expect(outcome.output.contains("\(site.script("003_c.py")):"), "\(outcome.output)")
    #expect(
      try !site.folder.contents().keys.contains { $0.hasSuffix("003_c_\(engine)_upgrade.sql") })
    #expect(outcome.output.contains("002_b.py\n  upgrade: 002_b_\(engine)_upgrade.sql\n"))
  }

  private static let leavings = [
    "migrate_engine.execute('SELECT id FROM a')", "sa.inspect(migrate_engine).get_table_names()",
    "sa.Table('b', sa.MetaData(migrate_engine), autoload=True)",
    "migrate_engine.execute('SELECT 1').scalar()",
    "sa.Table('k', sa.MetaData(migrate_engine), autoload=True).insert().execute(word='x')",
    "migrate_engine.execute('INSERT INTO a SELECT 1'); migrate_engine.execute('UPDATE a SET id = 2')",
  ]

  @Test(arguments: Engine.allCases, leavings)
  func `what looks at nothing that is in tables is converted`(engine: Engine, body: String) throws {
    let site = try Self.site(engine, body)
    try site.run("repo_convert", "core", "--dialect", engine.rawValue).expectSuccess()
  }

  /// A site whose third version is `body`.
  static func site(_ engine: Engine, _ body: String) throws -> TestSite {
    let site = try TestSite.withPython(engine)
    let key = engine == .sqlite ? "INTEGER" : "SERIAL"
    try site.write(
      "001_a_default_upgrade.sql",
      """
      CREATE TABLE a (id INTEGER); CREATE TABLE k (id \(key) PRIMARY KEY, word VARCHAR(40));
      CREATE VIEW v AS SELECT id FROM a;
      """)
    try site.write(
      "001_a_default_downgrade.sql", "DROP VIEW v; DROP TABLE k; DROP TABLE a;")
    try site.write(
      "002_b.py",
      """
      def upgrade(migrate_engine):
          migrate_engine.execute("CREATE TABLE b (id INTEGER)")
      def downgrade(migrate_engine):
          migrate_engine.execute("DROP TABLE b")
      """)
    try site.write("003_c.py", TestSite.upgrade(body))
    return site
  }

  @Test func `a number from a sequence is one of its database`() throws {
    let site = try Self.site(
      .postgresql, "migrate_engine.execute(\"SELECT nextval('k_id_seq')\").scalar()")
    let outcome = try site.run("repo_convert", "core", "--dialect", "postgresql")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("asks a sequence, "))
    try site.write(
      "003_c.py", TestSite.upgrade("migrate_engine.execute(\"SELECT setval('k_id_seq', 7)\")"))
    try site.run("repo_convert", "core", "--dialect", "postgresql").expectSuccess()
    let text = try String(
      contentsOfFile: site.script("003_c_postgresql_upgrade.sql"), encoding: .utf8)
    #expect(text.contains("SELECT setval('k_id_seq', 7);"))
  }

  @Test(arguments: Engine.allCases)
  func `versions above one that fails are not reached, downgrades below one that fails are`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, "raise ValueError('up')")
    try site.write("004_d.py", TestSite.upgrade("pass"))
    var outcome = try site.run("repo_convert", "core", "--dialect", engine.rawValue, "--json")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("it cannot be reached, since a version below it fails"))

    try site.write(
      "003_c.py",
      "def upgrade(migrate_engine): pass\ndef downgrade(migrate_engine): raise ValueError('down')\n"
    )
    try site.write("004_d.py", "def upgrade(migrate_engine): pass\n")
    outcome = try site.run("repo_convert", "core", "--dialect", engine.rawValue, "--into", "other")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("003_c.py:2: ValueError: down"), "\(outcome.output)")
    #expect(
      outcome.output.contains("004_d.py: ScriptError: there is no function downgrade"),
      "\(outcome.output)")
    let name = "other/versions/002_b_\(engine)_downgrade.sql"
    // It was written by the first of the two.
    #expect(try site.folder.contents()[name] != nil)
  }
}
