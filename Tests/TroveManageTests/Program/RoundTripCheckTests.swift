import Foundation
import Testing
import TroveManage

/// `repo_check --round_trip`: every version up, down and up again.
@Suite struct RoundTripCheckTests {
  /// A site whose core has the versions `scripts`, each with an upgrade and a downgrade for both engines.
  private static func site(_ scripts: [(up: String, down: String?)]) throws -> TestSite {
    let site = try TestSite(.postgresql)
    for (index, script) in scripts.enumerated() {
      try site.write("00\(index + 1)_v_default_upgrade.sql", script.up)
      guard let down = script.down else { continue }
      try site.write("00\(index + 1)_v_default_downgrade.sql", down)
    }
    return site
  }

  private static let base = (
    up: "CREATE TABLE a (id INTEGER PRIMARY KEY, n INTEGER);", down: "DROP TABLE a;"
  )

  /// The findings of the rules that only running shows.
  private static func findings(
    _ site: TestSite, _ arguments: String...
  ) throws -> [String] {
    let outcome = try site.run(
      ["repo_check", "--repo_path", "core", "--round_trip", "--json"] + arguments)
    let found = try #require(try outcome.document()["diagnostics"] as? [[String: Any]])
    let trials = found.filter { finding in
      let rule = finding["rule"] as? String ?? ""
      return ["upgrade-", "downgrade-", "second-", "unused-"].contains { rule.hasPrefix($0) }
        && rule != "downgrade-leaves-table"
    }
    #expect(
      outcome.status == (found.contains { $0["severity"] as? String == "error" } ? 4 : 0),
      "\(outcome.messages)")
    return trials.map { finding in
      let path = Path(finding["path"] as? String ?? "").name.prefix(7)
      let kind = (finding["path"] as? String ?? "").hasSuffix("downgrade.sql") ? "down" : "up"
      return
        "\(path) \(kind):\(finding["line"] ?? 0) \(finding["rule"] ?? "") \(finding["message"] ?? "")"
    }
  }

  @Test func `a downgrade that leaves something is named, and those above it are tried`() throws {
    let site = try Self.site([
      Self.base,
      ("CREATE TABLE b (id INTEGER); CREATE TABLE c (id INTEGER);", "DROP TABLE b;"),
      ("ALTER TABLE a ADD COLUMN word VARCHAR(9);", "-- nothing"),
      ("CREATE INDEX a_n ON a (n);", "-- nothing"),
      ("CREATE TABLE d (id INTEGER);", "DROP TABLE d; DROP TABLE b;"),
      ("CREATE TABLE e (id INTEGER);", "DROP TABLE e;"),
    ])
    let findings = try Self.findings(site)
    let words =
      "downgrade-leaves-schema on sqlite and postgresql: it leaves another schema than there was before"
    #expect(findings.contains("002_v_d down:1 \(words): table c was added"), "\(findings)")
    #expect(findings.contains("005_v_d down:1 \(words): table b is missing"), "\(findings)")
    #expect(findings.count { $0.hasPrefix("003_v_d down:1 downgrade-leaves-schema") } > 0)
    #expect(findings.count { $0.hasPrefix("004_v_d down:1 downgrade-leaves-schema") } > 0)
    #expect(!findings.contains { $0.hasPrefix("001") || $0.hasPrefix("006") }, "\(findings)")
  }

  @Test(arguments: Engine.allCases)
  func `a script that fails is named with its statement`(engine: Engine) throws {
    let site = try Self.site([
      Self.base, ("CREATE TABLE b (id INTEGER);", "-- b\nDROP TABLE b;\nDROP TABLE nothing;"),
      ("CREATE TABLE c (id INTEGER);", "DROP TABLE c;"),
      ("CREATE TABLE d (id INTEGER);\nINSERT INTO nothing VALUES (1);", "DROP TABLE d;"),
      ("CREATE TABLE e (id INTEGER);", "-- never tried"),
    ])
    let findings = try Self.findings(site, "--dialect", engine.rawValue)
    try #require(findings.count == 2, "\(findings)")
    #expect(findings[0].hasPrefix("002_v_d down:3 downgrade-fails on \(engine): "), "\(findings)")
    #expect(findings[1].hasPrefix("004_v_d up:2 upgrade-fails on \(engine): "), "\(findings)")
    #expect(findings.allSatisfy { $0.contains("nothing") })
    let words = try site.run(
      "repo_check", "--repo_path", "core", "--round_trip", "--dialect", engine.rawValue)
    #expect(words.messages.contains("core on \(engine): 5 versions up, down and up again"))
    #expect(words.messages.contains("core on \(engine): versions above 4 were not tried"))
  }

  @Test func `an upgrade that fails behind its downgrade is named`() throws {
    let site = try Self.site([
      Self.base, ("INSERT INTO a (id, n) VALUES (1, 1);", "-- the row stays"),
      ("INSERT INTO a (id, n) VALUES (2, 1);", "DELETE FROM a WHERE id = 2;"),
    ])
    let findings = try Self.findings(site)
    #expect(findings.count == 2, "\(findings)")
    for (engine, finding) in zip(["sqlite", "postgresql"], findings.sorted { $0 > $1 }) {
      #expect(
        finding.hasPrefix(
          "002_v_d down:1 second-upgrade-fails on \(engine): the upgrade fails behind it: "),
        "\(finding)")
    }
  }

  @Test func `an upgrade that makes something else behind its downgrade is named`() throws {
    let site = try TestSite(
      .postgresql,
      [
        "001_a_default_upgrade.sql": Self.base.up, "001_a_default_downgrade.sql": Self.base.down,
        "002_b_postgresql_upgrade.sql": """
        DO $$ BEGIN
          IF EXISTS (SELECT FROM a) THEN CREATE TABLE c (id INTEGER); END IF;
          CREATE TABLE b (id INTEGER);
        END; $$;
        """,
        "002_b_postgresql_downgrade.sql": "DROP TABLE b; INSERT INTO a (id) VALUES (1);",
      ])
    #expect(
      try Self.findings(site) == [
        "002_b_p down:1 second-upgrade-differs on postgresql: the upgrade behind it makes another schema: "
          + "table c was added"
      ])
  }

  @Test func `a way back that is missing is said, and no error`() throws {
    let site = try Self.site([
      Self.base, ("CREATE TABLE b (id INTEGER);", nil),
      ("CREATE TABLE c (id INTEGER);", "DROP TABLE c;"),
    ])
    let outcome = try site.run("repo_check", "--repo_path", "core", "--round_trip")
    #expect(outcome.status == 0, "\(outcome.output)")
    for engine in Engine.allCases {
      #expect(
        outcome.messages.contains(
          "core on \(engine): no downgrade, and so no way back to try, of 2"),
        "\(outcome.messages)")
    }
    #expect(try Self.findings(site).isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `what only the files need to show is said once`(engine: Engine) throws {
    let site = try Self.site([
      Self.base, ("-- migrate: draft\n", "-- migrate: draft\n"), Self.base,
    ])
    let outcome = try site.run(
      "repo_check", "--repo_path", "core", "--round_trip", "--dialect", engine.rawValue, "--json")
    #expect(outcome.status == 4)
    let found = try #require(try outcome.document()["diagnostics"] as? [[String: Any]])
    let rules = found.compactMap { $0["rule"] as? String }
    #expect(rules.count { $0 == "draft-script" } == 2, "\(rules)")
    #expect(!rules.contains("upgrade-fails"))
    #expect(
      outcome.messages.contains(
        "core on \(engine): not tried: core/versions/002_v_default_upgrade.sql:1:13: "))
  }

  @Test func `what is meant can be ignored, and an ignore is not useless where nothing ran`() throws
  {
    let site = try Self.site([
      Self.base,
      (
        "ALTER TABLE a ADD COLUMN x INTEGER;",
        "-- migrate: ignore downgrade-leaves-schema: for the auditors\n\n-- x stays"
      ),
    ])
    #expect(try Self.findings(site).isEmpty)
    #expect(try Self.findings(site, "--dialect", "sqlite").isEmpty)
    let files = try site.run("repo_check", "--repo_path", "core", "--strict")
    #expect(!files.output.contains("unused-ignore"), "\(files.output)")
    try site.write(
      "002_v_default_downgrade.sql",
      "-- migrate: ignore downgrade-leaves-schema: for the auditors\n\nALTER TABLE a DROP COLUMN x;"
    )
    #expect(try Self.findings(site).contains { $0.contains("unused-ignore") })
    #expect(try !Self.findings(site, "--dialect", "sqlite").contains { $0.contains("unused") })
  }

  @Test func `a plugin is tried on top of what comes before it, and all without a path`() throws {
    let site = try TestSite(
      .postgresql,
      ["001_a_default_upgrade.sql": Self.base.up, "001_a_default_downgrade.sql": Self.base.down],
      plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_p_default_upgrade.sql":
          "CREATE TABLE p (id INTEGER PRIMARY KEY, a_id INTEGER, FOREIGN KEY (a_id) REFERENCES a (id));",
        "001_p_default_downgrade.sql": "-- p stays",
      ])
    let outcome = try site.run("repo_check", "--round_trip")
    #expect(outcome.status == 4)
    #expect(
      outcome.output.contains("001_p_default_downgrade.sql:1:1: error: on sqlite and postgresql"))
    #expect(outcome.output.contains("table p was added"))
    #expect(!outcome.output.contains("001_a_default_downgrade.sql:1:1: error"))
    let quiet = try site.run("repo_check", "--round_trip", "--quiet")
    #expect(quiet.messages == "" && quiet.output.contains("downgrade-leaves-schema"))
  }

  @Test func `wrong arguments are refused, and no server is needed for SQLite`() throws {
    let site = try Self.site([Self.base])
    let check = ["repo_check", "--repo_path", "core"]
    try site.expectFailure(2, check + ["--dialect", "sqlite"], naming: ["--round_trip"])
    try site.expectFailure(2, check + ["--scratch", "postgresql://a/b"], naming: ["--round_trip"])
    try site.expectFailure(
      2, check + ["--parity", "--dialect", "sqlite"], naming: ["--parity compares"])
    try site.expectFailure(
      2, check + ["--round_trip", "--dialect", "mysql"], naming: ["mysql"])
    try site.expectFailure(2, ["repo_check", "--rules", "--parity"], naming: ["--rules"])
    try site.expectFailure(
      1, check + ["--round_trip", "--scratch", "sqlite:///x"], naming: ["sqlite:///", "hint: "])
    let other = try TestSite(.sqlite)
    for name in ["001_a_default_upgrade.sql", "001_a_default_downgrade.sql"] {
      try other.write(name, name.contains("up") ? Self.base.up : Self.base.down)
    }
    try other.expectFailure(
      1, check + ["--round_trip"], naming: ["on no server", "hint: --scratch"])
    try other.run(check + ["--round_trip", "--dialect", "sqlite"]).expectSuccess()
    try other.run(check + ["--round_trip", "--parity", "--scratch", site.database.urlText])
      .expectSuccess()
  }

  @Test func `scripts outside a transaction are tried, and those behind one that fails halfway`()
    throws
  {
    let site = try TestSite(
      .postgresql,
      [
        "001_a_postgresql_upgrade.sql": Self.base.up,
        "001_a_postgresql_downgrade.sql": Self.base.down,
        "002_i_postgresql_upgrade.sql": "CREATE INDEX CONCURRENTLY a_n ON a (n);",
        "002_i_postgresql_downgrade.sql": "DROP INDEX CONCURRENTLY a_n;",
        "003_j_postgresql_upgrade.sql": "CREATE INDEX CONCURRENTLY a_m ON a (n, id);",
        "003_j_postgresql_downgrade.sql":
          "-- migrate: no-transaction\nDROP INDEX a_m;\nDROP INDEX nothing;",
        "004_b_postgresql_upgrade.sql": "CREATE TABLE b (id INTEGER PRIMARY KEY);",
        "004_b_postgresql_downgrade.sql": "DROP TABLE b;",
      ])
    let findings = try Self.findings(site)
    try #require(findings.count == 1, "\(findings)")
    #expect(findings[0].hasPrefix("003_j_p down:3 downgrade-fails on postgresql: "), "\(findings)")
  }

  @Test(arguments: Engine.allCases)
  func `a signal ends it, and takes the scratch database away`(engine: Engine) throws {
    let endless =
      engine == .sqlite
      ? "CREATE TABLE e AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT i FROM n;"
      : "SELECT pg_sleep(1000);"
    let site = try TestSite(engine, ["001_e_\(engine)_upgrade.sql": endless])
    let temporary = try TestFolder()
    let run = try site.start(
      ["repo_check", "--repo_path", "core", "--round_trip"],
      environment: ["TMPDIR": temporary.path])
    try waitUntil("the trial") { try run.said().contains("up, down and up again") }
    if engine == .sqlite {
      try waitUntil("the file") { try temporary.contents().count > 1 }
    } else {
      try waitUntil("the script") {
        try site.database.rows(
          "SELECT 1 FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(1000)%'") != []
      }
    }
    run.send(SIGINT)
    let outcome = try run.outcome(within: .seconds(60))
    #expect(outcome.status == 130, "\(outcome.messages)")
    #expect(try temporary.contents().isEmpty)
  }

  @Test func `versions in Python are tried, too`() throws {
    let site = try TestSite.withPython(
      .sqlite,
      [
        "001_a.py": TestSite.upgrade(
          "with migrate_engine.begin() as c: c.execute(\(TestSite.create("a")))")
      ])
    let findings = try Self.findings(site, "--dialect", "sqlite")
    try #require(findings.count == 1, "\(findings)")
    #expect(findings[0].contains("downgrade-leaves-schema on sqlite"))
    #expect(findings[0].contains("table a was added"))
  }
}
