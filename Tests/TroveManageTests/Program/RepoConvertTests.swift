import Foundation
import Testing
import TroveManage

/// SQL in the place of Python.
@Suite struct RepoConvertTests {
  private static let folder = "python/com/foo/dbaas/db/migrate_repo"

  /// What stays in Python of the fixture's upgrades, and of its downgrades, on either engine; the SQL of 016 is
  /// SQLite's own.
  private static let staying: [String: [Int]] = [
    "upgrade": [2, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20],
    "downgrade": [2, 9, 20],
  ]

  @Test
  func `a repository of real versions is reproduced, and what could not be converted is named`()
    throws
  {
    let site = try TestSite.withPython(.postgresql)
    let repository = PythonVersionTests.repository
    let target = site.folder.path(Self.folder)
    let parent = Path(target).parent.text
    try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
    let before = try FileManager.default.subpathsOfDirectory(atPath: repository).sorted()
    let outcome = try site.run("repo_convert", repository, "--into", target, "--json")
    #expect(outcome.status == 4, "\(outcome.messages)")
    let after = try FileManager.default.subpathsOfDirectory(atPath: repository).sorted()
    #expect(after == before)

    let parts = try #require(try outcome.document()["conversions"] as? [[String: Any]])
    for (operation, versions) in Self.staying {
      let kept = parts.filter {
        $0["operation"] as? String == operation && ($0["reasons"] as? [Any])?.isEmpty == false
      }
      #expect(kept.map { $0["version"] as? Int } == versions, "\(operation)")
    }
    let reasons = parts.compactMap { $0["reasons"] as? [[String: Any]] }.joined()
    let messages = reasons.compactMap { $0["message"] as? String }
    let places = "\(repository)/versions"
    for message in [
      "\(places)/002_seed_servers.py:41: uses the key that the database gives to a row",
      "\(places)/002_seed_servers.py:51: uses the number of rows that it changes",
      "\(places)/005_alter_servers.py:28: reads rows of foo_servers, which may decide what it does",
      "\(places)/013_unique_tokens.py:49: goes on after a statement that fails: "
        + "relation \"foo_nothing\" does not exist",
    ] { #expect(messages.contains(message), "\(message)") }

    for engine in Engine.allCases {
      try PythonVersionTests.Pair(engine, running: target).walk()
    }
  }

  @Test func `where the engines agree there is one script, where not there are two`() throws {
    let site = try TestSite.withPython(
      .postgresql,
      [
        "001_a.py": """
        def upgrade(migrate_engine):
            migrate_engine.execute("CREATE TABLE a (id INTEGER PRIMARY KEY, word VARCHAR(9))")
            if migrate_engine.name == "sqlite":
                migrate_engine.execute("CREATE INDEX a_word ON a (word COLLATE NOCASE)")

        def downgrade(migrate_engine):
            migrate_engine.execute("DROP TABLE a")
        """,
        "002_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);",
        "002_b_default_downgrade.sql": "DROP TABLE b;",
      ])
    let outcome = try site.run("repo_convert", "core")
    outcome.expectSuccess(
      """
      repository: core (core)
      001_a.py
        upgrade: 001_a_sqlite_upgrade.sql
        upgrade: 001_a_postgresql_upgrade.sql
        downgrade: 001_a_default_downgrade.sql
      Done: 1 version converted, and proven to leave the same schema

      """)
    let text = { try String(contentsOfFile: site.script($0), encoding: .utf8) }
    #expect(
      try text("001_a_sqlite_upgrade.sql") == """
        -- What upgrade() of 001_a.py executes.

        CREATE TABLE a (id INTEGER PRIMARY KEY, word VARCHAR(9));

        CREATE INDEX a_word ON a (word COLLATE NOCASE);

        """)
    #expect(
      try text("001_a_default_downgrade.sql")
        == "-- What downgrade() of 001_a.py executes.\n\nDROP TABLE a;\n")
    #expect(FileSystem.kind(of: site.script("001_a.py")) == .file)
    try site.run("repo_convert", "core").expectSuccess(
      "repository: core (core)\nNothing to do: no version is in Python\n")
  }

  @Test(arguments: Engine.allCases)
  func `a database whose versions ran in Python goes on with the scripts`(engine: Engine) throws {
    let site = try TestSite.withPython(engine)
    try site.write(
      "001_a.py", TestSite.upgrade("migrate_engine.execute(\(TestSite.create("a")))"))
    try site.run("db_sync").expectSuccess()
    try site.run("repo_convert", "core", "--dialect", engine.rawValue).expectSuccess()
    try site.writeConf(options: "python = /nonexistent\nstrict = true")
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    try site.run("db_downgrade", "1").expectSuccess()
    try site.run("db_sync").expectSuccess()
    try site.writeConf(
      options: "python = \(try PythonEnvironment.reference.interpreter)\nstrict = true")
    // What the Python says now is not any more what ran.
    try site.write("001_a.py", "def upgrade(migrate_engine): pass\n")
    try site.run("db_sync").expectFailure(4, naming: ["001_a_\(engine)_upgrade.sql: edited since"])
  }

  @Test func `every kind of value is put into the scripts`() throws {
    let site = try TestSite.withPython(
      .sqlite,
      [
        "001_a.py": """
        import datetime, decimal
        import sqlalchemy as sa

        a = sa.Table("a", sa.MetaData(), sa.Column("id", sa.Integer), sa.Column("v"))

        def upgrade(migrate_engine):
            migrate_engine.execute("CREATE TABLE a (id INTEGER, v)")
            values = [
                None, 0, -1, 2**63 - 1, -(2**63), 0.1, -1e-300, 1.7976931348623157e308, 1 / 3,
                float("inf"), float("-inf"), "", "it's", "a?b :c @d $e ?1", "x\\x00y", "ü🐘\\n\\r\\t--",
                b"", b"\\x00\\xff'", True,
            ]
            migrate_engine.execute("INSERT INTO a VALUES (1, 'no ? here', ?)".replace("'no ? here', ", ""), (7,))
            for number, value in enumerate(values):
                migrate_engine.execute("INSERT INTO a VALUES (?, ?) -- ? :x", (number, value))
            migrate_engine.execute(
                "INSERT INTO a SELECT :one, ':one' || :two || :one WHERE '?' <> [v] FROM a LIMIT 1"
                .replace(" WHERE '?' <> [v] FROM a LIMIT 1", ""), {"one": 1, "two": "t"})
            migrate_engine.execute("INSERT INTO a VALUES (?2, ?1)", ("first", 2))
            connection = migrate_engine.raw_connection()
            connection.cursor().executemany(
                "INSERT INTO a (v, id) VALUES (?,?)", [("m%d" % n, n) for n in range(1100)])
            connection.commit()

        def downgrade(migrate_engine):
            migrate_engine.execute("DROP TABLE a")
        """
      ])
    try site.run("db_sync").expectSuccess()
    let query = "SELECT id, typeof(v), quote(v), hex(v) FROM a ORDER BY rowid"
    let rows = try site.database.rows(query)
    #expect(rows.count == 1122)
    try site.run("repo_convert", "core", "--dialect", "sqlite").expectSuccess()
    let other = try TestSite(.sqlite)
    try FileManager.default.removeItem(atPath: site.script("001_a.py"))
    try other.run("db_sync", "--repo_path", site.folder.path("core")).expectSuccess()
    #expect(try other.database.rows(query) == rows)
  }

  @Test func `a plugin is built on top of what comes before it`() throws {
    let site = try TestSite.withPython(
      .sqlite, ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY);"],
      plugins: "./plugin")
    let body = "sa.Table('a', sa.MetaData(migrate_engine), autoload=True)"
    let scripts = ["001_p.py": TestSite.upgrade(body)]
    try site.folder.writeRepository("plugin", scripts: scripts)
    try site.folder.writeRepository("stranger", scripts: scripts)
    try site.run("repo_convert", "plugin", "--dialect", "sqlite").expectSuccess()
    let outcome = try site.run("repo_convert", "stranger", "--dialect", "sqlite")
    #expect(outcome.status == 4)
    #expect(outcome.output.contains("NoSuchTableError"))
  }

  @Test func `bad arguments and bad places change nothing`() throws {
    let site = try TestSite.withPython(.sqlite)
    try site.write("001_a.py", TestSite.upgrade("pass"))
    let arguments = ["repo_convert", "core"]
    try site.expectFailure(1, ["repo_convert", "none"], naming: ["none"])
    try site.expectFailure(2, ["repo_convert"], naming: ["dir"])
    try site.expectFailure(2, arguments + ["--dialect", "mysql"], naming: ["mysql"])
    try site.expectFailure(2, arguments + ["--scratch", "mysql://a/b"], naming: ["mysql"])
    try site.expectFailure(1, arguments, naming: ["on no server", "hint: --scratch"])
    try site.expectFailure(
      1, arguments + ["--scratch", "sqlite:///x"], naming: ["sqlite:///", "hint: "])
    try site.expectFailure(
      1, arguments + ["--dialect", "sqlite", "--into", "core"], naming: ["core: is there already"])
    try site.expectFailure(
      1, arguments + ["--dialect", "sqlite", "--into", "no/where"], naming: ["its folder"])
    try site.writeConf(options: "python = /nonexistent")
    try site.expectFailure(
      1, arguments + ["--dialect", "sqlite"], naming: ["001_a.py", "/nonexistent", "hint: "])
  }

  @Test(arguments: Engine.allCases)
  func `nothing of the scratch databases is left`(engine: Engine) throws {
    let site = try RepoConvertStayTests.site(engine, "pass")
    let places = engine == .sqlite ? try TestFolder() : nil
    var environment: [String: String] = [:]
    if let places { environment["TMPDIR"] = places.path }
    let count = "SELECT count(*) FROM pg_database WHERE datname LIKE 'trove_migrate_scratch_%'"
    try site.run(
      ["repo_convert", "core", "--dialect", engine.rawValue], environment: environment
    ).expectSuccess()
    if let places { #expect(try places.contents().isEmpty) }
    if engine == .postgresql {
      // Other tests have some of their own, but not for long.
      try waitUntil("no scratch database") { try site.database.rows(count) == [["0"]] }
    }
  }
}
