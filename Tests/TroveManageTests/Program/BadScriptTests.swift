import Testing
import TroveManage

@Suite struct BadScriptTests {
  /// Scripts that cannot be used; none of them may run, nor the good one before them.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let engines: [Engine]
    let scripts: [String: [UInt8]]
    /// The script to blame, with the line if there is one.
    let place: String
    /// What the message names besides.
    let facts: [String]
  }

  /// A case of one script that holds `text`.
  private static func text(
    _ name: String, on engines: [Engine] = Engine.allCases, _ text: String, at line: String,
    naming facts: String...
  ) -> Case {
    let file = "002_b_default_upgrade.sql"
    return Case(
      testDescription: name, engines: engines, scripts: [file: Array(text.utf8)],
      place: "\(file):\(line)", facts: facts)
  }

  /// A case of one script that holds `bytes`.
  private static func bytes(
    _ name: String, _ bytes: [UInt8], at line: String, naming facts: String...
  ) -> Case {
    let file = "002_b_default_upgrade.sql"
    return Case(
      testDescription: name, engines: Engine.allCases, scripts: [file: bytes],
      place: "\(file):\(line)", facts: facts)
  }

  /// A case of scripts called `names`.
  private static func names(
    _ name: String, _ names: [String], on engines: [Engine] = Engine.allCases, at place: String,
    naming facts: String...
  ) -> Case {
    let scripts = names.map { ($0, Array("CREATE TABLE b (id INTEGER);".utf8)) }
    return Case(
      testDescription: name, engines: engines,
      scripts: Dictionary(uniqueKeysWithValues: scripts), place: place, facts: facts)
  }

  static let cases = [
    names(
      "two for one version", ["002_b_default_upgrade.sql", "002_c_default_upgrade.sql"],
      at: "002_c_default_upgrade.sql", naming: "002_b_default_upgrade.sql"),
    names(
      "two for one version with other digits",
      ["002_b_default_upgrade.sql", "0002_b_default_upgrade.sql"],
      at: "002_b_default_upgrade.sql", naming: "0002_b_default_upgrade.sql"),
    names(
      "none for this engine", ["002_b_postgresql_upgrade.sql"], on: [.sqlite], at: "..",
      naming: "version 2", "core", "002_description_sqlite_upgrade.sql", "default"),
    names(
      "none for this engine", ["002_b_sqlite_upgrade.sql"], on: [.postgresql], at: "..",
      naming: "version 2", "core", "002_description_postgresql_upgrade.sql", "default"),
    names(
      "only a downgrade", ["002_b_default_downgrade.sql"], at: "..", naming: "version 2", "upgrade"),
    names(
      "postgres", ["002_b_postgres_upgrade.sql"], at: "002_b_postgres_upgrade.sql",
      naming: "'postgres'", "postgresql"),
    names(
      "pgsql", ["002_b_pgsql_upgrade.sql"], at: "002_b_pgsql_upgrade.sql", naming: "'pgsql'",
      "postgresql"),
    names(
      "sqlite3", ["002_b_sqlite3_upgrade.sql"], at: "002_b_sqlite3_upgrade.sql",
      naming: "'sqlite3'", "sqlite "),
    names(
      "upgrad", ["002_b_default_upgrad.sql"], at: "002_b_default_upgrad.sql", naming: "'upgrad'",
      "upgrade"),
    names("no dialect", ["002_upgrade.sql"], at: "002_upgrade.sql", naming: "DIALECT"),
    names(
      "version 0", ["000_b_default_upgrade.sql"], at: "000_b_default_upgrade.sql",
      naming: "from 1"),
    names("only Python", ["002_b.py"], at: "002_b.py", naming: "Python"),
    text("empty", "", at: "1", naming: "empty", "comment"),
    text("blank", " \n\t\r\n", at: "1", naming: "empty"),
    bytes(
      "Latin-1", Array("-- caf".utf8) + [0xE9, 0x0A], at: "1:7", naming: "0xE9", "offset 6", "UTF-8"
    ),
    bytes(
      "Latin-1 behind letters of two bytes", Array("-- ä\n-- caf".utf8) + [0xE9], at: "2:7",
      naming: "0xE9", "offset 12", "UTF-8"),
    bytes(
      "UTF-16, little end first", [0xFF, 0xFE, 0x2D, 0x00], at: "1", naming: "UTF-16", "UTF-8"),
    bytes("UTF-16, big end first", [0xFE, 0xFF, 0x00, 0x2D], at: "1", naming: "UTF-16", "UTF-8"),
    bytes(
      "UTF-16 without a mark", [0x2D, 0x00, 0x2D, 0x00], at: "1:2", naming: "offset 1", "UTF-8"),
    bytes("a NUL", Array("SELECT 1;\n--".utf8) + [0], at: "2:3", naming: "NUL", "offset 12"),
    text("an open string", "SELECT 1;\nSELECT 'b;\n", at: "2:8", naming: "string"),
    text("an open name", "SELECT 1;\n\nSELECT \"b;\n", at: "3:8", naming: "name"),
    text("an open comment", "SELECT 1; /* b", at: "1:11", naming: "comment", "*/"),
    text(
      "an open body", on: [.postgresql], "SELECT 1;\nDO $x$ BEGIN NULL; END $y$;", at: "2:4",
      naming: "$x$"),
    text(
      "an open comment inside another", on: [.postgresql], "/* b /* c */\nSELECT 1;", at: "1:1",
      naming: "comment"),
    text(
      "an open trigger", on: [.sqlite],
      "SELECT 1;\nCREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1;\n", at: "2:1",
      naming: "trigger", "END"),
    text("a rollback", "SELECT 1;\n  ROLLBACK;", at: "2:3", naming: "ROLLBACK", "transaction"),
    text("an abort", on: [.postgresql], "ABORT;", at: "1:1", naming: "ABORT", "transaction"),
    text(
      "an unknown directive", "-- migrate: nonsense\nSELECT 1;", at: "1:13", naming: "nonsense",
      "no-transaction", "variables"),
    text("no directive", "-- migrate:\nSELECT 1;", at: "1", naming: "no-transaction"),
    text(
      "a variable without a value", "-- migrate: variables\nSELECT ${foo.bar};", at: "2:8",
      naming: "${foo.bar}", "--var foo.bar=", "[foo]"),
    text(
      "a variable that is none", "-- migrate: variables\nSELECT ${foo bar};", at: "2:8",
      naming: "${foo bar}"),
    text(
      "a command of psql", on: [.postgresql], "SELECT 1;\n\\i other.sql\n", at: "2:1",
      naming: "\\i",
      "psql"),
    text(
      "a command of the shell", on: [.sqlite], "SELECT 1;\n.mode csv\n", at: "2:1", naming: ".mode",
      "sqlite3"),
    text(
      "COPY", on: [.postgresql], "SELECT 1;\nCOPY a FROM STDIN;\n1\n\\.\n", at: "2:1",
      naming: "COPY",
      "INSERT"),
  ]

  private static let pairs = cases.flatMap { sample in sample.engines.map { (sample, $0) } }

  @Test(arguments: pairs)
  func `a script that cannot be used is named before anything runs`(
    sample: Case, engine: Engine
  ) throws {
    let site = try TestSite(engine)
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    for (name, bytes) in sample.scripts {
      try site.folder.write("core/versions/\(name)", bytes: bytes)
    }
    let place = sample.place == ".." ? site.folder.path("core") : site.script(sample.place)
    let outcome = try site.expectFailure(1, "db_sync", naming: [place] + sample.facts)
    #expect(outcome.messages.hasPrefix("error: \(place)"), "\(outcome.messages)")
  }

  @Test(arguments: Engine.allCases)
  func `a link to a script that is gone is named`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.folder.link("core/versions/003_c_default_upgrade.sql", to: "/no/such/script.sql")
    try site.expectFailure(
      1, "db_sync", naming: [site.script("003_c_default_upgrade.sql"), "no such file"])
  }

  @Test(arguments: Engine.allCases)
  func `a folder is no script`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("003_c_default_upgrade.sql/file", "text")
    try site.expectFailure(
      1, "db_sync", naming: [site.script("003_c_default_upgrade.sql"), "folder"])
  }

  @Test(arguments: Engine.allCases)
  func `a script for an engine that nobody asked for is skipped`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("001_a_mysql_upgrade.sql", "CREATE TABLE a (id INT) ENGINE=InnoDB;")
    try site.write("001_b_mysql_upgrade.sql", "CREATE TABLE a (id INT) ENGINE=InnoDB;")
    try site.write("README", "Nothing to run.")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b"])
  }
}
