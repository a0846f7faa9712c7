import Foundation
import Testing
import TroveManage

/// A script that is too long to be held in memory does, and leaves, what it would if it were not.
@Suite struct LongScriptTests {
  /// A database to which a script was applied, or not.
  private struct Trial {
    let database: TestDatabase
    var core: String { database.folder.path("core") }
    var plugin: String { database.folder.path("plugin") }

    init(_ engine: Engine, core: [String: String], plugin: [String: String] = [:]) throws {
      database = try TestDatabase(engine)
      try database.folder.writeRepository("core", scripts: core)
      try database.folder.writeRepository("plugin", scripts: plugin)
    }

    /// Takes both repositories to their latest versions.
    ///
    /// - Returns: what went wrong; the path of the folder is left out.
    func migrate(
      _ reading: ReadingLimits, from beginning: Beginning = .asItIs,
      report: @escaping (MigrationEvent) -> Void = { _ in }
    ) throws -> String {
      let migrator = try database.migrator(
        [core, plugin], reading: reading, rules: { [OwnershipRule($0)] }, report: report)
      do throws(RunFailure) {
        _ = try migrator.run(from: beginning)
        return ""
      } catch {
        return "\(error.error)".replacing(database.folder.path, with: "")
      }
    }

    /// Schema, rows, journal and owners.
    func contents() throws -> [[[String?]]] {
      let connection = try database.connect()
      let schema = try SchemaSnapshot(of: connection).lines.map(\.description).sorted()
      let tables = try database.tables().filter { !$0.hasPrefix("trove_migrate_") }
      var queries = tables.map { "SELECT * FROM \"\($0)\" ORDER BY 1" }
      if try database.tables().contains("trove_migrate_journal") {
        queries += [
          """
          SELECT repository_id, operation, from_version, to_version, script, checksum, statements
          FROM trove_migrate_journal ORDER BY id
          """,
          "SELECT * FROM trove_migrate_objects ORDER BY 1, 2, 3, 4",
        ]
      }
      let path = database.folder.path
      return [schema.map { [$0] }]
        + (try queries.map { query in
          try database.rows(query).map { row in row.map { $0?.replacing(path, with: "") } }
        })
    }
  }

  private static let long = ReadingLimits(whole: 500, window: 200)

  private static func inserts(_ table: String, _ range: ClosedRange<Int>) -> String {
    range.map { "INSERT INTO \(table) VALUES (\($0), 'a row; → \($0)');\r\n" }.joined()
  }

  /// Scripts that do all sorts of things, at whose end nothing of their session may be left.
  private static func scripts(_ engine: Engine) -> [String: String] {
    let settings =
      switch engine {
      case .sqlite:
        "PRAGMA recursive_triggers = ON;\nCREATE TEMP TABLE aside (id INTEGER);\n"
      case .postgresql:
        """
        SET search_path = other, public;
        SET standard_conforming_strings = off;
        SET client_encoding = 'LATIN1';
        LISTEN news;
        CREATE TEMP TABLE aside (id INTEGER);

        """
      }
    let place = engine == .postgresql ? "CREATE SCHEMA other;\n" : ""
    let trigger =
      engine == .postgresql
      ? "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; SELECT 2; $$;\n"
      : "CREATE TRIGGER t AFTER INSERT ON b BEGIN SELECT 1; SELECT 2; END;\n"
    let look =
      engine == .postgresql
      ? """
      CREATE TABLE look AS SELECT current_setting('search_path') AS path,
        current_setting('standard_conforming_strings') AS strings,
        (SELECT count(*) FROM pg_listening_channels()) AS channels, to_regclass('aside') AS aside;
      """
      : "CREATE TABLE look AS SELECT recursive_triggers FROM pragma_recursive_triggers;"
    return [
      "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER, name TEXT);",
      "002_b_default_upgrade.sql": place + "CREATE TABLE b (id INTEGER, name TEXT);\n"
        + inserts("b", 1...10) + settings + inserts("a", 1...10)
        + "INSERT INTO a VALUES (11, 'C:\\new \(String(repeating: "long ", count: 200))');\n"
        + trigger + "INSERT INTO aside VALUES (1);\n"
        + inserts("public.a", 12...40)
        .replacing("public.", with: engine == .postgresql ? "public." : ""),
      "003_look_default_upgrade.sql": look,
      "004_c_default_upgrade.sql": inserts("a", 50...99),
    ]
  }

  @Test(arguments: Engine.allCases)
  func `a long script leaves what a short one would`(engine: Engine) throws {
    let whole = try Trial(engine, core: Self.scripts(engine))
    let long = try Trial(engine, core: Self.scripts(engine))
    #expect(try whole.migrate(ReadingLimits()) == "")
    #expect(try long.migrate(Self.long) == "")
    let contents = try long.contents()
    #expect(try contents == whole.contents())
    #expect(
      contents.contains {
        $0.contains { $0.contains("C:\\new \(String(repeating: "long ", count: 200))") }
      })
    // Nothing remembers how it was read.
    #expect(try long.migrate(ReadingLimits()) == "")
    #expect(try long.contents() == contents)
  }

  @Test(arguments: Engine.allCases)
  func `a text is kept up to its limit, and not at all of a long script`(engine: Engine) throws {
    let trial = try Trial(engine, core: Self.scripts(engine))
    #expect(try trial.migrate(Self.long) == "")
    #expect(try trial.database.rows("SELECT count(*) FROM trove_migrate_scripts") == [["2"]])
  }

  @Test(arguments: Engine.allCases)
  func `what a long script makes is made anew`(engine: Engine) throws {
    let trial = try Trial(engine, core: ["001_a_default_upgrade.sql": Self.inserts("a", 1...40)])
    let text = "CREATE TABLE a (id INTEGER, name TEXT);\n" + Self.inserts("a", 1...40)
    try trial.database.folder.write("core/versions/001_a_default_upgrade.sql", text)
    // Somebody's table of the name that the script gives to its own.
    try trial.database.execute("CREATE TABLE a (other INTEGER)")
    #expect(try trial.migrate(Self.long, from: .nothing) == "")
    #expect(try trial.database.rows("SELECT count(*) FROM a") == [["40"]])
  }

  @Test(
    arguments: Engine.allCases,
    [
      "INSERT INTO nowhere VALUES (1)", "SELECT 'ü' AS x,\n  oops FROM a", "SELEC 1",
      "INSERT INTO a VALUES (1, 2, 3)", "UPDATE a SET id = ${none",
    ])
  func `a statement that fails is named with its line and column`(
    engine: Engine, bad: String
  ) throws {
    let scripts = [
      "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER, name TEXT);",
      "002_b_default_upgrade.sql": Self.inserts("a", 1...20) + "/* → */  \(bad);\n"
        + Self.inserts("a", 21...40),
    ]
    let whole = try Trial(engine, core: scripts)
    let long = try Trial(engine, core: scripts)
    let message = try whole.migrate(ReadingLimits())
    #expect(message.hasPrefix("/core/versions/002_b_default_upgrade.sql:2"))
    #expect(try long.migrate(Self.long) == message)
    #expect(try long.database.tables() == whole.database.tables())
  }

  @Test(
    arguments: Engine.allCases,
    ["INSERT INTO a VALUES (1, 'x')", "DROP TABLE a", "CREATE INDEX evil ON a (id)"])
  func `a statement that touches what another one owns is named with its line`(
    engine: Engine, bad: String
  ) throws {
    let core = ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER, name TEXT);"]
    let plugin = [
      "001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER, name TEXT);\n"
        + Self.inserts("p", 1...20) + "\(bad);\n" + Self.inserts("p", 21...40)
    ]
    let whole = try Trial(engine, core: core, plugin: plugin)
    let long = try Trial(engine, core: core, plugin: plugin)
    let message = try whole.migrate(ReadingLimits())
    #expect(message.hasPrefix("/plugin/versions/001_p_default_upgrade.sql:22:1: "))
    #expect(try long.migrate(Self.long) == message)
    #expect(try long.database.tables() == whole.database.tables())
  }

  /// What somebody does to the file between the two readings.
  enum Edit: String, CaseIterable {
    case row, end, cut, quote, rollback, gone, longer
  }

  @Test(arguments: Engine.allCases, Edit.allCases)
  func `a file that is edited while it runs ends the run, and nothing is left`(
    engine: Engine, edit: Edit
  ) throws {
    let text = "CREATE TABLE a (id INTEGER, name TEXT);\n" + Self.inserts("a", 1...40)
    let script = "core/versions/001_a_default_upgrade.sql"
    let trial = try Trial(engine, core: ["001_a_default_upgrade.sql": text])
    let folder = trial.database.folder
    let message = try trial.migrate(Self.long) { event in
      guard case .started = event else { return }
      switch edit {
      case .row: _ = try? folder.write(script, text.replacing("row; → 39", with: "row; ← 39"))
      case .end: _ = try? folder.write(script, text + "-- more")
      case .cut: _ = try? folder.write(script, String(text.split(separator: "INSERT")[0]))
      case .quote: _ = try? folder.write(script, text.replacing("→ 40'", with: "→ 40"))
      case .rollback: _ = try? folder.write(script, text + "ROLLBACK;")
      case .gone: try? folder.remove(script)
      case .longer: _ = try? folder.write(script, text + Self.inserts("a", 41...80))
      }
    }
    let words = edit == .gone ? "no such file" : "was edited while it ran"
    #expect(message.hasPrefix("/\(script): ") && message.contains(words), "\(message)")
    #expect(try trial.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `a long script outside a transaction runs as before`(engine: Engine) throws {
    let text =
      "-- migrate: no-transaction\nCREATE TABLE a (id INTEGER, name TEXT);\n"
      + Self.inserts("a", 1...20)
    let trial = try Trial(engine, core: ["001_a_default_upgrade.sql": text])
    let bad = text + "INSERT INTO nowhere VALUES (1);\n"
    try trial.database.folder.write("core/versions/001_a_default_upgrade.sql", bad)
    #expect(try trial.migrate(Self.long).contains(".sql:23:"))
    #expect(try trial.database.rows("SELECT count(*) FROM a") == [["20"]])
    try trial.database.folder.write("core/versions/001_a_default_upgrade.sql", text + "VACUUM;")
    #expect(try trial.migrate(Self.long) == "")
    #expect(try trial.database.rows("SELECT count(*) FROM a") == [["20"]])
  }

  @Test func `a long script that adds a value to a type is committed before the next`() throws {
    let trial = try Trial(
      .postgresql,
      core: [
        "001_a_default_upgrade.sql": "CREATE TYPE mood AS ENUM ('a');\nCREATE TABLE a (m mood);",
        "002_b_default_upgrade.sql": "ALTER TYPE mood ADD VALUE 'b';\n"
          + String(repeating: "INSERT INTO a VALUES ('a');\n", count: 40),
        "003_c_default_upgrade.sql": "INSERT INTO a VALUES ('b');",
      ])
    #expect(try trial.migrate(Self.long) == "")
    #expect(try trial.database.rows("SELECT count(*) FROM a") == [["41"]])
  }
}
