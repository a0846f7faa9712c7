import Foundation
import Testing
import TroveManage

/// Contracts decide the order, as far as it matters to them.
@Suite struct ContractOrderTests {
  /// The repositories whose first script ran, in that order.
  private static func order(_ outcome: TestProgram.Outcome) -> [Substring] {
    outcome.messages.split(separator: "\n").filter { $0.contains(" 0 -> 1: ") }
      .compactMap { $0.split(separator: " ").dropFirst().first }
  }

  @Test(arguments: Engine.allCases)
  func `a plugin comes after those that it requires, and status lists them so`(
    engine: Engine
  ) throws {
    let site = try TestSite.withContracts(
      engine, ["four": "two, three", "three": "one", "two": "one", "one": "core >= 6", "five": ""])
    let expected = ["core", "one", "three", "two", "four", "five"]
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(Self.order(outcome).map(String.init) == expected, "\(outcome.messages)")
    let document = try site.run("db_status", "--json").document()
    let repositories = try #require(document["repositories"] as? [[String: Any]])
    #expect(repositories.map { $0["id"] as? String } == expected)
  }

  @Test(arguments: Engine.allCases)
  func `what core requires comes before it`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "", "two": ""])
    try site.folder.require("two >= 3", in: "core")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(Self.order(outcome) == ["two", "core", "one"], "\(outcome.messages)")
  }

  @Test(arguments: Engine.allCases)
  func `contracts that go round in a circle are shown with their files`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core, three", "two": "one", "three": "two"])
    let facts = [
      "error: \(site.place("one")): contracts go round in a circle",
      "\n  one requires three (\(site.place("one")))\n  three requires two (\(site.place("three")))\n"
        + "  two requires one (\(site.place("two")))\nhint: ",
    ]
    try site.expectFailure(1, "db_sync", naming: facts)
    try site.expectFailure(4, "db_status", naming: facts)
  }

  @Test(arguments: Engine.allCases)
  func `a contract that cannot be read is named, and so is how to write it`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core => 3"])
    let facts = [
      "\(site.place("one")): requires 'core => 3': '=>' is none of", "hint: write it as in",
    ]
    for arguments in [["db_sync"], ["db_sync", "--repo_path", site.folder.path("one")]] {
      try site.expectFailure(1, arguments, naming: facts)
    }
    try site.expectFailure(4, "db_status", naming: facts)
  }

  @Test(arguments: Engine.allCases)
  func `names with blanks, and timestamps, are like others`(engine: Engine) throws {
    let site = try TestSite(
      engine, ["20261123001633_a_default_upgrade.sql": "SELECT 1;"], plugins: "./p")
    try site.folder.writeRepository(
      "core", id: "Trove Migrations", table: "core_version", scripts: [:])
    try site.folder.writeRepository("p", scripts: TestSite.scripts("p", upTo: 1))
    try site.folder.require("Trove Migrations >= 20261123001634", in: "p")
    let cause =
      "p requires Trove Migrations >= 20261123001634 (\(site.place("p"))), and this run would "
    try site.expectFailure(
      4, "db_sync",
      naming: [
        cause + "leave Trove Migrations at 20261123001633", "with a version >= 20261123001634",
      ])
    try site.folder.require(
      "\n  Trove Migrations\n  # as of this release\n  >= 20261123001633", in: "p")
    try site.run("db_sync").expectSuccess()
  }
}
