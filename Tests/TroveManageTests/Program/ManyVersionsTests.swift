import Testing
import TroveManage

/// More versions than PostgreSQL should remember a version row of.
@Suite struct ManyVersionsTests {
  private static func site(_ engine: Engine, _ scripts: [Int: String] = [:]) throws -> TestSite {
    var files = ["0001_t_default_upgrade.sql": "CREATE TABLE t (id INTEGER);"]
    for number in 2...2100 {
      let name = String(repeating: "0", count: 4 - String(number).count) + String(number)
      files["\(name)_t_default_upgrade.sql"] =
        scripts[number] ?? "INSERT INTO t VALUES (\(number));"
    }
    return try TestSite(engine, files)
  }

  @Test(arguments: Engine.allCases)
  func `each has its line in the journal, and the row ends at the last`(engine: Engine) throws {
    let site = try Self.site(engine)
    let outcome = try site.run("--debug", "db_sync")
    outcome.expectSuccess()
    #expect(try site.database.rows("SELECT version FROM core_version") == [["2100"]])
    #expect(try site.database.rows("SELECT count(*) FROM t") == [["2099"]])
    let journal = try site.database.rows(
      """
      SELECT count(*), count(DISTINCT to_version), sum(to_version - from_version)
      FROM trove_migrate_journal
      """)
    #expect(journal == [["2100", "2100", "2100"]])
    let updates = outcome.messages.split(separator: "\n").count { $0.contains("UPDATE ") }
    #expect(engine == .sqlite ? updates >= 2100 : updates < 20, "\(updates) updates")
  }

  @Test(arguments: Engine.allCases)
  func `a script that moves the row in their middle undoes all`(engine: Engine) throws {
    let site = try Self.site(engine, [1500: "UPDATE core_version SET version = 7;"])
    let outcome = try site.run("db_sync")
    #expect(outcome.status == 1, "\(outcome.messages.suffix(500))")
    #expect(outcome.messages.contains("nothing was changed"))
    #expect(try !site.database.tables().contains("t"))
  }
}
