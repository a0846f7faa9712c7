import Foundation
import Testing
import TroveManage

@Suite struct RepoCheckOutputTests {
  /// A folder with a repository that has a warning and an error.
  private func sample() throws -> TestFolder {
    let folder = try TestFolder()
    try folder.writeRepository(
      "my repo", table: "my_version",
      scripts: [
        "001_a_default_upgrade.sql": "CREATE TABLE é (id INTEGER); COMMIT;\nROLLBACK;",
        "001_a_default_downgrade.sql": "DROP TABLE é;",
      ])
    return folder
  }

  private func run(_ folder: TestFolder, _ arguments: String...) throws -> TestProgram.Outcome {
    try TestProgram.run(["repo_check", "--repo_path", "my repo"] + arguments, folder: folder.path)
  }

  @Test func `warnings alone are no failure, but with --strict they are errors`() throws {
    let folder = try TestFolder()
    try folder.writeRepository(
      "my repo", table: "my_version", scripts: ["001_a_default_upgrade.sql": "-- Nothing."])
    let outcome = try run(folder)
    outcome.expectSuccess()
    #expect(outcome.output.contains(": warning: version 1 has no downgrade"))
    let strict = try run(folder, "--strict")
    #expect(strict.status == 4)
    #expect(strict.output.contains(": error: version 1 has no downgrade"))
    #expect(strict.output.hasSuffix("1 script; 1 error, 0 warnings\n"))
  }

  @Test func `an editor finds the place, counted in characters`() throws {
    let path = "my repo/versions/001_a_default_upgrade.sql"
    let lines = try run(sample()).output.split(separator: "\n")
    #expect(
      lines.filter { !$0.hasPrefix("hint: ") }.map { $0.prefix { $0 != "[" } } == [
        "\(path):1:14: warning: é has no primary key ",
        "\(path):1:30: warning: COMMIT is left out: the run begins and ends transactions ",
        "\(path):2:1: error: ROLLBACK is refused: the run begins and ends transactions ",
        "my repo: 2 scripts; 1 error, 2 warnings",
      ])
    #expect(lines.count { $0.hasPrefix("hint: ") } == 3)
  }

  @Test func `JSON has the same findings`() throws {
    let outcome = try run(sample(), "--json")
    #expect(outcome.status == 4)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    let found = try #require(document["diagnostics"] as? [[String: Any]])
    #expect(
      found.map { $0["rule"] as? String } == [
        "table-without-primary-key", "transaction-control", "rollback",
      ])
    #expect(found.last?["severity"] as? String == "error")
    #expect(found.last?["path"] as? String == "my repo/versions/001_a_default_upgrade.sql")
    #expect(found.last?["line"] as? Int == 2 && found.last?["column"] as? Int == 1)
  }

  @Test func `SARIF names the rule, the place and the mend`() throws {
    let folder = try sample()
    let outcome = try run(folder, "--sarif", "findings.sarif")
    #expect(outcome.status == 4)
    let data = try Data(contentsOf: URL(filePath: folder.path("findings.sarif")))
    let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    #expect((log["$schema"] as? String)?.contains("sarif-2.1.0") == true)
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rules = try #require(driver["rules"] as? [[String: Any]])
    #expect(rules.map { $0["id"] as? String } == CheckRule.allCases.map(\.rawValue))
    let result = try #require((run["results"] as? [[String: Any]])?.last)
    #expect(result["ruleId"] as? String == "rollback")
    let index = try #require(result["ruleIndex"] as? Int)
    #expect(rules[index]["id"] as? String == "rollback")
    #expect(result["level"] as? String == "error")
    let place =
      (result["locations"] as? [[String: Any]])?.first?["physicalLocation"] as? [String: Any]
    let artifact = try #require(place?["artifactLocation"] as? [String: Any])
    #expect(artifact["uri"] as? String == "my%20repo/versions/001_a_default_upgrade.sql")
    #expect((place?["region"] as? [String: Any])?["startLine"] as? Int == 2)
  }

  @Test func `a file that is there is not overwritten`() throws {
    let folder = try sample()
    try folder.write("findings.sarif", "mine")
    let outcome = try run(folder, "--sarif", "findings.sarif")
    outcome.expectFailure(1, naming: ["findings.sarif", "nothing is overwritten"])
    #expect(try String(contentsOfFile: folder.path("findings.sarif"), encoding: .utf8) == "mine")
  }

  @Test func `the rules are documented as the program lists them`() throws {
    let outcome = try TestProgram.run("repo_check", "--rules")
    outcome.expectSuccess()
    let path = Checkout.root.appending("docs/rules.md").text
    let document = try String(contentsOfFile: path, encoding: .utf8)
    let list = outcome.output.trimmingCharacters(in: .newlines)
    #expect(document.hasSuffix("\n\n\(list)\n"), "write `repo_check --rules` to docs/rules.md anew")
    for rule in CheckRule.allCases { #expect(list.contains("- `\(rule.rawValue)` (")) }
    #expect(CheckRule.allCases.count >= 30)
    #expect(try TestProgram.run("repo_check", "--rules", "--strict").status == 2)
  }
}
