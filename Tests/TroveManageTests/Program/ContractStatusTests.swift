import Foundation
import Testing
import TroveManage

/// What `db_status` says about contracts.
@Suite struct ContractStatusTests {
  /// The last column, by repository.
  private static func column(_ outcome: TestProgram.Outcome) -> [String: String] {
    let lines = outcome.output.split(separator: "\n").dropFirst()
    guard let start = lines.first?.firstRange(of: "CONTRACT")?.lowerBound, let heading = lines.first
    else { return [:] }
    let offset = heading.distance(from: heading.startIndex, to: start)
    let rows = lines.dropFirst().map { line in
      (String(line.split(separator: " ")[1]), String(line.dropFirst(offset)))
    }
    return Dictionary(uniqueKeysWithValues: rows)
  }

  @Test(arguments: Engine.allCases)
  func `a contract counts from the first version on, and is kept or broken`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core >= 3, two"])
    let fresh = try site.run("db_status")
    fresh.expectSuccess()
    #expect(Self.column(fresh) == ["core": "-", "one": "-"], "\(fresh.output)")

    try site.folder.require("core >= 3", in: "one")
    try site.run("db_sync").expectSuccess()
    let kept = try site.run("db_status")
    kept.expectSuccess()
    #expect(Self.column(kept) == ["core": "-", "one": "kept"], "\(kept.output)")

    try site.folder.require("core < 3, != 6, two >= 4", in: "one")
    let before = try site.contents()
    let broken = try site.run("db_status")
    #expect(broken.status == 4)
    #expect(
      Self.column(broken)["one"]
        == "broken: requires core < 3, != 6, is at 6; requires two >= 4, which is not among core and db_plugins"
    )
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `with --json every contract is there with its state`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core >= 3, < 6, two", "two": "core"], installed: ["core": 6, "one": 3])
    let outcome = try site.run("db_status", "--json")
    #expect(outcome.status == 4)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    let repositories = try #require(document["repositories"] as? [[String: Any]])
    #expect(repositories.map { $0["id"] as? String } == ["core", "two", "one"])
    let requires = repositories.map { $0["requires"] as? [[String: Any]] ?? [] }
    #expect(requires.map(\.count) == [0, 1, 2])
    #expect(requires[1][0]["kept"] == nil && requires[1][0]["condition"] as? String == ">= 1")
    #expect(requires[2].map { $0["repository"] as? String } == ["core", "two"])
    #expect(requires[2].map { $0["condition"] as? String } == [">= 3, < 6", ">= 1"])
    #expect(requires[2].map { $0["kept"] as? Bool } == [false, false])
  }

  @Test(arguments: Engine.allCases)
  func `with --repo_path the others are asked about, and not shown`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core >= 3"], installed: ["core": 2, "one": 3])
    let path = site.folder.path("one")
    let broken = try site.run("db_status", "--repo_path", path)
    #expect(broken.status == 4)
    #expect(Self.column(broken) == ["one": "broken: requires core >= 3, is at 2"])
    try site.run("db_upgrade", "--version", "3").expectSuccess()
    let kept = try site.run("db_status", "--repo_path", path)
    kept.expectSuccess()
    #expect(Self.column(kept) == ["one": "kept"] && kept.messages == "")
    try site.writeConf(plugins: "no.such.Plugin")
    let warned = try site.run("db_status", "--repo_path", path)
    warned.expectSuccess()
    #expect(
      warned.messages.contains("warning: not everything between repositories can be checked: "))
  }
}
