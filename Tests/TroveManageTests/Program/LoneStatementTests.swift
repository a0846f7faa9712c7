import Foundation
import Testing
import TroveManage

/// Scripts of PostgreSQL with statements that no transaction can hold.
@Suite struct LoneStatementTests {
  @Test(arguments: [
    ("DROP INDEX CONCURRENTLY nowhere", "42704"), ("DROP DATABASE nowhere", "3D000"),
    ("DROP TABLESPACE nowhere", "42704"),
    ("ALTER TABLE a DETACH PARTITION b CONCURRENTLY", "42P01"),
  ])
  func `a removal that fails is not taken for done, and may be corrected`(
    statement: String, code: String
  ) throws {
    let site = try TestSite.withThousandRows("\(statement); INSERT INTO happened VALUES (1);")
    for _ in 1...2 {
      let outcome = try site.run("db_sync")
      #expect(outcome.status == 1)
      #expect(outcome.messages.contains("003_c_default_upgrade.sql:1:1: "), "\(outcome.messages)")
      #expect(outcome.messages.contains("nothing was changed"), "\(outcome.messages)")
    }
    try site.write("003_c_default_upgrade.sql", "VACUUM a; INSERT INTO happened VALUES (2);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.happened() == ["2"])
  }

  @Test func `a plain REINDEX shares the transaction, but for a partitioned table`() throws {
    let site = try TestSite.withThousandRows(
      "CREATE INDEX a_id ON a (id); REINDEX TABLE a; CLUSTER a USING a_id;")
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

  @Test func `a partition that is half detached is detached`() throws {
    let site = try TestSite.withThousandRows(
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
    #expect(try site.happened() == ["1"])
  }

  @Test func `settings of the part that ran hold for the rest`() throws {
    let site = try TestSite.withThousandRows(
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
    let site = try TestSite.withThousandRows("SELECT 1;")
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
    let site = try TestSite.withThousandRows(
      """
      -- migrate: no-transaction
      SELECT pg_advisory_unlock_all();
      SELECT pg_sleep(0.5);
      INSERT INTO happened VALUES (1);
      """)
    let runners = try (0..<4).map { _ in try site.start(["db_sync"]) }
    for runner in runners { try runner.outcome(within: .seconds(60)).expectSuccess() }
    #expect(try site.happened() == ["1"])
    try site.write("004_d_default_upgrade.sql", "DISCARD ALL;")
    try site.run("db_sync").expectFailure(1, naming: ["DISCARD ALL would give away the lock"])
  }

  @Test func `a database is created once`() throws {
    let name = "made_\(UUID().uuidString.lowercased().replacing("-", with: ""))"
    let site = try TestSite.withThousandRows(
      "CREATE DATABASE \(name); INSERT INTO nowhere VALUES (1);")
    defer { try? site.database.connect().executeAlone(Command("DROP DATABASE IF EXISTS \(name)")) }
    #expect(try site.run("db_sync").status == 1)
    // As if the run had been killed between the statement and the row that says that it is done.
    try site.database.execute(
      "UPDATE trove_migrate_progress SET mark = 'absent' WHERE statement = 1")
    try site.write("003_c_default_upgrade.sql", "CREATE DATABASE \(name); SELECT 1;")
    try site.run("db_sync").expectSuccess()
  }

  @Test func `a value added to a type can be used by the next script`() throws {
    let site = try TestSite.withThousandRows("CREATE TYPE mood AS ENUM ('sad');")
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
    let site = try TestSite.withThousandRows("DO $$ BEGIN EXECUTE 'VACUUM'; END $$;")
    try site.run("db_sync").expectFailure(1, naming: ["25001", "-- migrate: no-transaction"])
  }
}
