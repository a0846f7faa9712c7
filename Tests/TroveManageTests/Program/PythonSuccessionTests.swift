import Foundation
import Testing
import TroveManage

/// Python versions that follow each other: each begins while the one before it is recorded.
@Suite struct PythonSuccessionTests {
  /// A Python version that makes a table, having done something else.
  private static func script(_ table: String, behind body: String = "pass") -> String {
    TestSite.upgrade(
      "\(body)\nwith migrate_engine.begin() as c: c.execute(\(TestSite.create(table)))")
  }

  /// A site at version 3, with the fourth and the fifth in Python; the fifth says at its beginning who runs it.
  private static func pending(_ engine: Engine, options: String = "") throws -> TestSite {
    let site = try TestSite.withThirdVersion(engine, script("c"), options: options)
    try site.run("db_sync").expectSuccess()
    try site.write("004_d.py", script("d"))
    try site.write("005_e.py", script("e", behind: site.writeProcessID()))
    return site
  }

  /// Has the database refuse the fourth version's record.
  private static func refuseRecord(_ site: TestSite) throws {
    let statements =
      site.database.engine == .sqlite
      ? """
      CREATE TRIGGER refusal BEFORE INSERT ON trove_migrate_journal WHEN NEW.to_version = 4
      BEGIN SELECT RAISE(ABORT, 'not this one'); END
      """
      : """
      CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'not this one'; END $$;
      CREATE TRIGGER refusal BEFORE INSERT ON trove_migrate_journal FOR EACH ROW
        WHEN (NEW.to_version = 4) EXECUTE FUNCTION refuse()
      """
    try site.database.execute(statements)
  }

  @Test(arguments: Engine.allCases)
  func `a version that cannot be recorded is blamed, and not the one that has begun`(
    engine: Engine
  ) throws {
    let site = try Self.pending(engine)
    try Self.refuseRecord(site)
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["004_d.py", "not this one", "core from 3 to 4"])
    #expect(!outcome.messages.contains("core from 4 to 5"), "\(outcome.messages)")
    #expect(try site.ownTables() == ["a", "b", "c"])
    #expect(try site.version() == 3)
    if FileSystem.kind(of: site.folder.path("pid")) != nil {
      try site.waitUntilGone(site.processID())
    }
    try site.database.execute(
      "DROP TRIGGER refusal" + (engine == .sqlite ? "" : " ON trove_migrate_journal"))
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c", "d", "e"])
  }

  @Test(arguments: Engine.allCases, ["1 / 0", "import os; os._exit(3)"])
  func `a version that fails before its first statement is blamed`(
    engine: Engine, deed: String
  ) throws {
    let site = try Self.pending(engine)
    try site.write("005_e.py", Self.script("e", behind: deed))
    try site.run("db_sync").expectFailure(
      1, naming: ["error: \(site.script("005_e.py"))", "core from 4 to 5"])
    #expect(try site.ownTables() == ["a", "b", "c"])
    #expect(try site.version() == 3)
  }

  @Test(arguments: Engine.allCases)
  func `what versions print is told with the name of each`(engine: Engine) throws {
    let site = try Self.pending(engine)
    try site.write("004_d.py", TestSite.upgrade("print('end of d')"))
    try site.write("005_e.py", TestSite.upgrade("print('begin of e')"))
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    for (name, text) in [("004_d.py", "end of d"), ("005_e.py", "begin of e")] {
      let line = outcome.messages.split(separator: "\n").first { $0.contains(text) }
      #expect(line?.contains(name) == true, "\(outcome.messages)")
    }
  }

  /// A run whose fourth version's record waits for `holder`, and whose fifth version has begun.
  private static func waiting(
    _ site: TestSite
  ) throws -> (TestProgram.Running, interpreter: Int, holder: any Connection) {
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; LOCK TABLE trove_migrate_journal IN SHARE MODE")
    let runner = try site.start(["db_sync"])
    let interpreter = try site.processID()
    try waitUntil("the record to wait") {
      try site.database.rows(
        """
        SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()
        """
      ).count == 1
    }
    return (runner, interpreter, holder)
  }

  @Test(arguments: [SIGTERM, SIGKILL])
  func `a signal while one is recorded and the next has begun leaves nothing of either`(
    signal: Int32
  ) throws {
    let site = try Self.pending(.postgresql)
    let (runner, interpreter, holder) = try Self.waiting(site)
    runner.send(signal)
    #expect(try runner.outcome(within: .seconds(30)).status == 128 + signal)
    try site.waitUntilGone(interpreter)
    holder.rollback()
    #expect(try site.ownTables() == ["a", "b", "c"])
    #expect(try site.version() == 3)
    try site.run("db_sync").expectSuccess()
    #expect(try site.version() == 5)
  }

  @Test func `statements of a version wait for the record of the one before`() throws {
    let site = try Self.pending(.postgresql)
    let (runner, _, holder) = try Self.waiting(site)
    let query = "SELECT query FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    #expect(try site.database.rows(query).first?.first??.contains("trove_migrate_journal") == true)
    holder.rollback()
    try runner.outcome(within: .seconds(60)).expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c", "d", "e"])
    #expect(try site.version() == 5)
  }

  @Test(arguments: Engine.allCases)
  func `versions in SQL run behind the last in Python`(engine: Engine) throws {
    let site = try Self.pending(engine)
    try site.write("006_f_default_upgrade.sql", "CREATE TABLE f (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c", "d", "e", "f"])
  }

  @Test(arguments: Engine.allCases)
  func `a transaction that a version gives up takes nothing of the next with it`(
    engine: Engine
  ) throws {
    let site = try Self.pending(engine)
    try site.write(
      "004_d.py",
      TestSite.upgrade(
        """
        c = migrate_engine.raw_connection()
        cursor = c.cursor()
        insert = 'INSERT INTO b VALUES (%d)'
        for number in range(4):
            cursor.execute(insert % number)
            c.commit() if number % 2 else c.rollback()
        cursor.execute(insert % 9)
        c.rollback()
        try:
            cursor.execute('SELECT nothing FROM nowhere')
        except Exception:
            c.rollback()
        cursor.execute('SELECT id FROM b ORDER BY id')
        assert [int(row[0]) for row in cursor.fetchall()] == [1, 3]
        c.rollback()
        """))
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT id FROM b ORDER BY id") == [["1"], ["3"]])
    #expect(try site.ownTables() == ["a", "b", "c", "e"])
  }
}
