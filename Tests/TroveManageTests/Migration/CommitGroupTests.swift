import Testing
import TroveManage

/// With a commit for each version, those share one that nobody could tell apart.
@Suite struct CommitGroupTests {
  /// Versions 2 and on of a repository whose first makes the table `a`.
  private static func migrate(
    _ engine: Engine, _ scripts: [String], by report: @escaping (MigrationEvent) -> Void = { _ in }
  ) throws -> (database: TestDatabase, outcome: Result<RunReport, RunFailure>) {
    let database = try TestDatabase(engine)
    try database.execute("CREATE TABLE before (id INTEGER PRIMARY KEY)")
    let all = ["CREATE TABLE a (id INTEGER PRIMARY KEY, name VARCHAR(40))"] + scripts
    let files = all.enumerated().map { ("\(101 + $0)_x_default_upgrade.sql", "\($1);\n") }
    let folder = try database.folder.writeRepository(
      "core", scripts: Dictionary(uniqueKeysWithValues: files))
    let migrator = try database.migrator(
      [folder], scope: .version, rules: { [OwnershipRule($0)] }, report: report)
    do {
      return (database, .success(try migrator.run()))
    } catch {
      return (database, .failure(error))
    }
  }

  private static let inside = [
    "CREATE INDEX i ON a (name)",
    "CREATE UNIQUE INDEX i ON a (name)",
    "INSERT INTO a VALUES (1, 'select from b'), (2, NULL)",
    "insert into a (id) values (1)",
    "ALTER TABLE a ADD COLUMN more INTEGER DEFAULT 0",
    "CREATE TABLE b (id INTEGER REFERENCES a (id), at TIMESTAMP, CHECK (id > 0))",
    "CREATE TABLE \"b c\" (id INTEGER); INSERT INTO \"b c\" VALUES (1)",
    "CREATE TABLE b (id INTEGER PRIMARY KEY, up INTEGER REFERENCES b (id)) -- SELECT",
  ]

  @Test(arguments: Engine.allCases, inside)
  func `versions about nothing but what they make share a commit`(
    engine: Engine, script: String
  ) throws {
    let report = try Self.migrate(engine, [script]).outcome.get()
    #expect(report.applied.count == 2)
    #expect(report.transactions == 1)
  }

  private static let outside = [
    "CREATE TABLE IF NOT EXISTS b (id INTEGER)",
    "CREATE TABLE b AS SELECT * FROM before",
    "CREATE TABLE b (id INTEGER REFERENCES before (id))",
    "CREATE TABLE b (id INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)",
    "CREATE TEMPORARY TABLE b (id INTEGER)",
    "CREATE VIEW b AS SELECT * FROM a",
    "CREATE INDEX i ON before (id)",
    "INSERT INTO before VALUES (1)",
    "INSERT INTO a (id) SELECT id FROM before",
    "INSERT INTO a (id) VALUES ((SELECT count(*) FROM before))",
    "ALTER TABLE before ADD COLUMN more INTEGER",
    "ALTER TABLE a RENAME TO b",
    "UPDATE a SET name = 'x'",
    "DELETE FROM a",
    "DROP TABLE a",
    "CREATE TABLE b (id INTEGER); INSERT INTO before VALUES (1)",
  ]

  @Test(arguments: Engine.allCases, outside)
  func `a version about what others can see, or that may take long, has a commit of its own`(
    engine: Engine, script: String
  ) throws {
    let report = try Self.migrate(engine, [script]).outcome.get()
    #expect(report.transactions == 2)
  }

  @Test(arguments: [
    "INSERT INTO a (id) TABLE before",
    "CREATE TABLE b (LIKE before)",
    "CREATE TABLE b () INHERITS (before)",
    "CREATE TABLE b PARTITION OF p FOR VALUES IN (1)",
    "ALTER TABLE a ADD CONSTRAINT f FOREIGN KEY (id) REFERENCES public.before (id)",
    "ALTER TABLE ONLY a ADD COLUMN more INTEGER",
    "SET LOCAL lock_timeout = 1000",
    "COMMENT ON TABLE before IS 'x'",
    "DO $$ BEGIN NULL; END $$",
  ])
  func `so it is with what PostgreSQL alone knows`(script: String) throws {
    let partitioned = "CREATE TABLE p (id INTEGER) PARTITION BY LIST (id)"
    let report = try Self.migrate(.postgresql, [partitioned, script]).outcome.get()
    #expect(report.transactions == 3)
  }

  @Test(arguments: Engine.allCases)
  func `what a version is about was made in the same transaction, not in one before`(
    engine: Engine
  ) throws {
    var committed: [[Int]] = []
    let outcome = try Self.migrate(
      engine,
      ["CREATE INDEX i ON a (id)", "UPDATE a SET id = 1", "CREATE INDEX j ON a (id)"]
        + ["CREATE TABLE b (id INTEGER)", "INSERT INTO a VALUES (1, NULL)"]
    ) { event in
      if case .committed(let steps) = event { committed.append(steps.map(\.to)) }
    }.outcome
    _ = try outcome.get()
    #expect(committed == [[101, 102], [103], [104], [105], [106]])
  }

  @Test(arguments: Engine.allCases)
  func `a hundred versions share a commit, and no more`(engine: Engine) throws {
    let scripts = (1..<150).map { "CREATE TABLE t\($0) (id INTEGER)" }
    #expect(try Self.migrate(engine, scripts).outcome.get().transactions == 2)
  }

  @Test(arguments: Engine.allCases)
  func `a quarter of a megabyte shares a commit, and no more`(engine: Engine) throws {
    let row = "INSERT INTO b VALUES ('\(String(repeating: "x", count: 100 << 10))')"
    let scripts = ["CREATE TABLE b (name TEXT)", row, row, row]
    #expect(try Self.migrate(engine, scripts).outcome.get().transactions == 2)
  }

  @Test(arguments: Engine.allCases)
  func `the first version that fails is found, and those before it stay`(engine: Engine) throws {
    var divided: [[Int]] = []
    let (database, outcome) = try Self.migrate(
      engine,
      [
        "CREATE TABLE b (id INTEGER PRIMARY KEY)",
        "INSERT INTO b VALUES (1)",
        "CREATE TABLE c (id INTEGER);\nINSERT INTO b VALUES (1)",
        "CREATE TABLE d (id INTEGER)",
      ]
    ) { event in
      if case .dividing(let steps) = event { divided.append(steps.map(\.to)) }
    }
    let failure = #expect(throws: RunFailure.self) { try outcome.get() }
    let text = "\(try #require(failure).error)"
    #expect(text.contains("104_x_default_upgrade.sql:2:"), "\(text)")
    #expect(divided == [[101, 102, 103, 104, 105]])
    #expect(failure?.report?.applied.map(\.to) == [101, 102, 103])
    #expect(failure?.report?.rolledBack.isEmpty == true)
    #expect(failure?.report?.after.map(\.version) == [103])
    #expect(try database.rows("SELECT id FROM b") == [["1"]])
    let tables = try database.tables()
    #expect(!tables.contains("c") && !tables.contains("d"))
    let journal = try database.rows(
      "SELECT to_version FROM trove_migrate_journal ORDER BY id")
    #expect(journal == [["101"], ["102"], ["103"]])
  }
}
