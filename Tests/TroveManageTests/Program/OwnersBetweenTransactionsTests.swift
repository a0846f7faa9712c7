import Testing
import TroveManage

/// What is known of owners is kept from one transaction of a run to the next, as long as it is right.
@Suite struct OwnersBetweenTransactionsTests {
  /// A run of core's scripts with a commit for each version that could be there before; another session does something once `version` is
  /// committed.
  private static func migrator(
    in database: TestDatabase, _ scripts: [String: String], after version: Int,
    _ other: @escaping () throws -> Void
  ) throws -> Migrator {
    let folder = try database.folder.writeRepository("core", scripts: scripts)
    return try database.migrator(
      [folder], scope: .version, rules: { [OwnershipRule($0)] },
      report: { event in
        guard case .committed(let steps) = event, steps.last?.to == version else { return }
        #expect(throws: Never.self) { try other() }
      })
  }

  @Test(arguments: Engine.allCases)
  func `what another session records between two transactions of a run counts`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let scripts = [
      "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
      "002_b_default_upgrade.sql": "CREATE TABLE IF NOT EXISTS b (id INTEGER);",
      "003_c_default_upgrade.sql": "CREATE TABLE IF NOT EXISTS c (id INTEGER);",
      "004_b_default_upgrade.sql": "ALTER TABLE b ADD COLUMN more INTEGER;",
    ]
    let migrator = try Self.migrator(in: database, scripts, after: 3) {
      try database.execute(
        "UPDATE trove_migrate_objects SET repository_id = 'somebody' WHERE object_name = 'b'")
    }

    let failure = #expect(throws: RunFailure.self) { try migrator.run() }

    let text = "\(try #require(failure).error)"
    #expect(text.contains("alters b, which somebody owns"), "\(text)")
    #expect(failure?.report?.after.map(\.version) == [3])
  }

  @Test(arguments: Engine.allCases)
  func `what another session makes between two transactions of a run is nobody's`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let scripts = [
      "001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER);",
      "002_b_default_upgrade.sql": "CREATE TABLE IF NOT EXISTS b (id INTEGER);",
      "003_c_default_upgrade.sql": "CREATE INDEX i ON a (id);\nCREATE TABLE c (id INTEGER);",
    ]
    let migrator = try Self.migrator(in: database, scripts, after: 2) {
      try database.execute("CREATE TABLE outside (id INTEGER)")
    }
    _ = try migrator.run()
    let owned = try database.rows(
      "SELECT object_name, version FROM trove_migrate_objects ORDER BY 1")
    #expect(owned == [["a", "3"], ["b", "2"], ["c", "3"]])
  }

  @Test func `one transaction of many asks no more than one of few`() throws {
    let counts = try [4, 8, 12].map { count in
      let names = (1...count).map { $0 < 10 ? "00\($0)" : "0\($0)" }
      let scripts = names.map {
        ("\($0)_x_default_upgrade.sql", "CREATE TABLE IF NOT EXISTS t\($0) (id INTEGER);")
      }
      let site = try TestSite(
        .sqlite, Dictionary(uniqueKeysWithValues: scripts), options: "transaction = version")
      let outcome = try site.run("--debug", "db_sync")
      outcome.expectSuccess()
      let lines = outcome.messages.split(separator: "\n")
      return (
        all: lines.count, reads: lines.count { $0.contains("rootpage") && !$0.contains("rowid >") }
      )
    }
    #expect(counts[2].all - counts[1].all == counts[1].all - counts[0].all)
    #expect(counts.allSatisfy { $0.reads == counts[0].reads })
  }
}
