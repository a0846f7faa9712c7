import Foundation
import Testing
import TroveManage

/// `db_sync --dry_run`.
@Suite struct DryRunTests {
  private static func site(_ engine: Engine, options: String = "") throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_first_table_default_upgrade.sql":
          "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);",
        "002_away_default_upgrade.sql": "-- away with it\nDELETE FROM a;\n  DROP TABLE a;",
        "002_away_default_downgrade.sql": "CREATE TABLE a (id INTEGER);",
      ], plugins: "./plugin", options: options)
    try site.folder.writeRepository(
      "plugin", scripts: ["001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
    return site
  }

  private static func lone(_ engine: Engine) -> String {
    engine == .sqlite ? "VACUUM;" : "CREATE INDEX CONCURRENTLY p_id ON p (id);"
  }

  /// The bytes of the database's file and of what stands beside it, or what the server's catalog says.
  private static func image(_ site: TestSite) throws -> [String: Data] {
    var contents = try site.contents()
    if site.engine == .postgresql {
      let catalog = try site.database.rows(
        """
        SELECT relname::text, relkind::text, relfilenode::text, reltuples::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace ORDER BY 1
        """)
      contents["catalog"] = Data(catalog.description.utf8)
    }
    return contents
  }

  @Test(arguments: Engine.allCases)
  func `the plan of an empty database is shown, and nothing is made`(engine: Engine) throws {
    let site = try Self.site(engine)
    let before = try Self.image(site)
    let outcome = try site.run("db_sync", "--dry_run")
    outcome.expectSuccess()
    let lines = outcome.output.split(separator: "\n").map(String.init)
    #expect(lines[0].hasSuffix("(not there yet: it counts as empty)") == (engine == .sqlite))
    let path = site.script("002_away_default_upgrade.sql")
    #expect(
      lines.dropFirst().map { $0.split(separator: " ").joined(separator: " ") } == [
        "core: 0 -> 2, 2 versions", "plugin: 0 -> 1, 1 version", "transaction 1 of 1",
        "REPOSITORY VERSION DESCRIPTION STATEMENTS SCRIPT",
        "core 0 -> 1 first table 2 \(site.script("001_first_table_default_upgrade.sql"))",
        "core 1 -> 2 away 2 \(path)",
        "plugin 0 -> 1 p 1 \(site.folder.path("plugin/versions/001_p_default_upgrade.sql"))",
        "destructive:", "\(path):2:1: DELETE without WHERE: DELETE FROM a",
        "\(path):3:3: DROP TABLE: DROP TABLE a",
        "Dry run: 3 versions in 1 transaction; nothing was run",
      ])
    #expect(outcome.messages == "")
    #expect(try Self.image(site) == before)
  }

  @Test(arguments: Engine.allCases)
  func `transactions are shown as the scope and the scripts make them`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.folder.write("plugin/versions/002_alone_default_upgrade.sql", Self.lone(engine))
    try site.folder.write(
      "plugin/versions/003_r_default_upgrade.sql", "CREATE TABLE r (id INTEGER);")
    for (scope, parts) in [
      ("run", [3, 1, 1]), ("repository", [2, 1, 1, 1]), ("version", [1, 1, 1, 1, 1]),
    ] {
      let document = try site.run("db_sync", "--dry_run", "--json", "--transaction", scope)
        .document()
      let plan = try #require(document["plan"] as? [String: Any])
      let found = try #require(plan["parts"] as? [[String: Any]])
      #expect(found.map { ($0["steps"] as? [Any])?.count } == parts)
      #expect(found.map { $0["transaction"] as? Bool == false }.count { $0 } == 1)
      #expect(plan["database_missing"] as? Bool == (engine == .sqlite))
    }
    #expect(try site.run("db_sync", "--dry_run").output.contains("outside a transaction"))
  }

  @Test(arguments: Engine.allCases)
  func `with --json the plan is there in full`(engine: Engine) throws {
    let site = try Self.site(engine)
    let document = try site.run("db_sync", "--dry_run", "--json").document()
    #expect(document["ok"] as? Bool == true)
    let plan = try #require(document["plan"] as? [String: Any])
    let parts = try #require(plan["parts"] as? [[String: Any]])
    let steps = try #require(parts.first?["steps"] as? [[String: Any]])
    let step = steps[1]
    #expect(step["description"] as? String == "away")
    #expect(step["statements"] as? Int == 2)
    let destructive = try #require(step["destructive"] as? [[String: Any]])
    #expect(destructive.map { $0["line"] as? Int } == [2, 3])
    #expect(
      destructive.map { $0["kinds"] as? [String] } == [["DELETE without WHERE"], ["DROP TABLE"]])
  }

  @Test(arguments: Engine.allCases)
  func `an existing database is the same afterwards, to the byte`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    let before = try Self.image(site)
    for arguments in [["db_sync"], ["db_downgrade", "1"], ["db_upgrade"]] {
      try site.run(arguments + ["--dry_run"]).expectSuccess()
      #expect(try Self.image(site) == before)
    }
    #expect(try site.run("db_sync", "--dry_run").output.contains("core: stays at 2\n"))
    try site.run("db_sync").expectSuccess()
    let done = try site.run("db_sync", "--dry_run")
    done.expectSuccess()
    #expect(done.output.hasSuffix("Nothing to do\n"))
  }

  @Test func `a file in WAL mode and what stands beside it stay as they are`() throws {
    let site = try Self.site(.sqlite)
    try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    try site.database.execute("PRAGMA journal_mode = WAL")
    let before = try site.contents()
    try site.run("db_sync", "--dry_run").expectSuccess()
    #expect(try site.contents() == before)
    // What somebody has not yet written back stays where it is.
    let other = try site.database.connect()
    try other.execute([Command("CREATE TABLE mine (id INTEGER)")])
    let files = ["test.sqlite", "test.sqlite-wal"]
    for name in files {
      try FileManager.default.copyItem(
        atPath: site.folder.path(name), toPath: site.folder.path("copy-\(name)"))
    }
    try site.writeConf(
      url: "sqlite:///" + site.folder.path("copy-test.sqlite"), plugins: "./plugin")
    let copies = try files.map { try FileSystem.read(site.folder.path("copy-\($0)")) }
    try site.run("db_sync", "--dry_run").expectSuccess()
    #expect(try files.map { try FileSystem.read(site.folder.path("copy-\($0)")) } == copies)
  }

  @Test func `what a killed writer has left half-done is not undone`() throws {
    let site = try Self.site(.sqlite)
    try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    // A hot journal, as a copy of a file in the middle of a commit has it.
    let writer = try site.database.connect()
    try writer.begin(LockWait(limit: .zero))
    try writer.execute([
      Command("PRAGMA cache_size = 1"), Command("PRAGMA cache_spill = 1"),
      Command("CREATE TABLE much (text TEXT)"),
      Command("INSERT INTO much SELECT hex(zeroblob(2000)) FROM pragma_function_list"),
    ])
    for end in ["", "-journal"] {
      try FileManager.default.copyItem(
        atPath: site.folder.path("test.sqlite\(end)"), toPath: site.folder.path("copy.sqlite\(end)")
      )
    }
    writer.rollback()
    try site.writeConf(url: "sqlite:///" + site.folder.path("copy.sqlite"), plugins: "./plugin")
    try site.expectFailure(1, "db_sync", "--dry_run", naming: ["copy.sqlite-journal", "db_status"])
    try site.run("db_status").expectSuccess()
    try site.run("db_sync", "--dry_run").expectSuccess()
  }

  @Test func `a file that may only be read is enough`() throws {
    let site = try Self.site(.sqlite)
    try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    let connection = try SQLiteConnection(
      .file(Path(site.folder.path("test.sqlite"))), access: .readOnly)
    #expect(throws: DatabaseError.self) {
      try connection.execute([Command("CREATE TABLE x (id INTEGER)")])
    }
    #expect(throws: DatabaseError.self) { try connection.begin(LockWait(limit: .zero)) }
  }

  @Test func `on PostgreSQL every transaction is read only`() throws {
    let site = try Self.site(.postgresql)
    let database = Database(try site.database.url)
    database.access = .readOnly
    let connection = try database.connection(for: .reading)
    #expect(try connection.rows("SHOW transaction_read_only").map { $0[0].text } == ["on"])
    let error = #expect(throws: DatabaseError.self) {
      try connection.execute([Command("CREATE TABLE x (id INTEGER)")])
    }
    #expect(error?.code == "25006")
    #expect(
      try site.run("db_sync", "--dry_run", "--debug").messages.contains("SET TRANSACTION READ ONLY")
    )
  }

  @Test(arguments: Engine.allCases)
  func `another runner's lock is not waited for`(engine: Engine) throws {
    let site = try Self.site(engine, options: "lock_wait = 0")
    try site.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    let runner = try site.database.connect()
    try runner.begin(LockWait(limit: .seconds(5)))
    defer { runner.rollback() }
    try site.run("db_sync").expectFailure(75, naming: ["lock"])
    try site.run("db_sync", "--dry_run").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `what a run refuses before it begins is refused the same way`(engine: Engine) throws {
    let site = try Self.site(engine, options: "strict = true")
    func expectSame(_ arguments: String...) throws {
      let real = try site.run(arguments)
      let dry = try site.run(arguments + ["--dry_run"])
      #expect(real.status != 0 && dry.status == real.status)
      #expect(dry.messages == real.messages && dry.output == "")
      #expect(try site.run(arguments + ["--sql"]).messages == real.messages)
    }
    try expectSame("db_upgrade", "--version", "1")
    try expectSame("db_sync", "--repo_path", site.folder.path("nowhere"))
    try site.write("003_bad_default_upgrade.sql", "CREATE TABLE b (id INTEGER); ROLLBACK;")
    try expectSame("db_sync")
    try site.write("003_bad_default_upgrade.sql", "")
    try expectSame("db_sync")
    try site.folder.remove("core/versions/003_bad_default_upgrade.sql")
    try site.run("db_sync").expectSuccess()
    try site.write("001_first_table_default_upgrade.sql", "CREATE TABLE edited (id INTEGER);")
    try expectSame("db_sync")
    try site.writeConf(plugins: "./plugin", options: "python = /no/such/python")
    try site.write("003_py.py", "def upgrade(e): pass\ndef downgrade(e): pass\n")
    try expectSame("db_sync")
  }

  @Test(arguments: Engine.allCases)
  func `a version in Python is shown without its statements`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine, TestSite.upgrade("raise Exception('never run')"))
    let outcome = try site.run("db_sync", "--dry_run")
    outcome.expectSuccess()
    #expect(outcome.output.contains("in Python"))
  }
}
