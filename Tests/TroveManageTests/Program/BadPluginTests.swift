import Testing
import TroveManage

@Suite struct BadPluginTests {
  private static let scripts = ["001_p_default_upgrade.sql": "CREATE TABLE p (id INTEGER);"]

  @Test(arguments: Engine.allCases)
  func `a plugin that is nowhere is named with every place that was tried`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "com.foo.Plugins")
    let places = ["com/foo/migrate_repo", "com/foo/Plugins/migrate_repo", "com/foo/Plugins"]
    let facts = ["\(site.conf):2", "com.foo.Plugins", "db_plugins_path"]
    try site.expectFailure(
      1, "db_sync", naming: facts + places.map { site.folder.path("plugins/\($0)\n") })
  }

  @Test(arguments: ["db_sync", "db_status"])
  func `places are tried below every folder of db_plugins_path`(command: String) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    try site.folder.write(
      "trove.conf",
      """
      [DEFAULT]
      db_plugins = one,
        two.Three
      db_plugins_path = here,there
      [database]
      connection = \(site.database.urlText)
      [migrate]
      core_repo_path = core
      """)
    try site.folder.writeRepository("here/one", scripts: Self.scripts)
    let places = ["here/two/migrate_repo", "there/two/migrate_repo", "there/two/Three"]
    try site.expectFailure(
      command == "db_status" ? 4 : 1, command,
      naming: ["\(site.conf):3", "two.Three"] + places.map(site.folder.path))
  }

  @Test(arguments: Engine.allCases)
  func `a plugin's path that leads nowhere is named`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./nowhere")
    try site.expectFailure(1, "db_sync", naming: [site.folder.path("nowhere")])
  }

  @Test(arguments: Engine.allCases)
  func `core's path that leads nowhere is named`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.folder.remove("core")
    try site.expectFailure(1, "db_sync", naming: [site.folder.path("core")])
  }

  @Test(
    arguments: Engine.allCases,
    [
      ("foo.Plugin, foo.Plugin", "foo.Plugin"),
      ("foo.Plugin, foo.Other", "foo.Other"),
      ("foo.Plugin, ./plugins/foo/migrate_repo", "./plugins/foo/migrate_repo"),
      ("foo.Plugin, plugins/../plugins/foo/migrate_repo/", "plugins/../plugins/foo/migrate_repo/"),
      ("./link, foo.Plugin", "foo.Plugin"),
      ("foo.Plugin, ./link", "./link"),
      ("foo.Plugin, ./core", "./core"),
    ])
  func `the same plugin twice is refused whatever it is called`(
    engine: Engine, sample: (plugins: String, culprit: String)
  ) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: sample.plugins)
    try site.folder.writeRepository("plugins/foo/migrate_repo", scripts: Self.scripts)
    try site.folder.link("link", to: site.folder.path("plugins/foo/migrate_repo"))
    let same = sample.culprit == "./core" ? "core" : "plugins/foo/migrate_repo"
    try site.expectFailure(
      1, "db_sync", naming: ["\(site.conf):2", sample.culprit, site.folder.path(same)])
  }

  @Test(arguments: Engine.allCases)
  func `two repositories with one id in one table are refused`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./one,./two")
    for name in ["one", "two"] {
      try site.folder.writeRepository(
        name, id: "plugin", table: "plugin_version", scripts: Self.scripts)
    }
    let facts = ["'plugin'", "plugin_version", site.folder.path("one"), site.folder.path("two")]
    try site.expectFailure(1, "db_sync", naming: facts)
  }

  @Test func `SQLite's tables are the same whatever the case of their names`() throws {
    let site = try TestSite.withTwoVersions(.sqlite, plugins: "./one,./two")
    for (name, table) in [("one", "plugin_version"), ("two", "PLUGIN_VERSION")] {
      try site.folder.writeRepository(name, id: "plugin", table: table, scripts: Self.scripts)
    }
    let facts = ["'plugin'", site.folder.path("one"), site.folder.path("two")]
    try site.expectFailure(1, "db_sync", naming: facts)
  }

  @Test(arguments: Engine.allCases)
  func `a syntax error in the third plugin leaves nothing behind`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine, plugins: "./one,./two,./three")
    for name in ["one", "two", "three"] {
      let isLast = name == "three"
      try site.folder.writeRepository(
        name,
        scripts: [
          "001_a_default_upgrade.sql": "CREATE TABLE \(name)_a (id INTEGER);",
          "002_b_default_upgrade.sql": """
          CREATE TABLE \(name)_b (id INTEGER);
          INSERT INTO \(name)_b VALUES (1);
            \(isLast ? "INSERT INTOO" : "INSERT INTO") \(name)_b VALUES (2);
          INSERT INTO \(name)_b VALUES (3);
          """,
          "003_c_default_upgrade.sql": "CREATE TABLE \(name)_c (id INTEGER);",
        ])
    }
    let script = site.folder.path("three/versions/002_b_default_upgrade.sql")

    let outcome = try site.run("db_sync")

    let facts = [
      "error: \(script):3:10: ", "INTOO", "INSERT INTOO three_b VALUES (2)", "three from 1 to 2",
    ]
    outcome.expectFailure(1, naming: facts + ["core: no version yet", "three: no version yet"])
    #expect(try site.database.tables() == [])
  }
}
