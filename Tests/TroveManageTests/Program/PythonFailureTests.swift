import Foundation
import Testing
import TroveManage

/// Python versions that cannot run, or fail while they do.
@Suite struct PythonFailureTests {
  /// A script with a mistake that is there to see before it runs.
  struct Mistake: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    /// What follows the path.
    let place: String
    let facts: [String]

    init(_ testDescription: String, _ text: String, at place: String, naming facts: String...) {
      self.testDescription = testDescription
      self.text = text
      self.place = place
      self.facts = facts
    }
  }

  private static let mistakes = [
    Mistake(
      "no upgrade", "def downgrade(migrate_engine):\n    pass\n", at: ": ", naming: "upgrade"),
    Mistake("upgrade is no function", "upgrade = None\n", at: ":", naming: "upgrade"),
    Mistake("no parameter", "def upgrade():\n    pass\n", at: ":", naming: "upgrade"),
    Mistake(
      "a syntax error", "def upgrade(migrate_engine):\n    x = = 1\n", at: ":2: ",
      naming: "SyntaxError"),
    Mistake(
      "an indentation", "def upgrade(migrate_engine):\npass\n", at: ":2: ",
      naming: "IndentationError"),
    Mistake(
      "a module that is not there", "\n\nimport nowhere_to_be_found\n", at: ":3: ",
      naming: "nowhere_to_be_found"),
    Mistake("a name that is not there", "\nnobody\n", at: ":2: ", naming: "NameError", "nobody"),
    Mistake("an exit", "import sys\nsys.exit(0)\n", at: ":2: ", naming: "SystemExit"),
  ]

  @Test(arguments: Engine.allCases, mistakes)
  func `a script that cannot run is found before anything does, also behind others`(
    engine: Engine, mistake: Mistake
  ) throws {
    let site = try TestSite.withThirdVersion(engine, mistake.text)
    try site.write("002_b.py", TestSite.upgrade("open('\(site.folder.path("ran"))', 'w')"))
    let place = "error: \(site.thirdVersion)\(mistake.place)"
    try site.expectFailure(1, "db_sync", naming: [place] + mistake.facts)
  }

  @Test(arguments: Engine.allCases)
  func `an exception is told with its line, and undoes the whole run`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade("migrate_engine.connect().execute(\(TestSite.create("c")))\n1 / 0"))
    let facts = [
      "error: \(site.thirdVersion):4: ZeroDivisionError: division by zero", "core from 2 to 3",
      "nothing was changed", "core: no version yet",
    ]
    try site.run("db_sync").expectFailure(1, naming: facts)
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `versions that are committed one by one stay when a later one raises`(
    engine: Engine
  ) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade("migrate_engine.execute(\(TestSite.create("c")))\nraise KeyError('nobody')"))
    let facts = ["error: \(site.thirdVersion):4: KeyError: 'nobody'", "stands at:\n  core: 2"]
    try site.run("db_sync", "--transaction", "version").expectFailure(1, naming: facts)
    #expect(try site.ownTables() == ["a", "b"])
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `the line is that of the repository's innermost module`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine, "import helpers\n" + TestSite.upgrade("helpers.help(migrate_engine)"))
    let helpers = try site.folder.write(
      "core/versions/helpers.py", "def help(engine):\n    int('no number')\n")
    try site.run("db_sync").expectFailure(
      1, naming: ["error: \(helpers):2: ValueError: ", "'no number'", "003_c.py"])
  }

  @Test(arguments: Engine.allCases)
  func `with --debug the whole traceback is there`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine, "def fail():\n    1 / 0\n" + TestSite.upgrade("fail()"))
    let outcome = try site.run("--debug", "db_sync")
    #expect(outcome.status == 1)
    let lines = [
      "error: \(site.thirdVersion):2: ZeroDivisionError: division by zero",
      "Traceback (most recent call last)", "\(site.thirdVersion)\", line 5, in upgrade",
      "\(site.thirdVersion)\", line 2, in fail",
    ]
    for line in lines { #expect(outcome.messages.contains(line), "\(outcome.messages)") }
    #expect(!outcome.messages.contains("<trove-manage>"))
  }

  @Test(arguments: Engine.allCases)
  func `with --json the exception is in the document`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(engine, TestSite.upgrade("print('x')\n1 / 0"))
    let outcome = try site.run("--json", "db_sync")
    #expect(outcome.status == 1)
    let error = try #require(outcome.document()["error"] as? [String: Any])
    let message = try #require(error["message"] as? String)
    #expect(message.hasPrefix("\(site.thirdVersion):4: ZeroDivisionError"), "\(message)")
  }

  @Test(arguments: Engine.allCases)
  func `a failing statement is told with its text, by the engine's words and the script's line`(
    engine: Engine
  ) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade("c = migrate_engine.connect()\nc.execute(sa.text('SELECT * FROM nowhere'))"))
    let words =
      engine == .sqlite ? "no such table: nowhere" : "relation \"nowhere\" does not exist"
    let facts = ["error: \(site.thirdVersion):4: \(words)", "| SELECT * FROM nowhere"]
    let outcome = try site.run("db_sync")
    outcome.expectFailure(1, naming: facts + ["nothing was changed"])
    #expect(!outcome.messages.contains("sqlalche"))
    #expect(try site.database.tables() == [])
  }

  /// As PostgreSQL's numeric it would fit.
  @Test(arguments: Engine.allCases)
  func `a parameter beyond 64 bits is refused`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade(
        "migrate_engine.execute(sa.text('INSERT INTO b VALUES (:n)'), [{'n': 2**70}])"))
    try site.run("db_sync").expectFailure(
      1, naming: ["error: \(site.thirdVersion):3: ", "nothing was changed"])
    #expect(try site.database.tables() == [])
  }

  @Test(arguments: Engine.allCases)
  func `what a script prints is shown with the script's name`(engine: Engine) throws {
    let site = try TestSite.withThirdVersion(
      engine,
      TestSite.upgrade(
        """
        import os, sys
        print('to output: ü')
        print('to errors', file=sys.stderr)
        os.write(1, b'no UTF-8: \\xff\\n')
        print('to the terminal: \\x1b[2J')
        print('without an end', end='')
        """))
    let outcome = try site.run("--json", "db_sync")
    #expect(try outcome.document()["ok"] as? Bool == true)
    let lines = outcome.messages.split(separator: "\n")
    for text in ["to output: ü", "to errors", "no UTF-8: ", "to the terminal", "without an end"] {
      let line = lines.first { $0.contains(text) }
      #expect(line?.contains("003_c.py") == true, "\(text) is not in\n\(outcome.messages)")
    }
    #expect(!outcome.messages.contains("\u{1B}"))
  }
}
