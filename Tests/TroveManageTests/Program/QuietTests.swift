import Foundation
import Testing
import TroveManage

@Suite struct QuietTests {
  @Test(arguments: Engine.allCases, [["--quiet", "db_sync"], ["db_sync", "-q"]])
  func `a run that goes well says nothing`(engine: Engine, arguments: [String]) throws {
    let site = try TestSite.withTwoVersions(engine)
    for _ in 1...2 {
      let outcome = try site.run(arguments)
      outcome.expectSuccess("")
      #expect(outcome.messages == "")
    }
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `warnings stay, and what the server mentions goes`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        BEGIN;
        DROP TABLE IF EXISTS gone;
        CREATE TABLE a (id INTEGER);
        COMMIT;
        """
      ])
    let outcome = try site.run("db_sync", "--quiet")
    outcome.expectSuccess("")
    let warnings = outcome.messages.split(separator: "\n").filter { !$0.hasPrefix("hint: ") }
    #expect(warnings.count == 2, "\(outcome.messages)")
    #expect(warnings.allSatisfy { $0.hasPrefix("warning: ") }, "\(outcome.messages)")
  }

  @Test func `what the server warns of stays`() throws {
    let text = "DO $$ BEGIN RAISE NOTICE 'small'; RAISE WARNING 'large'; END $$;"
    let site = try TestSite(.postgresql, ["001_a_default_upgrade.sql": text])
    let outcome = try site.run("db_sync", "--quiet")
    outcome.expectSuccess("")
    #expect(outcome.messages.contains("large") && !outcome.messages.contains("small"))
  }

  @Test(arguments: Engine.allCases)
  func `an error stays, with where the database stands`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    let outcome = try site.run("db_sync", "--quiet", "--transaction", "version")
    outcome.expectFailure(1, naming: ["002_b_default_upgrade.sql:1", "applied:\n  core: 0 -> 1\n"])
    #expect(outcome.messages.hasPrefix("error: "))
  }

  @Test func `what is asked for is shown, and a log file takes the rest`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let log = site.folder.path("log")
    try site.run("db_sync", "-q", "--log-file", log).expectSuccess("")
    let text = try String(contentsOfFile: log, encoding: .utf8)
    for fact in ["[2/2] core 1 -> 2", "INFO core: 0 -> 2", "Done: 2 versions"] {
      #expect(text.contains(fact), "\(text)")
    }
    try site.run("db_version", "-q").expectSuccess("2\n")
    #expect(try site.run("db_status", "-q").output == site.run("db_status").output)
    let document = try site.run("db_sync", "-q", "--json").document()
    #expect(document["ok"] as? Bool == true)
  }
}
