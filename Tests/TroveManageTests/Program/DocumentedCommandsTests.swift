import Foundation
import Testing

/// The command lines in the code blocks of `README.md` and `docs/`, each of which is run.
@Suite struct DocumentedCommandsTests {
  /// What there is before a command line runs.
  enum Setting {
    /// A database without anything, and a plugin.
    case fresh
    /// Both are at their latest versions.
    case synced
    /// A column of core's was added by hand after that.
    case drifted
    /// The version rows were lost after that.
    case lost
    /// The plugin has a script with a mistake.
    case mistaken
    /// The plugin's later versions are in Python, one to stay there, and the database is on a server.
    case python
  }

  /// What becomes of a command line.
  struct Treatment {
    let setting: Setting
    let status: Int32

    static func run(_ setting: Setting, status: Int32 = 0) -> Self {
      Self(setting: setting, status: status)
    }
  }

  /// By the words behind the program's name and its conf file; behind a document's name when it is about that alone.
  private static let treatments: [String: Treatment] = [
    "db_sync": .run(.fresh),
    "db_sync --repo_path /opt/foo/migrate_repo": .run(.fresh),
    "db_sync --dry_run": .run(.fresh),
    "db_sync --sql >sync.sql": .run(.fresh),
    "db_rehearse": .run(.fresh),
    "db_wait --timeout 120": .run(.synced),
    "db_check": .run(.synced),
    "README.md: db_check": .run(.drifted, status: 4),
    "--json db_check >check.json && status=0 || status=$?": .run(.synced),
    "db_adopt": .run(.lost, status: 3),
    "db_diagram --output schema.svg": .run(.synced),
    "db_history --graph": .run(.synced),
    "repo_create migrate_repo com.foo.dbaas": .run(.fresh),
    "version_create 'what it does' --repo_path /opt/foo/migrate_repo": .run(.synced),
    "version_create 'create person' --repo_path migrate_repo": .run(.fresh),
    "repo_check --repo_path migrate_repo --strict": .run(.mistaken, status: 4),
    "plugin_remove com.foo.dbaas --yes": .run(.synced),
    "repo_check --repo_path migrate_repo --round_trip --parity --scratch postgresql://trove@localhost/postgres":
      .run(.fresh),
    "repo_convert /opt/foo/migrate_repo": .run(.python, status: 4),
  ]

  private static let root = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// A command line and the document that shows it.
  struct Line: Hashable, CustomTestStringConvertible {
    let document: String
    let words: String

    var testDescription: String { "\(document): \(words)" }

    /// The lines in the code blocks of all documents.
    static func all() throws -> [Self] {
      let names = try FileManager.default.contentsOfDirectory(atPath: root.path + "/docs")
      let documents =
        ["README.md"] + names.filter { $0.hasSuffix(".md") }.sorted().map { "docs/\($0)" }
      var lines: Set<Self> = []
      for document in documents {
        let text = try String(contentsOf: root.appending(path: document), encoding: .utf8)
        // What stands between fences is every other piece.
        let pieces = text.split(separator: /(?m)^```.*$/, omittingEmptySubsequences: false)
        for (index, piece) in pieces.enumerated() where !index.isMultiple(of: 2) {
          for match in piece.matches(
            of: /(?m)^ *(?:\$ )?trove-manage (?:--config-file \/etc\/trove\/trove\.conf )?(.+)$/)
          {
            lines.insert(Self(document: document, words: String(match.1)))
          }
        }
      }
      return lines.sorted { $0.testDescription < $1.testDescription }
    }

    /// What becomes of it; `nil` when nobody said so.
    var treatment: Treatment? { treatments["\(document): \(words)"] ?? treatments[words] }

    /// The arguments of the program, with what there is in the place of the names of the documents.
    var arguments: [String] {
      get throws {
        let command = words.split(separator: " >")[0]
          .replacing("/opt/foo/migrate_repo", with: "plugin")
          .replacing("--repo_path migrate_repo", with: "--repo_path plugin")
          .replacing(
            "postgresql://trove@localhost/postgres",
            with: try TestDatabase.serverURL(database: "postgres"))
        let parts = command.split(separator: "'", omittingEmptySubsequences: false)
        return parts.enumerated().flatMap { index, part in
          index.isMultiple(of: 2)
            ? part.split(separator: " ").map(String.init) : [String(part)]
        }
      }
    }
  }

  private func site(_ setting: Setting) throws -> TestSite {
    let site =
      setting == .python
      ? try TestSite.withPython(.postgresql, plugins: "./plugin")
      : try TestSite.withTwoVersions(.sqlite, plugins: "./plugin")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_person_default_upgrade.sql": "CREATE TABLE person (id INTEGER PRIMARY KEY);",
        "001_person_default_downgrade.sql": "DROP TABLE person;",
      ])
    try site.folder.write(
      "plugin/migrate.cfg",
      "[db_settings]\nrepository_id=com.foo.dbaas\nversion_table=plugin_version\n")
    if setting == .mistaken {
      try site.folder.write(
        "plugin/versions/002_index_postgresql_upgrade.sql", "CREATE INDEX i ON person (id);")
    }
    if setting == .python {
      try site.folder.write(
        "plugin/versions/002_notes.py",
        TestSite.upgrade("migrate_engine.execute(\(TestSite.create("notes")))"))
      try site.folder.write(
        "plugin/versions/003_seed.py",
        TestSite.upgrade("migrate_engine.execute(sa.text('SELECT id FROM person')).fetchall()"))
    }
    guard [.synced, .drifted, .lost].contains(setting) else { return site }
    try site.run("db_sync").expectSuccess()
    if setting == .drifted { try site.database.execute("ALTER TABLE a ADD COLUMN x INTEGER") }
    if setting == .lost {
      try site.database.execute("DELETE FROM core_version", "DELETE FROM plugin_version")
    }
    return site
  }

  @Test func `every command line of the documents is listed, and none is listed in vain`()
    throws
  {
    let lines = try Line.all()
    #expect(lines.count >= 20)
    for line in lines { #expect(line.treatment != nil, "\(line.testDescription)") }
    let shown = Set(lines.flatMap { [$0.words, $0.testDescription] })
    for key in Self.treatments.keys { #expect(shown.contains(key), "\(key)") }
  }

  @Test(arguments: try Line.all())
  func `a command line of the documents ends as it is said to`(line: Line) throws {
    let treatment = try #require(line.treatment)
    let outcome = try site(treatment.setting).run(line.arguments)
    #expect(outcome.status == treatment.status, "\(outcome.messages)")
  }
}
