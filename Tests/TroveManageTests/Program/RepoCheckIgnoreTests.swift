import Foundation
import Testing
import TroveManage

@Suite struct RepoCheckIgnoreTests {
  /// What is found in a repository with one version, whose scripts are these; each as `line rule`.
  private func findings(_ upgrade: String, config: String = "", version: String = "001") throws
    -> [String]
  {
    let folder = try TestFolder()
    try folder.writeRepository(
      "repo",
      scripts: [
        "\(version)_a_default_upgrade.sql": upgrade,
        "\(version)_a_default_downgrade.sql": "-- Nothing.",
      ])
    let text = try String(contentsOfFile: folder.path("repo/migrate.cfg"), encoding: .utf8)
    try folder.write("repo/migrate.cfg", "\(text)\n\(config)")
    let outcome = try TestProgram.run(
      "repo_check", "--repo_path", "repo", "--json", folder: folder.path)
    let found = try #require(try outcome.document()["diagnostics"] as? [[String: Any]])
    // Their tables are nobody's.
    return found.filter { $0["rule"] as? String != "unknown-table" }.map {
      "\($0["line"] ?? "") \($0["rule"] ?? "")"
    }
  }

  @Test(arguments: [
    "-- migrate: ignore drop-table: nobody uses it\nDROP TABLE a;\nDROP TABLE b;",
    "DROP TABLE a; -- migrate: ignore drop-table: nobody uses it\nDROP TABLE b;",
    "DROP TABLE -- migrate: ignore drop-table: nobody uses it\n  a;\nDROP TABLE b;",
    "DROP -- migrate: ignore drop-table: nobody uses it\n  TABLE\n  a;\nDROP TABLE b;",
    "\n-- Drops a.\n-- migrate: ignore select-star, drop-table: nobody uses it\n-- migrate: ignore drop-cascade: x\nDROP TABLE a;\nDROP TABLE b;",
  ])
  func `one comment is about one statement`(script: String) throws {
    let found = try findings(script)
    let last = script.split(separator: "\n", omittingEmptySubsequences: false).count
    #expect(found.filter { $0.hasSuffix("drop-table") } == ["\(last) drop-table"], "\(found)")
  }

  @Test func `one in the head, apart from any statement, is about the file`() throws {
    let comment = "-- migrate: ignore drop-table, version-gap: nobody uses them"
    #expect(try findings("\(comment)\n\nDROP TABLE a;\nDROP TABLE b;", version: "002") == [])
    #expect(
      try findings("\(comment)\n-- Drops a.\nDROP TABLE a;\nDROP TABLE b;", version: "002") == [])
    #expect(
      try findings("\(comment)\nDROP TABLE a;\nDROP TABLE b;", version: "002") == ["3 drop-table"])
  }

  @Test func `migrate_cfg ignores up to a version`() throws {
    let config = "[check]\nignore =\n  drop-table <= 3: as upstream\n  drop-cascade: everywhere"
    #expect(
      try findings("DROP TABLE a;", config: config).filter { $0.contains("drop-table") } == [])
    #expect(
      try findings("DROP TABLE a;", config: config, version: "004").contains("1 drop-table"))
  }

  @Test func `what ignores nothing is found, rule by rule`() throws {
    let comment = "-- migrate: ignore drop-table, drop-column: nobody uses it"
    #expect(try findings("\(comment)\nDROP TABLE a;") == ["1 unused-ignore"])
    // A string is no comment.
    #expect(
      try findings("SELECT '\n-- migrate: ignore drop-table: x\n';\nDROP TABLE a;") == [
        "4 drop-table"
      ])
  }

  @Test(arguments: Engine.allCases)
  func `a run takes no notice of it, wherever it stands`(engine: Engine) throws {
    let script = """
      -- migrate: ignore table-if-not-exists: a head
      -- migrate: variables
      -- migrate: ignore: and another

      CREATE TABLE a -- migrate: ignore nothing at all
        (name VARCHAR(9));
      -- migrate: ignore drop-table: before a statement
      INSERT INTO a (name) VALUES (${x.y:fine});
      """
    let site = try TestSite(engine, ["001_a_default_upgrade.sql": script])
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    #expect(!outcome.messages.contains("warning"), "\(outcome.messages)")
    #expect(try site.database.rows("SELECT name FROM a") == [["fine"]])
  }

  @Test(arguments: [
    "-- migrate: ignored", "-- migrate: ignore-all: x", "-- migrate: variables, ignore x: y",
  ])
  func `a run still refuses what only looks like it`(head: String) throws {
    let site = try TestSite(.sqlite, ["001_a_default_upgrade.sql": "\(head)\nSELECT 1;"])
    try site.expectFailure(1, "db_sync", naming: ["unknown directive"])
  }
}
