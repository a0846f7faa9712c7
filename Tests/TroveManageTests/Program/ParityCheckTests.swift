import Foundation
import Testing
import TroveManage

/// `repo_check --parity`: what both engines' scripts make.
@Suite struct ParityCheckTests {
  private static func site(_ sqlite: String, _ postgresql: String) throws -> TestSite {
    let parent = "CREATE TABLE parent (id INTEGER PRIMARY KEY, code VARCHAR(9) UNIQUE);\n"
    return try TestSite(
      .postgresql,
      [
        "001_t_sqlite_upgrade.sql": parent + sqlite,
        "001_t_postgresql_upgrade.sql": parent + postgresql,
      ])
  }

  /// The differences that were found: file, line, rule and sentence.
  private static func findings(_ site: TestSite, _ arguments: String...) throws -> [String] {
    let outcome = try site.run(
      ["repo_check", "--repo_path", "core", "--parity", "--json"] + arguments)
    let found = try #require(
      try outcome.document()["diagnostics"] as? [[String: Any]], "\(outcome.messages)")
    let differences = found.filter { ($0["rule"] as? String)?.hasPrefix("parity-") == true }
    #expect(differences.isEmpty || outcome.status == 4)
    return differences.map { finding in
      let name = Path(finding["path"] as? String ?? "").name
      return "\(name):\(finding["line"] ?? 0) \(finding["rule"] ?? "") \(finding["message"] ?? "")"
    }
  }

  @Test(arguments: [
    (
      "id INTEGER PRIMARY KEY, email TEXT", "id INTEGER PRIMARY KEY",
      "postgresql parity-column t: column email is missing on postgresql"
    ),
    (
      "id INTEGER PRIMARY KEY", "id INTEGER PRIMARY KEY, email TEXT",
      "sqlite parity-column t: column email is missing on sqlite"
    ),
    (
      "a TEXT", "a TEXT NOT NULL",
      "postgresql parity-null t: column a: may be NULL on sqlite, NOT NULL on postgresql"
    ),
    (
      "a TEXT NOT NULL DEFAULT 'x'", "a TEXT NOT NULL DEFAULT 'y'",
      "postgresql parity-default t: default of column a: 'x' on sqlite, 'y' on postgresql"
    ),
    (
      "a INTEGER DEFAULT 5", "a INTEGER",
      "postgresql parity-default t: default of column a: '5' on sqlite, none on postgresql"
    ),
    (
      "a BOOLEAN DEFAULT 1", "a BOOLEAN DEFAULT false",
      "postgresql parity-default t: default of column a: '1' on sqlite, 'false' on postgresql"
    ),
    (
      "a DATETIME DEFAULT CURRENT_TIMESTAMP", "a TIMESTAMP",
      "postgresql parity-default t: default of column a: the time on sqlite, none on postgresql"
    ),
    (
      "a BIGINT PRIMARY KEY", "a BIGSERIAL PRIMARY KEY",
      "postgresql parity-default t: default of column a: none on sqlite, a number of the engine's on postgresql"
    ),
    (
      "a INTEGER, b TEXT", "a INTEGER, b BOOLEAN",
      "postgresql parity-type t: type of column b: TEXT on sqlite, boolean on postgresql"
    ),
    (
      "a FLOAT", "a NUMERIC(9, 2)",
      "postgresql parity-type t: type of column a: FLOAT on sqlite, numeric(9, 2) on postgresql"
    ),
    (
      "a BLOB", "a TEXT",
      "postgresql parity-type t: type of column a: BLOB on sqlite, text on postgresql"
    ),
    (
      "a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a, b)",
      "a TEXT NOT NULL, b TEXT NOT NULL, PRIMARY KEY (a)",
      "postgresql parity-primary-key t: primary key: (a, b) on sqlite, (a) on postgresql"
    ),
    (
      "a TEXT NOT NULL PRIMARY KEY", "a TEXT NOT NULL",
      "postgresql parity-primary-key t: primary key: (a) on sqlite, none on postgresql"
    ),
    (
      "a TEXT, b TEXT, UNIQUE (b, a)", "a TEXT, b TEXT",
      "postgresql parity-unique t: unique (a, b) is missing on postgresql"
    ),
    (
      "a INTEGER", "a INTEGER REFERENCES parent (id)",
      "sqlite parity-foreign-key t: foreign key (a) to parent (id) is missing on sqlite"
    ),
    (
      "a INTEGER REFERENCES parent ON DELETE CASCADE", "a INTEGER REFERENCES parent",
      "postgresql parity-foreign-key t: foreign key (a): to parent (id) ON DELETE CASCADE on sqlite, "
        + "to parent (id) on postgresql"
    ),
  ])
  func `a difference is found by its own rule, at the statement`(
    sqlite: String, postgresql: String, finding: String
  ) throws {
    let site = try Self.site("CREATE TABLE t (\(sqlite));", "CREATE TABLE t (\(postgresql));")
    let (engine, rest) = try #require(
      finding.firstIndex(of: " ").map {
        (finding[..<$0], finding[$0...])
      })
    #expect(try Self.findings(site) == ["001_t_\(engine)_upgrade.sql:2\(rest)"])
  }

  @Test func `a table of one engine alone is found, one that only an engine has is not`() throws {
    let site = try Self.site(
      """
      CREATE TABLE one (id INTEGER PRIMARY KEY);
      CREATE VIRTUAL TABLE words USING fts4(body);
      CREATE VIEW v AS SELECT id FROM one;
      """,
      """
      CREATE TABLE two (id INTEGER PRIMARY KEY);
      CREATE TABLE v (id INTEGER PRIMARY KEY);
      CREATE TABLE part (id INTEGER, day DATE) PARTITION BY RANGE (day);
      CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      """)
    #expect(
      try Self.findings(site) == [
        "001_t_postgresql_upgrade.sql:1 parity-table table one is missing on postgresql",
        "001_t_sqlite_upgrade.sql:1 parity-table table two is missing on sqlite",
      ])
  }

  @Test func `what an engine forces is no difference`() throws {
    let site = try Self.site(
      """
      CREATE TABLE t (
        id INTEGER PRIMARY KEY AUTOINCREMENT, flag BOOLEAN NOT NULL DEFAULT 0, bit INTEGER DEFAULT 1,
        at DATETIME DEFAULT CURRENT_TIMESTAMP, "On" DATETIME NOT NULL DEFAULT (datetime('now')),
        day TEXT, data BLOB DEFAULT X'00FF', size DOUBLE DEFAULT 1, price NUMERIC(9, 2) DEFAULT 0.50,
        word VARCHAR(9) NOT NULL DEFAULT 'it''s', note CLOB DEFAULT NULL, doc TEXT, key TEXT DEFAULT (hex(randomblob(16))),
        less INTEGER DEFAULT -1, Parent_ID INTEGER, code VARCHAR(9), n INTEGER,
        twice INTEGER GENERATED ALWAYS AS (n * 2) STORED,
        CHECK (flag IN (0, 1)),
        FOREIGN KEY (parent_id) REFERENCES Parent ON DELETE CASCADE ON UPDATE NO ACTION,
        FOREIGN KEY (code) REFERENCES parent (code) DEFERRABLE INITIALLY DEFERRED
      );
      CREATE UNIQUE INDEX t_word ON t (word, code DESC);
      CREATE UNIQUE INDEX t_doc ON t (lower(doc));
      CREATE UNIQUE INDEX t_n ON t (n) WHERE n > 0;
      CREATE TABLE u (id VARCHAR(36) PRIMARY KEY, n BIGINT);
      CREATE TABLE w (id INTEGER PRIMARY KEY);
      """,
      """
      CREATE TABLE t (
        id BIGSERIAL PRIMARY KEY, flag BOOLEAN NOT NULL DEFAULT FALSE, bit BOOLEAN DEFAULT TRUE,
        "on" TIMESTAMP NOT NULL DEFAULT (now() AT TIME ZONE 'utc'), at TIMESTAMPTZ DEFAULT now(),
        day DATE, data BYTEA DEFAULT '\\x00ff', size DOUBLE PRECISION DEFAULT 1.0, price DECIMAL(9, 2) DEFAULT 0.5,
        word CHARACTER VARYING(9) NOT NULL DEFAULT 'it''s', note TEXT, doc JSONB, key UUID DEFAULT gen_random_uuid(),
        less SMALLINT DEFAULT -1, parent_id INTEGER, code VARCHAR(9), n INTEGER,
        twice INTEGER GENERATED ALWAYS AS (n * 2) STORED,
        CONSTRAINT t_word_key UNIQUE (code, word),
        FOREIGN KEY (parent_id) REFERENCES parent (id) ON DELETE CASCADE,
        FOREIGN KEY (code) REFERENCES parent (code)
      );
      CREATE UNIQUE INDEX t_n ON t (n) WHERE n > 1;
      CREATE TABLE u (id VARCHAR(36) PRIMARY KEY, n BIGINT);
      CREATE TABLE w (id BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY);
      """)
    #expect(try Self.findings(site) == [])
  }

  @Test func `a difference is told at the version that brings it, and once`() throws {
    let site = try Self.site("CREATE TABLE t (a TEXT, b TEXT);", "CREATE TABLE t (a TEXT);")
    try site.write("002_x_default_upgrade.sql", "CREATE TABLE x (id INTEGER PRIMARY KEY);")
    try site.write("003_b_sqlite_upgrade.sql", "CREATE TABLE y (id INTEGER PRIMARY KEY);")
    try site.write(
      "003_b_postgresql_upgrade.sql",
      "CREATE TABLE y (id INTEGER PRIMARY KEY);\nALTER TABLE t ADD COLUMN b TEXT, ADD COLUMN c TEXT;"
    )
    try site.write("004_x_default_upgrade.sql", "CREATE TABLE z (id INTEGER PRIMARY KEY);")
    #expect(
      try Self.findings(site) == [
        "001_t_postgresql_upgrade.sql:2 parity-column t: column b is missing on postgresql",
        "003_b_sqlite_upgrade.sql:1 parity-column t: column c is missing on sqlite",
      ])
    try site.folder.write(
      "core/migrate.cfg",
      """
      [db_settings]
      repository_id=core
      version_table=core_version
      [check]
      ignore=
        parity-column <= 1: known
        parity-null: nothing of it
      """)
    #expect(try Self.findings(site).count == 1)
    let outcome = try site.run("repo_check", "--repo_path", "core", "--parity")
    #expect(outcome.output.contains("migrate.cfg:7") && outcome.output.contains("unused-ignore"))
    let files = try site.run("repo_check", "--repo_path", "core")
    #expect(!files.output.contains("unused-ignore"), "\(files.output)")
  }

  @Test func `a repository for one engine has nothing to compare`() throws {
    let site = try TestSite(
      .sqlite, ["001_t_sqlite_upgrade.sql": "CREATE TABLE t (id INTEGER PRIMARY KEY);"])
    let outcome = try site.run("repo_check", "--repo_path", "core", "--parity")
    #expect(
      outcome.status == 0 && outcome.messages.contains("core: no parity"), "\(outcome.messages)")
  }

  @Test func `what the repositories below differ in is not told of a plugin`() throws {
    let site = try Self.site("CREATE TABLE t (a TEXT);", "CREATE TABLE t (a TEXT NOT NULL);")
    try site.writeConf(plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_p_default_upgrade.sql":
          "CREATE TABLE p (id INTEGER PRIMARY KEY REFERENCES parent (id), b BOOLEAN DEFAULT TRUE);"
      ])
    let outcome = try site.run("repo_check", "--repo_path", "plugin", "--parity")
    #expect(outcome.status == 0, "\(outcome.output)")
    #expect(try Self.findings(site).count == 1)
  }
}
