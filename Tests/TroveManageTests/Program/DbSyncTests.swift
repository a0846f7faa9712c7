import Foundation
import Testing
import TroveManage

@Suite struct DbSyncTests {
  /// A site with core and the plugin `foo.Plugin`.
  private static func siteWithPlugin(_ engine: Engine) throws -> TestSite {
    let site = try TestSite.withTwoVersions(engine, plugins: "foo.Plugin")
    try site.folder.writeRepository(
      "plugins/foo/migrate_repo", id: "foo", table: "foo_version",
      scripts: ["003_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"])
    return site
  }

  @Test(arguments: Engine.allCases)
  func `core and plugins are brought to their versions, and the second run has nothing to do`(
    engine: Engine
  ) throws {
    let site = try Self.siteWithPlugin(engine)

    let first = try site.run("db_sync")
    first.expectSuccess()
    for fact in ["core: 0 -> 2\n", "foo: 0 -> 3\n", "3 versions"] {
      #expect(first.output.contains(fact), "\(first.output)")
    }
    for script in ["001_a_default", "002_b_default", "003_p_default"] {
      #expect(first.messages.contains("\(script)_upgrade.sql"), "\(first.messages)")
    }
    #expect(try site.ownTables() == ["a", "b", "p"])
    #expect(try site.version() == 2 && site.version("foo") == 3)

    let before = try site.contents()
    let second = try site.run("db_sync")
    second.expectSuccess("Nothing to do: core is at 2, foo is at 3\n")
    #expect(second.messages == "")
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `with --repo_path only that repository is moved, whatever db_plugins says`(
    engine: Engine
  ) throws {
    let site = try Self.siteWithPlugin(engine)
    let folder = site.folder.path("plugins/foo/migrate_repo")

    let outcome = try site.run("db_sync", "--repo_path", folder)
    outcome.expectSuccess()
    #expect(outcome.output.contains("foo: 0 -> 3\n") && !outcome.output.contains("core"))
    #expect(try site.ownTables() == ["p"])
    #expect(try site.database.rows("SELECT * FROM foo_version") == [["foo", folder, "3"]])

    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "p"])
  }

  @Test(arguments: Engine.allCases)
  func `with --repo_path the plugins of the conf file need not be there`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "no.such.Plugin")
    try site.run("db_sync", "--repo_path", "core").expectSuccess()
    #expect(try site.version() == 2)
  }

  @Test(arguments: Engine.allCases, ["core", "./core/", "../x/../core", "core/../core"])
  func `a relative --repo_path starts in the current folder and is recorded as given`(
    engine: Engine, path: String
  ) throws {
    let site = try TestSite.withTwoVersions(engine)
    try FileManager.default.createDirectory(
      atPath: site.folder.path("x"), withIntermediateDirectories: false)
    let isAbove = path.hasPrefix("..")
    let outcome = try TestProgram.run(
      "--config-file", site.conf, "db_sync", "--repo_path", path,
      folder: isAbove ? site.folder.path("x") : site.folder.path)
    outcome.expectSuccess()
    let recorded = try site.database.rows("SELECT repository_path FROM core_version")
    #expect(recorded == [[path]])
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 2\n")
  }

  @Test(arguments: Engine.allCases)
  func `an empty repository is nothing to do, and nothing is made`(engine: Engine) throws {
    let site = try TestSite(engine)
    let before = try site.contents()
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 0\n")
    #expect(try site.contents() == before)
  }

  @Test(
    arguments: Engine.allCases,
    [("run", 0), ("repository", 2), ("version", 3)])
  func `--transaction decides what a failure leaves, whatever the conf file says`(
    engine: Engine, sample: (scope: String, kept: Int)
  ) throws {
    let other = sample.scope == "run" ? "version" : "run"
    let site = try TestSite.withTwoVersions(
      engine, plugins: "./plugin", options: "transaction = \(other)")
    try site.folder.writeRepository(
      "plugin",
      scripts: [
        "001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);",
        "002_q_default_upgrade.sql": "CREATE TABLE q (id INTEGER); SELECT nope;",
      ])
    let outcome = try site.run("db_sync", "--transaction", sample.scope)
    let standing = [
      "  core: \(sample.kept > 0 ? "2" : "no version yet")\n",
      "  plugin: \(sample.kept > 2 ? "1" : "no version yet")\n",
    ]
    outcome.expectFailure(1, naming: ["002_q_default_upgrade.sql"] + standing)
    #expect(try site.ownTables() == Array(["a", "b", "p"].prefix(sample.kept)))
  }

  @Test(arguments: Engine.allCases)
  func `the conf file's transaction counts without the option`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, options: "transaction = version")
    try site.write("003_c_default_upgrade.sql", "SELECT nope;")
    try site.run("db_sync").expectFailure(1, naming: ["core: 2"])
    #expect(try site.version() == 2)
    try site.write("003_c_default_upgrade.sql", "CREATE TABLE c (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b", "c"])
  }

  @Test(arguments: Engine.allCases)
  func `BEGIN and COMMIT in a script are left out with a warning`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql":
          "BEGIN;\nCREATE TABLE a (id INTEGER);\n  commit;\nCREATE TABLE b (id INTEGER);\nEND;"
      ])
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    let script = site.script("001_a_default_upgrade.sql")
    for (line, word) in [("1:1", "BEGIN"), ("3:3", "commit"), ("5:1", "END")] {
      #expect(outcome.messages.contains("warning: \(script):\(line): \(word)"))
    }
    #expect(!outcome.output.contains("warning"))
    #expect(try site.ownTables() == ["a", "b"])
  }

  @Test(arguments: Engine.allCases)
  func `what looks like a script and is none is warned about`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("7_x_sqlite_upgrade.sql", "CREATE TABLE x (id INTEGER);")
    let outcome = try site.run("db_sync")
    outcome.expectSuccess()
    let warning = "warning: \(site.script("7_x_sqlite_upgrade.sql")): "
    #expect(outcome.messages.split(separator: "\n").filter { $0.hasPrefix(warning) }.count == 1)
    #expect(outcome.messages.contains("three digits"))
    #expect(try site.ownTables() == ["a", "b"])
  }

  @Test(arguments: [[], ["--json"]])
  func `a NOTICE of the server reaches standard error once`(options: [String]) throws {
    let site = try TestSite(
      .postgresql,
      [
        "001_a_postgresql_upgrade.sql": """
        DO $$ BEGIN RAISE NOTICE 'three % in a boat', 'men'; END $$;
        DROP TABLE IF EXISTS nowhere;
        """
      ])
    let outcome = try site.run(["db_sync"] + options)
    outcome.expectSuccess()
    for fact in ["three men in a boat", "\"nowhere\" does not exist, skipping"] {
      #expect(outcome.messages.components(separatedBy: fact).count == 2, "\(outcome.messages)")
      #expect(!outcome.output.contains(fact))
    }
  }

  @Test(arguments: Engine.allCases)
  func `the engine's script wins over the one for every engine, and SQL over Python`(
    engine: Engine
  ) throws {
    let site = try TestSite(engine)
    try site.write("001_a_default_upgrade.sql", "CREATE TABLE wrong (id INTEGER);")
    try site.write("001_a_\(engine.rawValue)_upgrade.sql", "CREATE TABLE a (id INTEGER);")
    try site.write("002_b.py", "raise SystemExit(1)")
    try site.write("002_b_default_upgrade.sql", "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    #expect(try site.ownTables() == ["a", "b"])
  }
}
