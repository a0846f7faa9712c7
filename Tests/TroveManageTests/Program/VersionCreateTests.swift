import Foundation
import Testing
import TroveManage

/// Scripts for whoever writes the next version.
@Suite struct VersionCreateTests {
  private let folder: TestFolder

  init() throws {
    folder = try TestFolder()
    try folder.writeRepository("r", id: "com.foo", scripts: [:])
  }

  private func run(_ arguments: String...) throws -> TestProgram.Outcome {
    try TestProgram.start(["version_create"] + arguments, folder: folder.path)
      .outcome(within: .seconds(100))
  }

  private func versions(_ repository: String = "r") throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path("\(repository)/versions"))
      .sorted()
  }

  private func text(_ name: String) throws -> String {
    try String(contentsOfFile: folder.path("r/versions/\(name)"), encoding: .utf8)
  }

  /// Runs the command, which must fail and leave the folder as it is.
  private func expectFailure(
    _ status: Int32, _ arguments: String..., in place: String = "", naming facts: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try folder.contents()
    try TestProgram.start(["version_create"] + arguments, folder: folder.path(place))
      .outcome(within: .seconds(100))
      .expectFailure(status, naming: facts, sourceLocation: sourceLocation)
    #expect(try folder.contents() == before, sourceLocation: sourceLocation)
  }

  @Test func `the next version gets an upgrade and a downgrade for each dialect`() throws {
    let place = FileSystem.realPath(of: folder.path("r"))
    try run("add person", "--repo_path", "r").expectSuccess(
      """
      r/versions/001_add_person_default_upgrade.sql
      r/versions/001_add_person_default_downgrade.sql
      Done: version 1 of com.foo
      next:
        write the statements, and take the lines `-- migrate: draft` out
        trove-manage repo_check --repo_path \(place)
        trove-manage db_sync --repo_path \(place)

      """)
    try folder.write("r/versions/041_x_mysql_upgrade.sql", "x")
    try run("b", "--repo_path", "r", "--dialects", "postgresql, sqlite").expectSuccess()
    let lone = try run("c", "--repo_path", "r", "--dialects", "sqlite", "--json")
    lone.expectSuccess()
    #expect(lone.messages.contains("no script for postgresql"))
    let creation = try #require(try lone.document()["creation"] as? [String: Any])
    #expect(creation["version"] as? Int == 43)
    #expect(
      try versions() == [
        "001_add_person_default_downgrade.sql", "001_add_person_default_upgrade.sql",
        "041_x_mysql_upgrade.sql", "042_b_postgresql_downgrade.sql", "042_b_postgresql_upgrade.sql",
        "042_b_sqlite_downgrade.sql", "042_b_sqlite_upgrade.sql", "043_c_sqlite_downgrade.sql",
        "043_c_sqlite_upgrade.sql",
      ])
  }

  @Test func `the current folder is taken when it is a repository, and never another one`() throws {
    try TestProgram.start(["version_create", "a"], folder: folder.path("r"))
      .outcome(within: .seconds(100)).expectSuccess()
    #expect(try versions() == ["001_a_default_downgrade.sql", "001_a_default_upgrade.sql"])
    try expectFailure(1, "a", naming: [folder.path, "not a repository", "hint: --repo_path"])
    try expectFailure(1, "a", in: "r/versions", naming: ["not a repository", "hint: --repo_path"])
    try folder.write("x", "")
    for (place, fact) in [("none", "no such repository"), ("x", "is a file")] {
      try expectFailure(1, "a", "--repo_path", place, naming: [place, fact])
    }
    try expectFailure(1, "a", "--repo_path", ".", naming: ["no migrate.cfg", "hint: "])
  }

  @Test(arguments: [
    "add person", "it's \"quoted\". twice", "a  b__c", "_x", "Ünïcode $1 (two)", "trailing.",
    "default upgrade", "2fa",
  ])
  func `the names are those that sqlalchemy-migrate gives, and it reads them`(
    description: String
  ) throws {
    try folder.writeRepository("theirs", scripts: [:])
    _ = try Reference.python(
      "from migrate.versioning import api; api.script_sql('default', *sys.argv[1:])", description,
      folder.path("theirs"))
    try run(description, "--repo_path", "r").expectSuccess()
    #expect(try versions() == versions("theirs"))
    let latest = try Reference.python(
      """
      from migrate.versioning.repository import Repository
      v = Repository(sys.argv[1]).version()
      print(v.version, v.script('sqlite', 'upgrade').path == sys.argv[2])
      """, folder.path("r"), folder.path("r/versions/\(try versions()[1])"))
    #expect(latest == "1 True")
    #expect(try Repository(folder: Path(folder.path("r"))).versions == [1])
  }

  @Test(arguments: Engine.allCases)
  func `a draft is run by nobody, and once it is written it runs`(engine: Engine) throws {
    let site = try TestSite(engine)
    let create = ["version_create", "a", "--repo_path", "core", "--dialects", engine.rawValue]
    try site.run(create).expectSuccess()
    let upgrade = site.script("001_a_\(engine)_upgrade.sql")
    for command in [["db_sync"], ["db_sync", "--dry_run"], ["db_sync", "--sql"]] {
      try site.expectFailure(
        1, command,
        naming: ["\(upgrade):2:13: the script is a draft", "hint: write its statements"])
    }
    try site.write(
      "001_a_\(engine)_upgrade.sql",
      String(contentsOfFile: upgrade, encoding: .utf8).replacing("-- migrate: draft\n", with: "")
        + "CREATE TABLE a (id INTEGER);\n")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a"])
    try site.expectFailure(
      1, "db_downgrade", "0", naming: ["001_a_\(engine)_downgrade.sql:2:13", "draft"])
    try site.write("001_a_\(engine)_downgrade.sql", "-- a\nDROP TABLE a;")
    try site.run("db_downgrade", "0").expectSuccess()
    #expect(try site.ownTables().isEmpty)
  }

  @Test func `repo_check has nothing against what is made but that it is a draft`() throws {
    for arguments in [
      ["repo_create", "new", "com.new"], ["version_create", "first one", "--repo_path", "new"],
      [
        "version_create", "second one", "--repo_path", "new", "--dialects", "postgresql,sqlite",
      ],
    ] {
      try TestProgram.start(arguments, folder: folder.path).outcome(within: .seconds(100))
        .expectSuccess()
    }
    let outcome = try TestProgram.start(
      ["repo_check", "--repo_path", "new", "--json"], folder: folder.path
    ).outcome(within: .seconds(100))
    let found = try #require(try outcome.document()["diagnostics"] as? [[String: Any]])
    #expect(outcome.status == 4)
    #expect(found.map { $0["rule"] as? String } == Array(repeating: "draft-script", count: 6))
  }

  @Test func `a description that cannot be one is refused with a remedy`() throws {
    let long = String(repeating: "ü", count: 120)
    for (description, fact) in [
      ("", "is empty"), (" . ", "is empty"), ("a/b", "'/'"), ("a\tb", "control character"),
      (long, "255 bytes"), ("x ibm_db_sa", "ibm_db_sa"),
    ] {
      try expectFailure(2, description, "--repo_path", "r", naming: [fact, "hint: "])
    }
  }

  @Test func `wrong dialects are refused with those that there are`() throws {
    for (list, fact) in [
      ("mysql", "default, sqlite, postgresql, not 'mysql'"), ("sqlite,,default", "not ''"),
      ("", "not ''"), ("sqlite,sqlite", "sqlite twice"),
    ] {
      try expectFailure(2, "a", "--repo_path", "r", "--dialects", list, naming: [fact])
    }
  }

  @Test func `timestamps are the time in UTC, and never the same`() throws {
    try folder.write(
      "r/migrate.cfg",
      "[db_settings]\nrepository_id=r\nversion_table=v\nuse_timestamp_numbering=Yes\n")
    let start = Date()
    for name in ["a", "b", "c"] { try run(name, "--repo_path", "r").expectSuccess() }
    let numbers = try Repository(folder: Path(folder.path("r"))).versions
    #expect(numbers.count == 3)
    let format = DateFormatter()
    format.dateFormat = "yyyyMMddHHmmss"
    format.timeZone = TimeZone(identifier: "UTC")
    format.locale = Locale(identifier: "en_US_POSIX")
    let first = try #require(Int(format.string(from: start)))
    let last = try #require(Int(format.string(from: Date(timeIntervalSinceNow: 60))))
    #expect(numbers.allSatisfy { $0 >= first && $0 <= last }, "\(numbers)")
    #expect(VersionNumbering.timestamps.next(after: 0, at: 0) == 19_700_101_000_000)
    #expect(VersionNumbering.timestamps.next(after: 0, at: 951_782_399) == 20_000_228_235_959)
    #expect(
      VersionNumbering.timestamps.next(after: 20_000_228_235_959, at: 951_782_399)
        == 20_000_228_235_960)
  }

  @Test func `bad numbering is named, and a number is never used up twice`() throws {
    let config = "[db_settings]\nrepository_id=r\nversion_table=v\nuse_timestamp_numbering="
    try folder.write("r/migrate.cfg", config + "maybe\n")
    try expectFailure(
      1, "a", "--repo_path", "r", naming: ["r/migrate.cfg:4:25", "maybe", "hint: "])
    try folder.write("r/migrate.cfg", config + "no\n")
    try folder.write("r/versions/\(Int.max)_a_default_upgrade.sql", "x")
    try expectFailure(1, "a", "--repo_path", "r", naming: ["\(Int.max)", "hint: "])
  }

  @Test(arguments: ["True", "False"])
  func `many at once get numbers of their own`(timestamps: String) throws {
    try folder.write(
      "r/migrate.cfg",
      "[db_settings]\nrepository_id=r\nversion_table=v\nuse_timestamp_numbering=\(timestamps)\n")
    let runs = try (0..<12).map { number in
      try TestProgram.start(
        ["version_create", "v\(number % 3)", "--repo_path", "r"], folder: folder.path)
    }
    for run in runs { try run.outcome(within: .seconds(100)).expectSuccess() }
    #expect(try Repository(folder: Path(folder.path("r"))).versions.count == 12)
  }

  @Test func `templates of the repository take the place of the built-in ones`() throws {
    try folder.write(
      "r/templates/upgrade.sql",
      "-- {{repository_id}} {{version}} {{dialect}} {{operation}}: {{description}} ({{stem}})\n")
    try folder.write("r/templates/postgresql_upgrade.sql", "SET ROLE foo;\n")
    let outcome = try run(
      "say 'x'", "--repo_path", "r", "--dialects", "default,postgresql")
    outcome.expectSuccess()
    #expect(outcome.output.contains("draft"))
    #expect(
      try text("001_say_x__default_upgrade.sql")
        == "-- com.foo 1 default upgrade: say 'x' (001_say_x_)\n")
    #expect(try text("001_say_x__postgresql_upgrade.sql") == "SET ROLE foo;\n")
    #expect(try text("001_say_x__postgresql_downgrade.sql").contains("-- migrate: draft\n"))
    try folder.write("r/templates/downgrade.sql", "-- nothing\n")
    let finished = try run("b", "--repo_path", "r")
    #expect(finished.status == 0 && !finished.output.contains("draft"))
    try folder.write("r/templates/downgrade.sql", "-- {{Version}}\n")
    try expectFailure(
      1, "b", "--repo_path", "r",
      naming: ["r/templates/downgrade.sql:1:4: {{Version}}", "hint: ", "{{version}}"])
    try folder.write("r/templates/downgrade.sql", " ")
    try expectFailure(1, "b", "--repo_path", "r", naming: ["downgrade.sql", "empty", "hint: "])
  }

  @Test func `nothing is left of a version for which there is no room`() throws {
    let disk = try SmallDisk()
    try TestProgram.run("repo_create", "\(disk.path)/r", "com.foo").expectSuccess()
    // Room for the first script, and not for the second.
    try disk.fill(leaving: 4096)
    let outcome = try TestProgram.run("version_create", "a", "--repo_path", "\(disk.path)/r")
    outcome.expectFailure(1, naming: ["001_a_default_downgrade.sql", "no space"])
    let left = try FileManager.default.contentsOfDirectory(atPath: "\(disk.path)/r/versions")
    #expect(left.isEmpty, "\(left)")
  }
}
