import Foundation
import Testing
import TroveManage

@Suite struct BadRepositoryTests {
  /// Something that is no repository, at the path `repository` of a folder.
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// What is there, by path.
    let files: [String: String]
    /// The path to blame, with the line if there is one.
    let place: String
    /// What the message names besides.
    let facts: [String]

    init(
      _ testDescription: String, _ files: [String: String], at place: String = "repository",
      naming facts: String...
    ) {
      self.testDescription = testDescription
      self.files = files
      self.place = place
      self.facts = facts
    }
  }

  private static let script = "repository/versions/001_a_default_upgrade.sql"
  private static let config = "repository/migrate.cfg"

  /// A repository whose `migrate.cfg` is `text`.
  private static func repository(_ text: String) -> [String: String] {
    [config: text, script: "CREATE TABLE a (id INTEGER);"]
  }

  private static func repository(table: String) -> [String: String] {
    repository("[db_settings]\nrepository_id = core\nversion_table = \(table)\n")
  }

  static let cases = [
    Case("nothing at all", [:]),
    Case("a file", ["repository": "text"], naming: "file"),
    Case(
      "no migrate.cfg", [script: "CREATE TABLE a (id INTEGER);"], naming: "migrate.cfg"),
    Case(
      "no versions", [config: "[db_settings]\nrepository_id = a\nversion_table = b\n"],
      naming: "versions/"),
    Case(
      "versions is a file",
      [
        config: "[db_settings]\nrepository_id = a\nversion_table = b\n",
        "repository/versions": "text",
      ], naming: "versions"),
    Case(
      "no repository_id", repository("[db_settings]\nversion_table = b\n"), at: config,
      naming: "repository_id", "[db_settings]"),
    Case(
      "an empty repository_id", repository("[db_settings]\nrepository_id =\nversion_table = b\n"),
      at: config, naming: "repository_id"),
    Case(
      "no version_table", repository("[db_settings]\nrepository_id = a\n"), at: config,
      naming: "version_table", "[db_settings]"),
    Case(
      "another section", repository("[settings]\nrepository_id = a\nversion_table = b\n"),
      at: config, naming: "[db_settings]"),
    Case("an empty migrate.cfg", repository(""), at: config, naming: "[db_settings]"),
    Case(
      "a version table that is SQL", repository(table: "x; DROP TABLE y"), at: config,
      naming: "x; DROP TABLE y", "letters"),
    Case(
      "a version table with a digit in front", repository(table: "1st"), at: config, naming: "1st",
      "letters"),
    Case(
      "a version table of the engine's", repository(table: "sqlite_master"), at: config,
      naming: "sqlite_master"),
    Case(
      "a version table of the journal's", repository(table: "trove_migrate_journal"),
      at: config, naming: "trove_migrate_journal"),
    Case(
      "a version table with a long name", repository(table: String(repeating: "t", count: 64)),
      at: config, naming: "at most 63"),
    Case(
      "a line that is nothing", repository("[db_settings]\nrepository_id\n"),
      at: config + ":2", naming: "="),
    Case(
      "a section that does not end", repository("[db_settings\nrepository_id = a\n"),
      at: config + ":1", naming: "]"),
    Case(
      "a setting that comes twice",
      repository("[db_settings]\nversion_table = b\nversion_table = c\n"),
      at: config + ":3", naming: "version_table", "line 2"),
  ]

  @Test(arguments: Engine.allCases, cases)
  func `what is no repository is named with what it lacks`(engine: Engine, sample: Case) throws {
    let site = try TestSite(engine)
    let facts = [site.folder.path(sample.place)] + sample.facts
    for (name, text) in sample.files { try site.folder.write(name, text) }
    let path = site.folder.path("repository")
    try site.expectFailure(1, "db_sync", "--repo_path", path, naming: facts)
  }

  @Test(arguments: cases.prefix(6))
  func `every command and every way to it says the same`(sample: Case) throws {
    let site = try TestSite(.sqlite)
    let facts = [site.folder.path(sample.place)] + sample.facts
    for (name, text) in sample.files { try site.folder.write(name, text) }
    for (command, status) in [("db_sync", Int32(1)), ("db_status", 4), ("db_version", 1)] {
      try site.expectFailure(
        status, command, "--repo_path", "repository", naming: [sample.place] + sample.facts)
    }
    try site.writeConf(plugins: "./repository")
    try site.expectFailure(1, "db_sync", naming: facts)
  }
}
