import Testing
import TroveManage

@Suite struct StatementErrorTests {
  /// A script with a statement that fails.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let engine: Engine
    let text: String
    /// Line and column of what is to blame.
    let place: String
    /// What the message holds besides: what the engine said, and the statement.
    let facts: [String]

    init(
      _ engine: Engine, _ testDescription: String, _ text: String, at place: String,
      naming facts: String...
    ) {
      self.testDescription = testDescription
      self.engine = engine
      self.text = text
      self.place = place
      self.facts = facts
    }
  }

  /// The failing script is the third: before it there is a table with a row and a table that refers to it.
  private static func site(_ sample: Case) throws -> (TestSite, script: String) {
    let site = try TestSite(sample.engine)
    try site.write(
      "001_a_default_upgrade.sql",
      """
      CREATE TABLE t (id INTEGER PRIMARY KEY, name VARCHAR(20) NOT NULL, CHECK (id < 100));
      INSERT INTO t VALUES (1, 'one');
      """)
    try site.write(
      "002_b_default_upgrade.sql", "CREATE TABLE child (t INTEGER NOT NULL REFERENCES t (id));")
    let name = "003_x_\(sample.engine.rawValue)_upgrade.sql"
    try site.write(name, sample.text)
    return (site, site.script(name))
  }

  @Test(arguments: PostgreSQLSamples.all + SQLiteSamples.all)
  func `a failing statement is reported with its place, its text and what the engine said`(
    sample: Case
  ) throws {
    let (site, script) = try Self.site(sample)
    let outcome = try site.run("db_sync")
    let standing = ["core from 2 to 3", "nothing was changed", "core: no version yet"]
    outcome.expectFailure(
      1, naming: ["error: \(script):\(sample.place): "] + sample.facts + standing)
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `the message says what was kept when versions are committed one by one`(
    engine: Engine
  ) throws {
    let (site, script) = try Self.site(Case(engine, "", "SELECT 1;\nSELECT nope;", at: ""))
    let outcome = try site.run("db_sync", "--transaction", "version")
    let facts = [
      "error: \(script):2:8: ", "core from 2 to 3", "core: 0 -> 2", "stands at:\n  core: 2",
    ]
    outcome.expectFailure(1, naming: facts)
    #expect(!outcome.messages.contains("nothing was changed"))
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `with --json the failure is in the document`(engine: Engine) throws {
    let (site, script) = try Self.site(
      Case(engine, "", "SELECT 1;\nINSERT INTO t VALUES (1, 'uno');", at: ""))
    let outcome = try site.run("--json", "db_sync")
    #expect(outcome.status == 1)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    #expect((document["applied"] as? [Any])?.count == 0)
    #expect((document["rolled_back"] as? [Any])?.count == 2)
    let error = try #require(document["error"] as? [String: Any])
    #expect(error["exit_code"] as? Int == 1)
    let code = engine == .sqlite ? "SQLITE_CONSTRAINT_PRIMARYKEY" : "23505"
    #expect(error["engine_code"] as? String == code)
    let message = try #require(error["message"] as? String)
    #expect(message.hasPrefix("\(script):2:1: "), "\(message)")
  }

  @Test(arguments: Engine.allCases)
  func `a long statement is cut to its first lines`(engine: Engine) throws {
    let rows = (2...60).map { "  (\($0), '\($0)')" }.joined(separator: ",\n")
    let text = "INSERT INTO t VALUES\n\(rows),\n  (1, 'uno');"
    let (site, script) = try Self.site(Case(engine, "", text, at: ""))
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["\(script):1:1: ", "INSERT INTO t VALUES", "(3, '3')", "…"])
    #expect(!outcome.messages.contains("(20, '20')"))
  }

  @Test(arguments: Engine.allCases)
  func `a long line is cut, too`(engine: Engine) throws {
    let text = "SELECT '\(String(repeating: "x", count: 5000))', nope;"
    let (site, script) = try Self.site(Case(engine, "", text, at: ""))
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["\(script):1:5012: ", "SELECT 'xxx", "…"])
    #expect(outcome.messages.split(separator: "\n").allSatisfy { $0.count < 400 })
  }

  @Test(arguments: Engine.allCases)
  func `a script cannot talk to the terminal`(engine: Engine) throws {
    let (site, _) = try Self.site(Case(engine, "", "SELECT '\u{1B}[2J\u{7}', nope;", at: ""))
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: ["nope"])
    #expect(!outcome.messages.contains("\u{1B}") && !outcome.messages.contains("\u{7}"))
  }

  @Test(arguments: Engine.allCases)
  func `a variable's value is not shown with the statement`(engine: Engine) throws {
    let text = "-- migrate: variables\nSELECT ${secrets.password}, nope;"
    let (site, script) = try Self.site(Case(engine, "", text, at: ""))
    try site.writeConf(options: "[secrets]\npassword = \(TestSite.password)")
    try site.run("db_sync").expectFailure(
      1, naming: ["\(script):2:29: ", "${secrets.password}", "nope"])
  }

  @Test func `a variable's value is not shown when the server repeats it`() throws {
    for statement in [
      "INSERT INTO t VALUES (100, ${secrets.password})", "SELECT ${secrets.password}::integer",
    ] {
      let text = "-- migrate: variables\n\(statement);"
      let (site, script) = try Self.site(Case(.postgresql, "", text, at: ""))
      try site.writeConf(options: "[secrets]\npassword = \(TestSite.password)")
      try site.run("db_sync").expectFailure(1, naming: ["\(script):2:", statement])
    }
  }
}
