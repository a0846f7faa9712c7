import Foundation
import Testing
import TroveManage

/// `db_repair` shows edits of scripts that ran, and accepts them.
@Suite struct DbRepairTests {
  private static let second = "002_b_default_upgrade.sql"

  /// A site with two versions done, the second of them edited.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
        second: "-- the second\nCREATE TABLE b (\n  id INTEGER\n);\n",
      ])
    try site.run("db_sync").expectSuccess()
    try site.write(second, "-- the second\r\nCREATE TABLE b (\r\n  id BIGINT\r\n);\r\n")
    return site
  }

  private static let difference = """
      @@ -1,4 +1,4 @@
       -- the second
       CREATE TABLE b (
      -  id INTEGER
      +  id BIGINT
       );

    """

  @Test(arguments: Engine.allCases)
  func `the difference is shown, and where nobody can be asked nothing is written`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    let before = try site.contents()
    let outcome = try site.run("db_repair")
    #expect(outcome.status == 4)
    #expect(
      outcome.output
        == "\(site.script(Self.second)): edited since it ran as version 2 of core\n\(Self.difference)"
    )
    #expect(outcome.messages.contains("error: nothing was accepted: there is nobody to ask\nhint:"))
    let json = try site.run("db_repair", "--json")
    #expect(json.status == 4)
    let repairs = try #require(try json.document()["repairs"] as? [[String: Any]])
    #expect(repairs.map { $0["accepted"] as? Bool } == [false])
    #expect((repairs.first?["difference"] as? [String])?.contains("+  id BIGINT") == true)
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `with --yes the text counts as the one that ran, and nothing is found any more`(
    engine: Engine
  ) throws {
    let site = try Self.site(engine)
    let outcome = try site.run("db_repair", "--yes")
    outcome.expectSuccess()
    #expect(outcome.output.hasSuffix("\(Self.difference)Accepted: 1 script\n"))
    try site.run("db_check").expectSuccess()
    try site.run("db_repair").expectSuccess("Nothing to repair\n")
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
    let last = try site.database.rows(
      """
      SELECT operation, from_version, to_version, script, text FROM trove_migrate_journal AS j
      JOIN trove_migrate_scripts AS s ON s.checksum = j.checksum ORDER BY id DESC LIMIT 1
      """)
    let text = "-- the second\nCREATE TABLE b (\n  id BIGINT\n);\n"
    #expect(last == [["repair", "2", "2", Self.second, text]])
    // What ran first is now the edit.
    try site.write(Self.second, "-- the second\nCREATE TABLE b (\n  id INTEGER\n);\n")
    #expect(try site.run("db_repair").output.contains("+  id INTEGER\n"))
  }

  @Test(arguments: Engine.allCases)
  func `after a downgrade what was accepted does not count any more`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_repair", "--yes").expectSuccess()
    try site.write("002_b_default_downgrade.sql", "DROP TABLE b;")
    try site.run("db_downgrade", "1").expectSuccess()
    try site.write(Self.second, "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a file that is missing cannot be accepted, the others are`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.folder.remove("core/versions/001_a_default_upgrade.sql")
    let outcome = try site.run("db_repair", "--yes")
    #expect(outcome.status == 4)
    let path = site.script("001_a_default_upgrade.sql")
    #expect(outcome.output.contains("\(path): missing, though it ran as version 1 of core\n"))
    #expect(outcome.output.hasSuffix("Accepted: 1 script\n"))
    #expect(outcome.messages.contains("error: 1 script cannot be accepted"))
    #expect(outcome.messages.contains("hint: put the file back"))
    let before = try site.contents()
    #expect(try site.run("db_repair", "--yes").status == 4)
    #expect(try site.contents() == before)
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a text that was not kept is said, and can be accepted`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.database.execute("DROP TABLE trove_migrate_scripts")
    let outcome = try site.run("db_repair", "--yes")
    outcome.expectSuccess()
    #expect(outcome.output.contains("  the text that ran was not kept"))
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `an accepted version does not become late or run again`(engine: Engine) throws {
    let site = try TestSite(engine, ["005_e_default_upgrade.sql": "CREATE TABLE e (id INTEGER);"])
    try site.run("db_sync").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync", "--allow_late").expectSuccess()
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id BIGINT);")
    try site.run("db_repair", "--yes").expectSuccess()
    try site.run("db_check").expectSuccess()
    try site.run("db_sync", "--allow_late").expectSuccess("Nothing to do: core is at 5\n")
  }

  @Test(arguments: Engine.allCases)
  func `who holds the lock is waited for, and nothing is accepted in vain`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.writeConf(options: "lock_wait = 0")
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .seconds(5)))
    let outcome = try site.run("db_repair", "--yes")
    #expect(outcome.status == 75)
    holder.rollback()
    try site.run("db_repair", "--yes").expectSuccess()
  }

  @Test(arguments: Engine.allCases, [("yes\n", 0), ("no\n", 4), ("\n", 4)])
  func `on a terminal a person is asked`(
    engine: Engine, sample: (answer: String, status: Int32)
  ) throws {
    let site = try Self.site(engine)
    let before = try site.contents()
    let terminal = try TestTerminal()
    let program = try TestProgram.start(
      ["--config-file", site.conf, "db_repair"], folder: site.folder.path, input: terminal.input)
    try waitUntil("the question") { try program.said().contains("Type yes to accept:") }
    terminal.type(sample.answer)
    let outcome = try program.outcome(within: .seconds(30))
    #expect(outcome.status == sample.status, "\(outcome.messages)")
    if sample.status != 0 {
      #expect(outcome.messages.contains("nothing was accepted"))
      #expect(try site.contents() == before)
    }
  }

  @Test(arguments: Engine.allCases)
  func `what was changed while a person looked is not accepted`(engine: Engine) throws {
    let site = try Self.site(engine)
    let before = try site.database.rows("SELECT id FROM trove_migrate_journal")
    let terminal = try TestTerminal()
    let program = try TestProgram.start(
      ["--config-file", site.conf, "db_repair"], folder: site.folder.path, input: terminal.input)
    try waitUntil("the question") { try program.said().contains("Type yes to accept:") }
    try site.write(Self.second, "-- another text")
    terminal.type("yes\n")
    let outcome = try program.outcome(within: .seconds(30))
    #expect(outcome.status == 1)
    #expect(outcome.messages.contains("\(site.script(Self.second)): the file, or what the journal"))
    #expect(try site.database.rows("SELECT id FROM trove_migrate_journal") == before)
  }
}
