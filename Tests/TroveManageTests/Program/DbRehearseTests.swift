import Foundation
import Testing
import TroveManage

/// `db_rehearse` runs what is pending, and leaves nothing of it.
@Suite struct DbRehearseTests {
  /// A site at core's first version, whose second one and whose plugin are pending.
  private static func site(
    _ engine: Engine, second: String, options: String = ""
  ) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE a (id INTEGER PRIMARY KEY, note VARCHAR(20));
        INSERT INTO a VALUES (1, 'x'), (2, 'y');
        """
      ], plugins: "./plugin", options: options)
    try site.folder.writeRepository("plugin", scripts: [:])
    try site.run("db_sync").expectSuccess()
    try site.write("002_b_default_upgrade.sql", second)
    try site.folder.write(
      "plugin/versions/001_p_default_upgrade.sql", "CREATE TABLE p (id INTEGER);")
    return site
  }

  private static func lone(_ engine: Engine) -> String {
    engine == .sqlite ? "VACUUM;" : "CREATE INDEX CONCURRENTLY a_note ON a (note);"
  }

  private static let second = """
    ALTER TABLE a ADD COLUMN extra INTEGER;

    UPDATE a SET note = 'z';
    DELETE FROM a WHERE id = 7;
    CREATE TABLE b (id INTEGER);
    """

  @Test(arguments: Engine.allCases)
  func `every statement is told with its time and rows, the schema by owner`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine, second: Self.second)
    let found = try site.rehearsal()
    #expect(found.ran == ["core 2", "plugin 1"])
    #expect(found.statements.map(\.line) == [1, 3, 4, 5, 1])
    #expect(found.statements.map(\.rowsChanged) == [nil, 2, 0, nil, nil])
    #expect(found.statements.allSatisfy { $0.durationMicroseconds > 0 && $0.ok })
    #expect(found.versions.allSatisfy { $0.durationMicroseconds ?? 0 > 0 })
    #expect(found.differences.count == 3)
    #expect(found.differences[0].hasPrefix("core: a: column extra"))
    #expect(found.differences[1...] == ["core: table b was added", "plugin: table p was added"])
    #expect(found.leftOut == [] && !found.databaseMissing)
  }

  @Test(arguments: Engine.allCases)
  func `a person reads a table for each version`(engine: Engine) throws {
    let site = try Self.site(engine, second: Self.second)
    let output = try site.rehearse().output
    let lines = output.split(separator: "\n").map {
      $0.replacing(/[0-9.]+ ms/, with: "T").split(separator: " ").joined(separator: " ")
    }
    let path = site.script("002_b_default_upgrade.sql")
    for line in [
      "core 1 -> 2, T: \(path)", "LINE TIME ROWS STATEMENT", "3 T 2 UPDATE a SET note = 'z'",
      "schema of core:", "column extra was added", "table b was added",
      "schema of plugin:", "table p was added",
      "Rehearsed: 2 versions in T, and rolled back; nothing was changed",
    ] {
      #expect(lines.contains(line), "\(line) is not in\n\(output)")
    }
    #expect(output.contains("locks table a (core) in ACCESS EXCLUSIVE") == (engine == .postgresql))
  }

  @Test(arguments: Engine.allCases)
  func `a failure is told as db_sync tells it, and leaves nothing, not even that`(
    engine: Engine
  ) throws {
    let site = try Self.site(
      engine, second: "UPDATE a SET note = '1';\nINSERT INTO a VALUES (2, 'twice');")
    let outcome = try site.rehearse(expecting: 1)
    #expect(outcome.output.contains("failed: INSERT INTO a VALUES (2, 'twice')"))
    let found = try site.rehearsal(expecting: 1)
    #expect(found.ran == ["core 2 failed"])
    #expect(found.statements.map(\.ok) == [true, false])
    #expect(found.schemas == nil)
    let document = try site.rehearse("--json", expecting: 1).document()
    #expect(document["ok"] as? Bool == false)
    let error = try #require(document["error"] as? [String: Any])
    #expect(error["exit_code"] as? Int == 1)
    let meant = try site.run("db_sync")
    #expect(meant.status == 1)
    #expect(outcome.messages == meant.messages)
  }

  @Test(arguments: Engine.allCases)
  func `a script that reaches for what is another's is refused`(engine: Engine) throws {
    let site = try Self.site(engine, second: "SELECT 1;")
    try site.folder.write(
      "plugin/versions/001_p_default_upgrade.sql", "SELECT 1;\nUPDATE a SET note = 'mine';")
    let outcome = try site.rehearse(expecting: 1)
    #expect(outcome.messages.contains("writes rows of a"))
    #expect(outcome.messages.contains("001_p_default_upgrade.sql:2:1"))
  }

  @Test(arguments: Engine.allCases)
  func `rows that the commit would refuse are found`(engine: Engine) throws {
    let deferred = engine == .sqlite ? "" : " DEFERRABLE INITIALLY DEFERRED"
    let site = try Self.site(
      engine,
      second: """
        CREATE TABLE child (a INTEGER REFERENCES a (id)\(deferred));
        INSERT INTO child VALUES (99);
        """)
    let outcome = try site.rehearse(expecting: 1)
    #expect(outcome.messages.contains("child"))
    #expect(try site.run("db_sync").messages == outcome.messages)
  }

  @Test(arguments: Engine.allCases)
  func `what no transaction holds is left out with what needs it`(engine: Engine) throws {
    let site = try Self.site(engine, second: Self.lone(engine))
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.folder.writeRepository(
      "other", scripts: ["001_o_default_upgrade.sql": "CREATE TABLE o (id INTEGER);"])
    try site.writeConf(plugins: "./plugin,./other")
    try site.folder.require("core >= 2", in: "other")
    let found = try site.rehearsal()
    #expect(found.ran == ["plugin 1"])
    #expect(found.leftOut == ["core 2", "core 3", "other 1"])
    #expect(found.notRehearsed[0].reason.contains("002_b_default_upgrade.sql:1:1"))
    #expect(found.notRehearsed[2].reason.contains("core 1 -> 2"))
    #expect(try site.rehearse().output.contains("not rehearsed:\n  core 1 -> 2: "))
  }

  @Test(arguments: Engine.allCases)
  func `an empty database stays empty, and none is made`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    let found = try site.rehearsal()
    #expect(found.ran == ["core 1", "core 2"])
    #expect(found.databaseMissing == (engine == .sqlite))
    #expect(try site.ownTables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `with nothing pending there is nothing to rehearse`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    let outcome = try site.rehearse()
    #expect(outcome.output.hasSuffix("Nothing to rehearse: core is at 2\n"))
    #expect(try site.rehearsal().ran == [])
  }

  @Test(arguments: Engine.allCases)
  func `it is one transaction whatever the conf file says, and allowed where it protects`(
    engine: Engine
  ) throws {
    let site = try Self.site(
      engine, second: Self.second, options: "transaction = version\nprotected = true")
    #expect(try site.rehearsal().ran == ["core 2", "plugin 1"])
  }

  @Test(arguments: Engine.allCases)
  func `one repository is rehearsed alone`(engine: Engine) throws {
    let site = try Self.site(engine, second: Self.second)
    let outcome = try site.rehearse("--repo_path", site.folder.path("plugin"))
    #expect(outcome.output.contains("table p was added"))
    #expect(!outcome.output.contains("table b"))
  }

  @Test(arguments: Engine.allCases)
  func `it waits for the runners' lock`(engine: Engine) throws {
    let site = try Self.site(engine, second: Self.second, options: "lock_wait = 0")
    let other = try site.database.connect()
    try other.begin(LockWait(limit: .zero))
    defer { other.rollback() }
    let outcome = try site.run("db_rehearse")
    #expect(outcome.status == 75, "\(outcome.messages)")
    #expect(outcome.messages.contains("holds the"))
  }

  @Test(arguments: Engine.allCases)
  func `statements of Python versions are told, too`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade(
        """
        with migrate_engine.begin() as c:
            c.execute(sa.text('INSERT INTO a VALUES (1), (2)'))
            c.execute(sa.text('ALTER TABLE a ADD COLUMN more INTEGER'))
        """))
    try site.run("db_version_control").expectSuccess()
    try site.run("db_upgrade", "--version", "2").expectSuccess()
    let found = try site.rehearsal()
    #expect(found.ran == ["core 3"])
    // SQLAlchemy asks questions of its own before.
    let statements = found.statements.suffix(2).map(\.self)
    #expect(statements.map(\.line) == [4, 5])
    #expect(statements[0].rowsChanged == 2)
    #expect(statements[0].statement == "INSERT INTO a VALUES (1), (2)")
    if engine == .postgresql {
      #expect(statements[1].locks.map(\.description) == ["AccessExclusiveLock a (core)"])
    }
    #expect(found.differences.count == 1)
  }

  @Test(arguments: Engine.allCases)
  func `a Python version that fails leaves nothing`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade(
        """
        with migrate_engine.begin() as c:
            c.execute(sa.text('INSERT INTO a VALUES (1), (2)'))
        with migrate_engine.begin() as c:
            c.execute(sa.text('INSERT INTO nowhere VALUES (1)'))
        """))
    let outcome = try site.rehearse(expecting: 1)
    #expect(outcome.messages.contains("003_c.py:6"))
    #expect(try site.rehearsal(expecting: 1).ran == ["core 1", "core 2", "core 3 failed"])
  }

  @Test func `a file is the same to the byte when more was written than memory held`() throws {
    let site = try Self.site(
      .sqlite,
      second: """
        CREATE TABLE big (id INTEGER PRIMARY KEY, bytes BLOB);
        WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9000)
        INSERT INTO big SELECT i, randomblob(1000) FROM n;
        UPDATE a SET note = 'z';
        """)
    let found = try site.rehearsal()
    #expect(found.statements.map(\.rowsChanged) == [nil, 9000, 2, nil])
  }

  @Test func `what a run takes no offence at is none in a rehearsal`() throws {
    let site = try Self.site(
      .sqlite,
      second: """
        INSERT INTO a VALUES (3, CAST(x'ff' AS TEXT)) RETURNING note;
        SELECT note FROM a;
        SELECT ?;
        """)
    #expect(try site.rehearsal().statements.map(\.rowsChanged) == [1, nil, nil, nil])
    try site.run("db_sync").expectSuccess()
  }

  @Test func `a rolled back rehearsal leaves a file in WAL mode as it is`() throws {
    let site = try Self.site(.sqlite, second: Self.second)
    try site.database.execute("PRAGMA journal_mode = WAL")
    #expect(try site.rehearsal().ran == ["core 2", "plugin 1"])
    #expect(try site.version() == 1)
  }
}
