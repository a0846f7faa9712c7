import Foundation
import Testing
import TroveManage

/// Indexes that are built and removed outside a transaction and cut short, on a real server.
@Suite struct InterruptedScriptTests {
  private static let index = """
    INSERT INTO happened VALUES (1);
    CREATE INDEX CONCURRENTLY a_id ON a (id);
    INSERT INTO happened VALUES (2);
    """

  @Test func `an index that a killed run was building is removed and built anew`() throws {
    let site = try TestSite.withThousandRows(Self.index)
    let killed = try site.interrupt(with: SIGKILL) {
      try site.indexes() == [["a_id", "false"]]
    }
    #expect(killed.status == 137)
    #expect(try site.indexes() == [["a_id", "false"]])

    let next = try site.run("db_sync")
    next.expectSuccess()
    #expect(next.messages.contains("DROP INDEX CONCURRENTLY IF EXISTS public.a_id"))
    #expect(try site.indexes() == [["a_id", "true"]])
    #expect(try site.happened() == ["1", "2"])
    #expect(try site.version() == 3)
  }

  @Test func `an index that somebody mends by hand is waited for, and counts as done`() throws {
    let site = try TestSite.withThousandRows(Self.index)
    _ = try site.interrupt(with: SIGKILL) { try site.indexes() == [["a_id", "false"]] }
    try site.database.connect().executeAlone(Command("DROP INDEX CONCURRENTLY a_id"))
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; INSERT INTO a VALUES (0)")
    let mender = try site.database.psql("CREATE INDEX CONCURRENTLY a_id ON a (id)")
    try waitUntil("the other build") { try site.indexes() == [["a_id", "false"]] }
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
    #expect(try site.indexes() == [["a_id", "true"]])
    #expect(try site.happened() == ["1", "2"])
  }

  @Test func `an index with a name that the server cuts is found again`() throws {
    let name = String(repeating: "long_name_", count: 8)
    let site = try TestSite.withThousandRows("CREATE INDEX CONCURRENTLY \(name) ON a (id);")
    let cut = String(name.prefix(63))
    _ = try site.interrupt(with: SIGKILL) { try site.indexes() == [[cut, "false"]] }
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [[cut, "true"]])
  }

  @Test
  func `a role's own standard_conforming_strings does not change how a lone statement is read`()
    throws
  {
    let site = try TestSite.withThousandRows(
      "CREATE INDEX CONCURRENTLY a_id ON a (id) WHERE id::text <> '\\';")
    let database = try site.database.rows("SELECT current_database()")[0][0] ?? ""
    try site.database.execute("ALTER DATABASE \(database) SET standard_conforming_strings = off")
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [["a_id", "true"]])
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
  func `a signal ends it soon, also while others keep it from cleaning up`(
    signal: Int32, status: Int32
  ) throws {
    let site = try TestSite.withThousandRows(Self.index)
    let outcome = try site.interrupt(with: signal) {
      try site.indexes() == [["a_id", "false"]]
    }
    #expect(outcome.status == status)
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [["a_id", "true"]])
    #expect(try site.happened() == ["1", "2"])
  }

  @Test func `an index that cannot be built leaves nothing INVALID behind`() throws {
    let site = try TestSite.withThousandRows(
      "CREATE UNIQUE INDEX CONCURRENTLY a_id ON a ((id % 10));")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["003_c_default_upgrade.sql:1:1: ", "23505"])
    #expect(try site.indexes() == [])
    try site.write("003_c_default_upgrade.sql", "CREATE UNIQUE INDEX CONCURRENTLY a_id ON a (id);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [["a_id", "true"]])
  }

  @Test(arguments: ["", "IF NOT EXISTS "])
  func `an INVALID index that is not ours is left alone and named`(clause: String) throws {
    let site = try TestSite.withThousandRows("CREATE INDEX CONCURRENTLY \(clause)a_id ON a (id);")
    let connection = try site.database.connect()
    #expect(throws: DatabaseError.self) {
      try connection.executeAlone(
        Command("CREATE UNIQUE INDEX CONCURRENTLY a_id ON a ((id % 10))"))
    }
    #expect(try site.indexes() == [["a_id", "false"]])
    try site.run("db_sync").expectFailure(
      1, naming: ["the index public.a_id is there already, INVALID", "hint: ", "DROP INDEX"])
    #expect(try site.indexes() == [["a_id", "false"]])
    try connection.executeAlone(Command("DROP INDEX CONCURRENTLY a_id"))
    try site.run("db_sync").expectSuccess()
  }

  @Test func `an index of the same name that is valid is the server's to refuse`() throws {
    let site = try TestSite.withThousandRows(Self.index)
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["42P07", "upgrade to 3 interrupted after 1 statement"])
    #expect(try site.indexes() == [["a_id", "true"]])
    // It is not taken for ours on the second try, either.
    try site.run("db_sync").expectFailure(1, naming: ["42P07"])
  }

  @Test func `what REINDEX CONCURRENTLY left when it was killed is removed`() throws {
    let site = try TestSite.withThousandRows(
      "REINDEX TABLE CONCURRENTLY a; INSERT INTO happened VALUES (1);")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    _ = try site.interrupt(with: SIGKILL) {
      try site.indexes().contains(["a_id_ccnew", "false"])
    }
    #expect(try site.indexes() == [["a_id", "true"], ["a_id_ccnew", "false"]])
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [["a_id", "true"]])
    #expect(try site.happened() == ["1"])
  }

  @Test func `what somebody else's REINDEX CONCURRENTLY left is named and left alone`() throws {
    let site = try TestSite.withThousandRows("REINDEX TABLE CONCURRENTLY a;")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    let connection = try site.database.connect()
    #expect(throws: DatabaseError.self) {
      try connection.executeAlone(
        Command("CREATE UNIQUE INDEX CONCURRENTLY a_id_ccnew ON a ((id % 10))"))
    }
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(outcome.messages.contains("public.a_id_ccnew is INVALID"))
    #expect(try site.indexes().contains(["a_id_ccnew", "false"]))
  }

  @Test func `an index whose removal was cut short is removed`() throws {
    let site = try TestSite.withThousandRows(
      "DROP INDEX CONCURRENTLY a_id; INSERT INTO happened VALUES (1);")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    _ = try site.interrupt(with: SIGKILL) {
      try !site.database.rows(
        """
        SELECT 1 FROM pg_stat_activity WHERE datname = current_database()
          AND query LIKE 'DROP INDEX CONC%' AND wait_event_type = 'Lock'
        """
      ).isEmpty
    }
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [])
    #expect(try site.happened() == ["1"])
  }

  @Test func `an index whose removal has begun is not said to be unchanged`() throws {
    let site = try TestSite.withThousandRows(
      "DROP INDEX CONCURRENTLY a_id;", options: "lock_timeout = 0.5\nlock_retries = 0")
    try site.database.execute("CREATE INDEX a_id ON a (id)")
    let holder = try site.database.connect()
    _ = try holder.rows("BEGIN; SELECT * FROM a LIMIT 1")
    let outcome = try site.run("db_sync")
    #expect(outcome.status == 75)
    #expect(outcome.messages.contains("upgrade to 3 interrupted in statement 1"))
    #expect(!outcome.messages.contains("nothing was changed"))
    #expect(try site.indexes() == [["a_id", "false"]])
    holder.rollback()
    try site.run("db_sync").expectSuccess()
    #expect(try site.indexes() == [])
  }
}
