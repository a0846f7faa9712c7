import Foundation
import Testing
import TroveManage

/// What another runner does to a neighbour while this one waits for the lock counts.
@Suite struct ContractRaceTests {
  /// What a run says that waits until another runner has put the plugin `one` at version 2.
  private static func outcome(
    of arguments: [String], in site: TestSite
  ) throws -> TestProgram.Outcome {
    let other = try site.database.connect()
    try other.begin(LockWait(limit: .zero))
    defer { other.rollback() }
    try other.execute([Command("UPDATE one_version SET version = 2", requiredChanges: 1)])
    let runner = try site.start(arguments)
    try waitUntil("the runner that waits") {
      try runner.said().contains("waiting") || !runner.process.isRunning
    }
    try other.commit()
    return try runner.outcome(within: .seconds(60))
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `a plugin that another runner installs meanwhile is not passed by`(
    engine: Engine, scope: String
  ) throws {
    let site = try TestSite.withContracts(engine, ["one": "core < 5"], installed: ["core": 4])
    try site.run("db_version_control", "--repo_path", site.folder.path("one")).expectSuccess()
    let tables = try site.ownTables()
    let outcome = try Self.outcome(
      of: ["db_sync", "--repo_path", "core", "--transaction", scope], in: site)
    outcome.expectFailure(
      4, naming: ["waiting", "one requires core < 5", "nothing was changed", "core: 4"])
    #expect(try site.version() == 4 && site.ownTables() == tables)
  }

  @Test(arguments: Engine.allCases)
  func `a plugin that another runner moves within what it allows is no hindrance`(
    engine: Engine
  ) throws {
    let site = try TestSite.withContracts(engine, ["one": "core < 7"], installed: ["core": 4])
    try site.run("db_version_control", "--repo_path", site.folder.path("one")).expectSuccess()
    try Self.outcome(of: ["db_upgrade"], in: site).expectSuccess()
    #expect(try site.version() == 6)
  }

  @Test(arguments: Engine.allCases)
  func `a stamp is checked under the lock, too`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core < 5"])
    try site.run("db_version_control", "--repo_path", site.folder.path("one")).expectSuccess()
    let outcome = try Self.outcome(of: ["db_version_control", "--version", "6"], in: site)
    outcome.expectFailure(4, naming: ["one requires core < 5", "this stamp would leave core at 6"])
    #expect(try !site.database.tables().contains("core_version"))
  }
}
