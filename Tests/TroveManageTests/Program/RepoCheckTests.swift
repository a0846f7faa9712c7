import Foundation
import Testing
import TroveManage

/// `Fixtures/mistakes` has a folder for every rule about files: a repository that breaks it, what the program says about that
/// one, and the same repository as it should be.
@Suite struct RepoCheckTests {
  private static let mistakes = Checkout.fixtures.appending("mistakes")

  /// Those that files alone show; running the scripts has tests of its own.
  private static let rules = CheckRule.allCases.filter { $0.group != .trials }

  private static func folder(_ rule: CheckRule) -> String {
    mistakes.appending(rule.rawValue).text
  }

  private func check(_ path: String, _ arguments: String..., in folder: String) throws
    -> TestProgram.Outcome
  {
    try TestProgram.run(["repo_check", "--repo_path", path] + arguments, folder: folder)
  }

  @Test(arguments: rules)
  func `every rule finds the mistake that it is for, and no other rule does`(rule: CheckRule) throws
  {
    let folder = Self.folder(rule)
    let outcome = try check("bad", in: folder)
    let golden = try String(contentsOfFile: "\(folder)/findings.txt", encoding: .utf8)
    #expect(outcome.output == golden)
    #expect(outcome.messages == "")
    #expect(outcome.status == (rule.severity == .error ? 4 : 0))
    let headings = golden.matches(of: /(?m)^bad\S*:\d+:\d+: (?:warning|error): .* \[(\S+)\]$/)
    #expect(!headings.isEmpty)
    for heading in headings { #expect(String(heading.1) == rule.rawValue) }
  }

  @Test(arguments: rules)
  func `nothing is found once it is mended`(rule: CheckRule) throws {
    let outcome = try check("good", "--strict", "--json", in: Self.folder(rule))
    outcome.expectSuccess()
    let document = try outcome.document()
    #expect((document["diagnostics"] as? [Any])?.isEmpty == true, "\(outcome.output)")
  }

  /// Those that require another repository.
  private static let lonely: Set<CheckRule> = [
    .configContract, .configUnknownSetting, .undeclaredRequirement,
  ]

  @Test(
    arguments: rules.filter { !lonely.contains($0) }, Engine.allCases)
  func `what is mended runs`(rule: CheckRule, engine: Engine) throws {
    let site = try TestSite(engine)
    let path = "\(Self.folder(rule))/good"
    try site.run("db_sync", "--repo_path", path).expectSuccess()
    let latest = try Repository(folder: Path(path)).latest
    let outcome = try site.run("db_version", "--repo_path", path)
    outcome.expectSuccess("\(latest)\n")
  }

  @Test(arguments: rules.filter { $0.severity == .error })
  func `what counts as an error ends a run`(rule: CheckRule) throws {
    let outcomes = try Engine.allCases.map { engine in
      try TestSite(engine).run("db_sync", "--repo_path", "\(Self.folder(rule))/bad")
    }
    #expect(outcomes.contains { $0.status == 1 }, "\(outcomes.map(\.messages))")
    for outcome in outcomes { outcome.expectNoInnards() }
  }

  @Test(arguments: ["trove", "com/foo/dbaas/db/plugin/migrate_repo"])
  func `our own repositories have no mistakes`(name: String) throws {
    let path = Checkout.root.appending("migrate_repos").appending(name).text
    let outcome = try check(path, "--strict", in: "/tmp")
    outcome.expectSuccess()
    #expect(outcome.output.hasSuffix("; nothing found\n"), "\(outcome.output)")
  }

  @Test func `without a folder core and the plugins are checked, by the conf file`() throws {
    let site = try TestSite(
      .sqlite, ["001_a_default_upgrade.sql": "CREATE TABLE a (id INTEGER PRIMARY KEY);"],
      plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin", scripts: ["001_b_default_upgrade.sql": "CREATE TABLE b (id INTEGER);"])
    let outcome = try site.run("repo_check")
    outcome.expectSuccess()
    #expect(outcome.output.contains("core/versions/001_a_default_upgrade.sql:1:1: warning:"))
    #expect(outcome.output.contains("plugin/versions/001_b_default_upgrade.sql:1:14: warning:"))
    #expect(outcome.output.hasSuffix("core: 1 script, plugin: 1 script; 0 errors, 3 warnings\n"))
    #expect(FileSystem.kind(of: site.folder.path("test.sqlite")) == nil)
  }

  @Test func `a check writes nothing`() throws {
    let folder = try TestFolder()
    try folder.writeRepository("repo", scripts: ["001_a_default_upgrade.sql": "DROP TABLE a;"])
    let before = try folder.contents()
    _ = try check("repo", in: folder.path)
    #expect(try folder.contents() == before)
  }
}
