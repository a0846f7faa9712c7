import Foundation
import Testing
import TroveManage

/// A repository for whoever begins one.
@Suite struct RepoCreateTests {
  private let folder: TestFolder

  init() throws { folder = try TestFolder() }

  private func run(_ arguments: String...) throws -> TestProgram.Outcome {
    try TestProgram.start(arguments, folder: folder.path).outcome(within: .seconds(100))
  }

  /// Runs the program, which must fail and leave the folder as it is.
  private func expectFailure(
    _ status: Int32, _ arguments: [String], naming facts: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = try folder.contents()
    try TestProgram.start(arguments, folder: folder.path).outcome(within: .seconds(100))
      .expectFailure(status, naming: facts, sourceLocation: sourceLocation)
    #expect(try folder.contents() == before, sourceLocation: sourceLocation)
  }

  @Test func `what is made is a repository with a version table of its own`() throws {
    let place = FileSystem.realPath(of: folder.path("a/b/repo"))
    try run("repo_create", "a/b/repo", "com.foo.dbaas").expectSuccess(
      """
      a/b/repo/migrate.cfg
      a/b/repo/versions
      Done: repository com.foo.dbaas, its version table is com_foo_dbaas_migrate_version
      next:
        trove-manage version_create 'what it does' --repo_path \(place)
        in the section [DEFAULT] of the conf file: db_plugins = \(place)
        trove-manage db_sync --repo_path \(place)

      """)
    let repository = try Repository(folder: Path(place))
    #expect(repository.id == "com.foo.dbaas")
    #expect(repository.versionTable == "com_foo_dbaas_migrate_version")
    #expect(repository.versions.isEmpty && repository.requires.isEmpty)
    try run("repo_create", "q", "com.q", "--quiet").expectSuccess("q/migrate.cfg\nq/versions\n")
  }

  @Test(arguments: [
    ("Trove Migrations", "trove_migrations_migrate_version"),
    ("3par", "_3par_migrate_version"), ("Füße.100%$", "f_e_100_migrate_version"),
    ("a'b; # c = d", "a"), ("100%", "_100_migrate_version"), ("%(here)s", "here_s_migrate_version"),
  ])
  func `sqlalchemy-migrate reads the same id and table`(name: String, table: String) throws {
    guard !name.contains("=") else {
      return try expectFailure(2, ["repo_create", "r", name], naming: ["'='", "hint: "])
    }
    try run("repo_create", "r", name).expectSuccess()
    let repository = try Repository(folder: Path(folder.path("r")))
    #expect([repository.id, repository.versionTable] == [name, table])
    let answer = try Reference.python(
      """
      from migrate.versioning.repository import Repository
      r = Repository(sys.argv[1])
      print(r.id, r.version_table, r.latest, r.use_timestamp_numbering, sep="|")
      """, folder.path("r"))
    #expect(answer == "\(name)|\(table)|0|False")
  }

  @Test func `its next steps lead to a database`() throws {
    let site = try TestSite(.sqlite)
    let made = try site.run("repo_create", "new repo", "com.foo", "--json")
    made.expectSuccess()
    let creation = try #require(try made.document()["creation"] as? [String: Any])
    let place = FileSystem.realPath(of: site.folder.path("new repo"))
    let program = "trove-manage --config-file \(site.conf)"
    #expect(
      creation["next"] as? [String] == [
        "\(program) version_create 'what it does' --repo_path '\(place)'",
        "in the section [DEFAULT] of the conf file: db_plugins = \(place)",
        "\(program) db_sync --repo_path '\(place)'",
      ])
    #expect(creation["files"] as? [String] == ["new repo/migrate.cfg", "new repo/versions"])
    #expect(creation["version_table"] as? String == "com_foo_migrate_version")
    try site.run("version_create", "a", "--repo_path", place).expectSuccess()
    try site.folder.write(
      "new repo/versions/001_a_default_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    try site.writeConf(plugins: place)
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a"])
  }

  @Test func `what is there stays as it is`() throws {
    try folder.write("full/x", "x")
    try folder.write("file", "x")
    try folder.link("lost", to: "nowhere")
    try FileManager.default.createDirectory(
      atPath: folder.path("empty"), withIntermediateDirectories: false)
    for place in ["full", "file", "empty", ".", "lost"] {
      try expectFailure(
        1, ["repo_create", place, "com.foo"], naming: ["\(place): is there already", "hint: "])
    }
    try expectFailure(1, ["repo_create", "file/x", "com.foo"], naming: ["file: is a file"])
    try expectFailure(2, ["repo_create", "", "com.foo"], naming: ["PATH"])
  }

  @Test(arguments: [
    ("", "it is empty"), (" a", "blank"), ("a\nb", "control character"), ("a,b", "','"),
    ("a >= b", "'>'"), ("[a]", "'['"), (String(repeating: "a", count: 251), "250"),
    (String(repeating: "a", count: 60), "--version_table"), ("日本", "--version_table"),
    ("sqlite.x", "--version_table"), ("trove migrate x", "--version_table"),
  ])
  func `a name that cannot be one is refused with a remedy`(name: String, fact: String) throws {
    try expectFailure(2, ["repo_create", "r", name], naming: [fact, "hint: "])
  }

  @Test func `a version table is taken as it is given, or refused`() throws {
    for table in ["", "a b", "1a", "pg_a", "sqlite_a", "trove_migrate_a", "ü"] {
      try expectFailure(
        2, ["repo_create", "r", "com.foo", "--version_table", table],
        naming: ["--version_table '\(table)'", "hint: "])
    }
    try run("repo_create", "r", "日本", "--version_table", "Foo_version").expectSuccess()
    let repository = try Repository(folder: Path(folder.path("r")))
    #expect([repository.id, repository.versionTable] == ["日本", "Foo_version"])
  }

  @Test func `templates of a folder take the place of the built-in ones`() throws {
    let config = """
      [db_settings]
      repository_id={{repository_id}}
      version_table={{version_table}}
      requires=Trove Migrations >= 7
      """
    try folder.write("t/migrate.cfg", config)
    try folder.write("t/sqlite_upgrade.sql", "-- house {{version}} {{1,2},{3}}\n")
    try folder.write("t/other.txt", "no template")
    try run("repo_create", "r", "com.foo", "--templates", "t").expectSuccess()
    let repository = try Repository(folder: Path(folder.path("r")))
    #expect(repository.requires.map(\.condition) == [">= 7"])
    #expect(
      try folder.contents().keys.filter { $0.hasPrefix("r/") }.sorted()
        == ["r/migrate.cfg", "r/templates", "r/templates/sqlite_upgrade.sql", "r/versions"])
    try run("version_create", "x", "--repo_path", "r", "--dialects", "sqlite,postgresql")
      .expectSuccess()
    let text = try String(
      contentsOfFile: folder.path("r/versions/001_x_sqlite_upgrade.sql"), encoding: .utf8)
    #expect(text == "-- house 1 {{1,2},{3}}\n")
  }

  @Test func `a bad template is named before anything is written`() throws {
    let create = ["repo_create", "r", "com.foo", "--templates", "t"]
    try expectFailure(1, create, naming: ["t: no such", "hint: "])
    try folder.write("t/upgrade.txt", "x")
    try expectFailure(1, create, naming: ["t: there is no template", "upgrade.sql"])
    let bad = [
      ("", "is empty"), ("\n", "is empty"), ("[db_settings]\n", "repository_id"),
      ("[db_settings]\nrepository_id=x\nversion_table={{version_table}}", "'x'"),
      ("no section", "t/migrate.cfg"), ("#\n  {{nothing}}", "t/migrate.cfg:2:3: {{nothing}}"),
    ]
    for (text, fact) in bad {
      try folder.write("t/migrate.cfg", text)
      try expectFailure(1, create, naming: ["t/migrate.cfg", fact, "hint: "])
    }
    try folder.write("t/migrate.cfg", bytes: [0xFF])
    try expectFailure(1, create, naming: ["t/migrate.cfg", "UTF-8", "hint: "])
  }

  @Test func `nothing is left of a repository for which there is no room`() throws {
    let disk = try SmallDisk()
    // A folder takes nothing there, a file a page.
    try disk.fill(leaving: 0)
    let outcome = try TestProgram.run("repo_create", "\(disk.path)/a/b/repo", "com.foo")
    outcome.expectFailure(1, naming: ["a/b/repo", "no space"])
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == ["filler"])
    try disk.makeRoom()
    try TestProgram.run("repo_create", "\(disk.path)/a/b/repo", "com.foo").expectSuccess()
  }

  @Test func `a folder that may not be written to is named`() throws {
    try run("repo_create", "r", "com.foo").expectSuccess()
    let versions = folder.path("r/versions")
    try FileManager.default.setAttributes([.posixPermissions: 0o555], ofItemAtPath: versions)
    defer {
      try? FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: versions)
    }
    try HumbleProgram.run("repo_create", "\(versions)/a/b", "com.foo")
      .expectFailure(1, naming: ["\(versions)/a: cannot be written: permission denied", "hint: "])
    try HumbleProgram.run("version_create", "a", "--repo_path", folder.path("r"))
      .expectFailure(1, naming: ["001_a_default_upgrade.sql", "permission denied", "hint: "])
  }

  @Test func `of many at once one makes it`() throws {
    let runs = try (0..<8).map { number in
      try TestProgram.start(["repo_create", "r", "com.foo\(number)"], folder: folder.path)
    }
    let outcomes = try runs.map { try $0.outcome(within: .seconds(100)) }
    let winners = outcomes.indices.filter { outcomes[$0].status == 0 }
    #expect(winners.count == 1)
    for outcome in outcomes where outcome.status != 0 {
      outcome.expectFailure(1, naming: ["r: is there already"])
    }
    let repository = try Repository(folder: Path(folder.path("r")))
    #expect(winners.map { "com.foo\($0)" } == [repository.id])
  }
}
