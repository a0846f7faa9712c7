import Foundation
import Testing
import TroveManage

/// Statements outside a transaction that are cut short, on a real server.
@Suite struct InterruptedScriptTests {
  /// A site with the table `a` of a thousand rows, and a third script.
  private static func site(_ script: String, options: String = "") throws -> TestSite {
    let site = try TestSite.withTwoVersions(.postgresql, options: options)
    try site.write(
      "002_b_default_upgrade.sql",
      "CREATE TABLE happened (n INTEGER); INSERT INTO a SELECT generate_series(1, 1000);")
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", script)
    return site
  }

  private static let index = """
    INSERT INTO happened VALUES (1);
    CREATE INDEX CONCURRENTLY a_id ON a (id);
    INSERT INTO happened VALUES (2);
    """

  private static func happened(_ site: TestSite) throws -> [String?] {
    try site.database.rows("SELECT n FROM happened ORDER BY n").map { $0[0] }
  }

  /// The indexes of the table `a` by name, with whether they are valid.
  private static func indexes(_ site: TestSite) throws -> [[String?]] {
    try site.database.rows(
      """
      SELECT indexrelid::regclass::text, indisvalid::text FROM pg_index
      WHERE indrelid = 'a'::regclass ORDER BY 1
      """)
  }

  /// Starts a run whose third script waits for a transaction that has changed the table `a`, and kills it
  /// with `signal` there.
  private static func interrupt(
    _ site: TestSite, with signal: Int32, when condition: () throws -> Bool
  ) throws -> TestProgram.Outcome {
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; INSERT INTO a VALUES (0)")
    defer { holder.rollback() }
    let runner = try site.start(["db_sync"])
    try waitUntil("the statement to wait", condition)
    runner.send(signal)
    let outcome = try runner.outcome(within: .seconds(30))
    // The server's process goes when it notices that nobody listens; what it began is still there then.
    try waitUntil("the runner's lock to be free") {
      try site.database.runnerLocks().isEmpty
    }
    return outcome
  }

  @Test func `an index that a killed run was building is removed and built anew`() throws {
    let site = try Self.site(Self.index)
    let killed = try Self.interrupt(site, with: SIGKILL) {
      try Self.indexes(site) == [["a_id", "false"]]
    }
    #expect(killed.status == 137)
    #expect(try Self.indexes(site) == [["a_id", "false"]])

    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(next.messages.contains("DROP INDEX CONCURRENTLY IF EXISTS public.a_id"))
    #expect(try Self.indexes(site) == [["a_id", "true"]])
    #expect(try Self.happened(site) == ["1", "2"])
    #expect(try site.version() == 3)
  }

  @Test func `an index that somebody mends by hand is waited for, and counts as done`() throws {
    let site = try Self.site(Self.index)
    _ = try Self.interrupt(site, with: SIGKILL) { try Self.indexes(site) == [["a_id", "false"]] }
    try site.database.connect().executeAlone(Command("DROP INDEX CONCURRENTLY a_id"))
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; INSERT INTO a VALUES (0)")
    let mender = try site.database.psql("CREATE INDEX CONCURRENTLY a_id ON a (id)")
    try waitUntil("the other build") { try Self.indexes(site) == [["a_id", "false"]] }
    let runner = try site.start(["db_sync"])
    try waitUntil("the run to wait for it") {
      try !site.database.rows(
        """
        SELECT 1 FROM pg_locks WHERE relation = 'a'::regclass AND NOT granted
          AND mode = 'ShareUpdateExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        """
      ).isEmpty
    }
    holder.rollback()
    mender.waitUntilExit()
    #expect(mender.terminationStatus == 0)
    try runner.outcome(within: .seconds(60)).expectSuccess()
    #expect(try Self.indexes(site) == [["a_id", "true"]])
    #expect(try Self.happened(site) == ["1", "2"])
  }

  @Test(arguments: [
    ("DROP INDEX CONCURRENTLY nowhere", "42704"), ("DROP DATABASE nowhere", "3D000"),
    ("DROP TABLESPACE nowhere", "42704"),
    ("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", "42P01"),
  ])
  func `a removal that fails is not taken for done, and may be corrected`(
    statement: String, code: String
  ) throws {
    let site = try Self.site("\(statement); INSERT INTO happened VALUES (1);")
    for _ in 1...2 {
      let outcome = try site.run("db_sync")
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("003_c_default_upgrade.sql:1:1: "), "\(outcome.messages)")
      #expect(outcome.messages.contains("nothing was changed"), "\(outcome.messages)")
    }
    try site.write("003_c_default_upgrade.sql", "VACUUM a; INSERT INTO happened VALUES (2);")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.happened(site) == ["2"])
  }

  @Test func `a plain REINDEX shares the transaction, but for a partitioned table`() throws {
    let site = try Self.site("CREATE INDEX a_id ON a (id); REINDEX TABLE a; CLUSTER a USING a_id;")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(!outcome.messages.contains("outside a transaction"))
    try site.write(
      "004_d_default_upgrade.sql",
      """
      CREATE TABLE p (id INTEGER) PARTITION BY RANGE (id); CREATE INDEX p_id ON p (id);
      CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10);
      """)
    try site.run("db_sync").expectSuccess()
    try site.write("005_e_default_upgrade.sql", "REINDEX TABLE p; REINDEX INDEX p_id;")
    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(next.messages.contains("core 4 -> 5 runs outside a transaction"))
  }

  @Test func `an index with a name that the server cuts is found again`() throws {
    let name = String(repeating: "long_name_", count: 8)
    let site = try Self.site("CREATE INDEX CONCURRENTLY \(name) ON a (id);")
    let cut = String(name.prefix(63))
    _ = try Self.interrupt(site, with: SIGKILL) { try Self.indexes(site) == [[cut, "false"]] }
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [[cut, "true"]])
  }

  @Test
  func `a role's own standard_conforming_strings does not change how a lone statement is read`()
    throws
  {
    let site = try Self.site("CREATE INDEX CONCURRENTLY a_id ON a (id) WHERE id::text <> '\\';")
    let database = try site.database.rows("SELECT current_database()")[0][0] ?? ""
    try site.database.execute("ALTER DATABASE \(database) SET standard_conforming_strings = off")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [["a_id", "true"]])
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal ends it soon, also while others keep it from cleaning up`(
    signal: Int32, status: Int32
  ) throws {
    let site = try Self.site(Self.index)
    let outcome = try Self.interrupt(site, with: signal) {
      try Self.indexes(site) == [["a_id", "false"]]
    }
    #expect(outcome.status == status)
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [["a_id", "true"]])
    #expect(try Self.happened(site) == ["1", "2"])
  }

  @Test func `an index that cannot be built leaves nothing INVALID behind`() throws {
    let site = try Self.site("CREATE UNIQUE INDEX CONCURRENTLY a_id ON a ((id % 10));")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["003_c_default_upgrade.sql:1:1: ", "23505"])
    #expect(try Self.indexes(site) == [])
    try site.write("003_c_default_upgrade.sql", "CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id);")
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [["a_id", "true"]])
  }

  @Test(arguments: ["", "IF NOT EXISTS "])
  func `an INVALID index that is not ours is left alone and named`(clause: String) throws {
    let site = try Self.site("CREATE INDEX CONCURRENTLY \(clause)a_id ON a (id);")
    let connection = try site.database.connect()
    #expect(throws: DatabaseError.self) {
      try connection.executeAlone(
        Command("CREATE UNIQUE INDEX CONCURRENTLY a_id ON a ((id % 10))"))
    }
    #expect(try Self.indexes(site) == [["a_id", "false"]])
    try site.run("db_sync").expectFailure(
      1, naming: ["the index public.a_id is there already, INVALID", "hint: ", "DROP INDEX"])
    #expect(try Self.indexes(site) == [["a_id", "false"]])
    try connection.executeAlone(Command("DROP INDEX CONCURRENTLY a_id"))
    try site.run("db_sync").expectSuccess()
  }

  @Test func `an index of the same name that is valid is the server's to refuse`() throws {
    let site = try Self.site(Self.index)
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["42P07", "upgrade to 3 interrupted after 1 statement"])
    #expect(try Self.indexes(site) == [["a_id", "true"]])
    // It is not taken for ours on the second try, either.
    try site.run("db_sync").expectFailure(1, naming: ["42P07"])
  }

  @Test func `what REINDEX CONCURRENTLY left when it was killed is removed`() throws {
    let site = try Self.site("REINDEX TABLE CONCURRENTLY a; INSERT INTO happened VALUES (1);")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    _ = try Self.interrupt(site, with: SIGKILL) {
      try Self.indexes(site).contains(["a_id_ccnew", "false"])
    }
    #expect(try Self.indexes(site) == [["a_id", "true"], ["a_id_ccnew", "false"]])
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [["a_id", "true"]])
    #expect(try Self.happened(site) == ["1"])
  }

  @Test func `what somebody else's REINDEX CONCURRENTLY left is named and left alone`() throws {
    let site = try Self.site("REINDEX TABLE CONCURRENTLY a;")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    let connection = try site.database.connect()
    #expect(throws: DatabaseError.self) {
      try connection.executeAlone(
        Command("CREATE UNIQUE INDEX CONCURRENTLY a_id_ccnew ON a ((id % 10))"))
    }
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("public.a_id_ccnew is INVALID"))
    #expect(try Self.indexes(site).contains(["a_id_ccnew", "false"]))
  }

  @Test func `an index whose removal was cut short is removed`() throws {
    let site = try Self.site("DROP INDEX CONCURRENTLY a_id; INSERT INTO happened VALUES (1);")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    _ = try Self.interrupt(site, with: SIGKILL) {
      try !site.database.rows(
        """
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
          AND query LIKE 'DROP INDEX CONC%' AND wait_event_type = 'Lock'
        """
      ).isEmpty
    }
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [])
    #expect(try Self.happened(site) == ["1"])
  }

  @Test func `an index whose removal has begun is not said to be unchanged`() throws {
    let site = try Self.site(
      "DROP INDEX CONCURRENTLY a_id;", options: "lock_timeout = 0.5\nlock_retries = 0")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; SELECT * FROM a LIMIT 1")
    let outcome = try site.run("db_sync")
    #expect(outcome.status == 75)
    #expect(outcome.messages.contains("upgrade to 3 interrupted in statement 1"))
    #expect(!outcome.messages.contains("nothing was changed"))
    #expect(try Self.indexes(site) == [["a_id", "false"]])
    holder.rollback()
    try site.run("db_sync").expectSuccess()
    #expect(try Self.indexes(site) == [])
  }

  @Test func `a partition that is half detached is detached`() throws {
    let site = try Self.site(
      "ALTER TABLE p DETACH PARTITION p1 CONCURRENTLY; INSERT INTO happened VALUES (1);")
    try site.database.execute(
      "CREATE TABLE p (id INTEGER) PARTITION BY RANGE (id)",
      "CREATE TABLE p1 PARTITION OF p FOR VALUES FROM (1) TO (10)")
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; SELECT * FROM p")
    let runner = try site.start(["db_sync"])
    let pending = "SELECT inhdetachpending::text FROM pg_inherits WHERE inhparent = 'p'::regclass"
    try waitUntil("the partition to be on its way out") {
      try site.database.rows(pending) == [["true"]]
    }
    runner.send(SIGKILL)
    _ = try runner.outcome(within: .seconds(30))
    holder.rollback()
    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(try site.database.rows(pending).isEmpty)
    #expect(try Self.happened(site) == ["1"])
  }

  @Test func `settings of the part that ran hold for the rest`() throws {
    let site = try Self.site(
      """
      CREATE SCHEMA s; CREATE TABLE s.only_here (id INTEGER);
      SET search_path = s;
      SET standard_conforming_strings = off;
      CREATE INDEX CONCURRENTLY i ON only_here (id);
      INSERT INTO nowhere VALUES (1);
      """)
    try site.run("db_sync").expectFailure(1, naming: ["nowhere", "after 5 statements"])
    try site.write(
      "003_c_default_upgrade.sql",
      """
      CREATE SCHEMA s; CREATE TABLE s.only_here (id INTEGER);
      SET search_path = s;
      SET standard_conforming_strings = off;
      CREATE INDEX CONCURRENTLY i ON only_here (id);
      INSERT INTO only_here VALUES (1);
      """)
    try site.write("004_d_default_upgrade.sql", "CREATE TABLE d (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT id FROM s.only_here") == [["1"]])
    #expect(try site.ownTables().contains("d"))
  }

  @Test func `a role that the script sets does not write the bookkeeping`() throws {
    let site = try Self.site("SELECT 1;")
    let role = "nobody_\(site.database.roleSuffix)"
    try site.database.execute(
      "CREATE ROLE \(role)", "GRANT USAGE, CREATE ON SCHEMA public TO \(role)")
    defer { try? site.database.execute("DROP OWNED BY \(role)", "DROP ROLE \(role)") }
    try site.write(
      "003_c_default_upgrade.sql",
      """
      -- migrate: no-transaction
      SET ROLE \(role);
      CREATE TABLE theirs (id INTEGER);
      CREATE INDEX CONCURRENTLY theirs_id ON theirs (id);
      """)
    try site.run("db_sync").expectSuccess()
    let owner = try site.database.rows(
      "SELECT tableowner FROM pg_tables WHERE tablename = 'theirs'")
    #expect(owner == [[role]])
    #expect(try site.version() == 3)
  }

  @Test func `a script cannot give the lock of the run away`() throws {
    let site = try Self.site(
      """
      -- migrate: no-transaction
      SELECT pg_advisory_unlock_all();
      SELECT pg_sleep(0.5);
      INSERT INTO happened VALUES (1);
      """)
    let runners = try (0..<4).map { _ in try site.start(["db_sync"]) }
    for runner in runners { try runner.outcome(within: .seconds(60)).expectSuccess() }
    #expect(try Self.happened(site) == ["1"])
    try site.write("004_d_default_upgrade.sql", "DISCARD ALL;")
    try site.run("db_sync").expectFailure(1, naming: ["DISCARD ALL would give away the lock"])
  }

  @Test func `a database is created once`() throws {
    let name = "made_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
    let site = try Self.site("CREATE DATABASE \(name); INSERT INTO nowhere VALUES (1);")
    defer { try? site.database.connect().executeAlone(Command("DROP DATABASE IF EXISTS \(name)")) }
    #expect(try site.run("db_sync").status == 1)
    // As if the run had been killed between the statement and the row that says that it is done.
    try site.database.execute(
      "UPDATE trove_migrate_progress SET mark = 'absent' WHERE statement = 1")
    try site.write("003_c_default_upgrade.sql", "CREATE DATABASE \(name); SELECT 1;")
    try site.run("db_sync").expectSuccess()
  }

  @Test func `a value added to a type can be used by the next script`() throws {
    let site = try Self.site("CREATE TYPE mood AS ENUM ('sad');")
    try site.run("db_sync").expectSuccess()
    try site.write("004_d_default_upgrade.sql", "ALTER TYPE mood ADD VALUE 'happy';")
    try site.write(
      "005_e_default_upgrade.sql",
      "CREATE TABLE e (m mood DEFAULT 'happy'); INSERT INTO e VALUES ('happy');")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("core 3 -> 4 adds a value to a type"))
    #expect(try site.database.rows("SELECT m::text FROM e") == [["happy"]])
  }

  @Test func `what is refused inside a transaction and not foreseen gets the way out as a hint`()
    throws
  {
    let site = try Self.site("DO $$ BEGIN EXECUTE 'VACUUM'; END $$;")
    try site.run("db_sync").expectFailure(1, naming: ["25001", "-- migrate: no-transaction"])
  }
}
