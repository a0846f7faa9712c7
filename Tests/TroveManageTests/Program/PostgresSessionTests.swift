import Foundation
import Testing
import TroveManage

/// What a script does to a session of PostgreSQL does not reach the bookkeeping or the next script.
@Suite struct PostgresSessionTests {
  /// Core at version 1 with one row, after `statements`; then `first`, then a script that changes it.
  private static func site(
    _ first: String, _ second: String = "UPDATE a SET v = 'new';", before statements: String...
  ) throws -> TestSite {
    let site = try TestSite(
      .postgresql,
      [
        "001_a_default_upgrade.sql": """
        CREATE TABLE a (id INTEGER PRIMARY KEY, v TEXT);
        INSERT INTO a VALUES (1, 'old');
        """
      ], options: "lock_wait = 0")
    for statement in statements { try site.database.execute(statement) }
    try site.run("db_sync").expectSuccess()
    try site.write("002_b_default_upgrade.sql", first)
    try site.write("003_c_default_upgrade.sql", second)
    return site
  }

  /// Checks that both scripts ran and were recorded in the schema.
  private static func expectDone(
    _ site: TestSite, scope: String = "run", schema: String = "public",
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try site.run("db_sync", "--transaction", scope).expectSuccess(sourceLocation: sourceLocation)
    let version = try site.database.rows("SELECT version FROM \(schema).core_version")
    #expect(version == [["3"]], sourceLocation: sourceLocation)
    let journal = try site.database.rows(
      "SELECT to_version FROM \(schema).trove_migrate_journal ORDER BY id")
    #expect(journal == [["1"], ["2"], ["3"]], sourceLocation: sourceLocation)
    let rows = try site.database.rows("SELECT v FROM \(schema).a")
    #expect(rows == [["new"]], sourceLocation: sourceLocation)
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 3\n")
  }

  @Test(
    arguments: [
      "SET ROLE pg_monitor;", "SET LOCAL ROLE pg_monitor;",
      "SET SESSION AUTHORIZATION pg_monitor;",
      "SET standard_conforming_strings = off;", "SET LOCAL standard_conforming_strings = off;",
      "SET default_transaction_read_only = on;",
      "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY;",
      "SET session_replication_role = replica;", "SET row_security = off;",
      "SET statement_timeout = 1;", "SET LOCAL lock_timeout = 1;",
      "SET idle_in_transaction_session_timeout = 1;", "SET client_encoding = 'LATIN1';",
      "SET DateStyle = 'German'; SET bytea_output = 'escape';",
      "SELECT set_config('search_path', 'pg_catalog', false);",
      "CREATE TEMP TABLE core_version (repository_id TEXT, repository_path TEXT, version INTEGER);",
      "CREATE TEMP TABLE trove_migrate_journal (x INTEGER); CREATE TEMP TABLE a (id INT, v TEXT);",
      "CREATE TEMP VIEW core_version AS SELECT 'core' AS repository_id, 7 AS version;",
      "SET search_path = pg_temp, public; CREATE TABLE core_version (x INTEGER);",
      "LISTEN core; NOTIFY core, 'text';", "PREPARE a AS SELECT 1;",
      "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM a;",
      "SELECT pg_advisory_lock(42); SELECT pg_advisory_unlock_all();",
    ], ["run", "version"])
  func `what a script sets is gone for the bookkeeping and the next script`(
    first: String, scope: String
  ) throws {
    let second = "SELECT pg_sleep(0.01); ALTER TABLE a ADD COLUMN b TEXT; UPDATE a SET v = 'new';"
    try Self.expectDone(try Self.site(first, second), scope: scope)
  }

  @Test(
    arguments: [
      "SET search_path = other;", "SET LOCAL search_path = other;",
      "SELECT pg_catalog.set_config('search_path', 'other', false);",
    ], ["ROLE", "DATABASE"])
  func `a search_path of the role or database holds for the bookkeeping after a script's own`(
    first: String, owner: String
  ) throws {
    let site = try TestSite(.postgresql)
    let name = try #require(try site.database.rows("SELECT current_database()::text")[0][0])
    let role = "app_\(site.database.roleSuffix)"
    try site.database.execute(
      "CREATE ROLE \(role) LOGIN", "CREATE SCHEMA app AUTHORIZATION \(role)",
      "CREATE SCHEMA other AUTHORIZATION \(role)", "REVOKE ALL ON SCHEMA public FROM PUBLIC",
      "ALTER \(owner) \(owner == "ROLE" ? role : name) SET search_path = app")
    defer {
      try? site.database.execute("DROP OWNED BY \(role)", "DROP ROLE \(role)")
    }
    try site.writeConf(url: site.database.urlText.replacing("trove@", with: "\(role)@"))
    try site.write(
      "001_a_default_upgrade.sql",
      "CREATE TABLE a (v TEXT); INSERT INTO a VALUES ('old');")
    try site.write(
      "002_b_default_upgrade.sql",
      """
      \(first)
      CREATE TABLE core_version (x INTEGER);
      CREATE TABLE trove_migrate_journal (x INTEGER);
      """)
    try site.write("003_c_default_upgrade.sql", "UPDATE a SET v = 'new';")
    try Self.expectDone(site, schema: "app")
    #expect(try site.database.rows("SELECT * FROM other.core_version") == [])
  }

  @Test func `a backslash in a path survives standard_conforming_strings = off`() throws {
    let site = try Self.site("SELECT 1;", "SELECT 2;")
    let name = try #require(try site.database.rows("SELECT current_database()::text")[0][0])
    try site.database.execute("ALTER DATABASE \(name) SET standard_conforming_strings = off")
    let path = try site.folder.writeRepository(
      "back\\slash'quote", id: "odd", table: "odd_version",
      scripts: ["001_\\_default_upgrade.sql": "SET standard_conforming_strings = off;"])
    try site.run("db_sync", "--repo_path", path).expectSuccess()
    let rows = try site.database.rows("SELECT repository_path FROM odd_version")
    #expect(rows == [[path]])
    try site.run("db_sync", "--repo_path", path).expectSuccess()
  }

  @Test(arguments: [
    "DO $$ BEGIN COMMIT; END $$;", "DO $$ BEGIN ROLLBACK; END $$;",
    """
    CREATE PROCEDURE p() LANGUAGE plpgsql AS $$ BEGIN COMMIT; END $$;
    CALL p();
    """,
    """
    CREATE PROCEDURE p() LANGUAGE plpgsql AS
      $$ BEGIN ROLLBACK; INSERT INTO a VALUES (9, 'leak'); COMMIT; END $$;
    CALL p();
    """,
  ])
  func `a commit that is hidden in code is refused and named`(script: String) throws {
    let site = try Self.site(script)
    try site.expectFailedStep(
      "db_sync",
      naming: [
        site.script("002_b_default_upgrade.sql"), "invalid transaction termination", "core: 1",
      ])
  }

  @Test(arguments: ["SET TRANSACTION READ ONLY;", "SET transaction_read_only = on;"])
  func `a transaction that a script makes read-only is undone, with a hint`(script: String) throws {
    let site = try Self.site(script)
    try site.expectFailedStep(
      "db_sync",
      naming: [
        site.script("002_b_default_upgrade.sql"), "read-only", "25006", "hint:",
        "SET TRANSACTION READ ONLY in a script", "core: 1",
      ])
  }

  /// Whether the script takes the lock of the session or gives all of them away.
  @Test(arguments: ["SELECT pg_advisory_unlock_all();", "DISCARD TEMP; UNLISTEN *; RESET ALL;"])
  func `no script gives the runners' lock away`(script: String) throws {
    let site = try Self.site(script, "SELECT pg_sleep(60);")
    let runner = try site.start(["db_sync"])
    let query = """
      SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'
      """
    try waitUntil("the long statement") { try !site.database.rows(query).isEmpty }
    try site.run("db_sync").expectFailure(75, naming: ["lock", "core: 1"])
    runner.send(SIGTERM)
    #expect(try runner.outcome(within: .seconds(30)).status == 143)
  }

  /// A lock of the session would outlive the transaction, behind a pooler even the program.
  @Test func `a lock that a script takes for the session is released after it`() throws {
    let site = try Self.site("SELECT pg_advisory_lock(4711); LISTEN core;", "SELECT pg_sleep(60);")
    let runner = try site.start(["db_sync"])
    let query = """
      SELECT 1 FROM pg_stat_activity
      WHERE datname = current_database() AND state = 'active' AND wait_event = 'PgSleep'
      """
    try waitUntil("the long statement") { try !site.database.rows(query).isEmpty }
    #expect(try site.database.rows("SELECT pg_try_advisory_lock(4711)::int") == [["1"]])
    runner.send(SIGTERM)
    #expect(try runner.outcome(within: .seconds(30)).status == 143)
  }
}
