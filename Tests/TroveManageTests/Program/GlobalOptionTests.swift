import Foundation
import Testing
import TroveManage

@Suite struct GlobalOptionTests {
  @Test(arguments: Engine.allCases, ["db_sync", "db_status", "db_version"])
  func `global options stand before or after the command`(engine: Engine, command: String) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.run("db_sync").expectSuccess()
    let file = ["--config-file", site.conf]
    let orders = [
      file + ["--json", command], [command, "--json"] + file, file + [command, "--json"],
      ["--json", command] + file, ["--config-file=\(site.conf)", command, "--json"],
    ]
    for order in orders {
      let outcome = try TestProgram.start(order).outcome(within: .seconds(100))
      outcome.expectSuccess()
      #expect(try outcome.document()["ok"] as? Bool == true, "\(order)")
    }
  }

  @Test(arguments: Engine.allCases, [["--debug", "db_sync"], ["db_sync", "--debug"]])
  func `--debug shows statements, but no password`(engine: Engine, arguments: [String]) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        -- migrate: variables
        CREATE TABLE v (x TEXT);
        INSERT INTO v VALUES (${secrets.password}), ('\(TestSite.password)');
        """
      ], options: "[secrets]\npassword = \(TestSite.password)")
    let outcome = try site.run(arguments)
    outcome.expectSuccess()
    #expect(outcome.messages.contains("INSERT INTO v VALUES"))
  }

  @Test(arguments: Engine.allCases)
  func `a later conf file wins, option by option`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    let wrong = try site.folder.write(
      "wrong.conf", "[database]\nconnection = sqlite:///wrong.sqlite\n[migrate]\nlock_wait = 5\n")
    let arguments = ["--config-file", wrong, "--config-file", site.conf, "db_sync"]
    try TestProgram.start(arguments).outcome(within: .seconds(100)).expectSuccess()
    #expect(try site.version() == 2)
    #expect(FileSystem.kind(of: site.folder.path("wrong.sqlite")) == nil)
  }

  @Test(arguments: Engine.allCases)
  func `the conf files of a folder are read, and the last by name wins`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.folder.write("conf.d/10.conf", "[database]\nconnection = sqlite:///wrong.sqlite\n")
    try site.folder.write(
      "conf.d/20.conf", "[database]\nconnection = \(site.database.urlText)\n")
    try site.folder.write("conf.d/30.txt", "[database]\nconnection = sqlite:///wrong.sqlite\n")
    let main = try site.folder.write("main.conf", "[migrate]\ncore_repo_path = core\n")
    let arguments = ["--config-dir", site.folder.path("conf.d"), "--config-file", main, "db_sync"]
    try TestProgram.start(arguments).outcome(within: .seconds(100)).expectSuccess()
    #expect(try site.version() == 2)
    #expect(FileSystem.kind(of: site.folder.path("conf.d/wrong.sqlite")) == nil)
  }

  @Test(arguments: Engine.allCases)
  func `the environment wins over the conf files`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.writeConf(url: "sqlite:///wrong.sqlite")
    let environment = ["OS_DATABASE__CONNECTION": site.database.urlText]
    try site.run("db_sync", environment: environment).expectSuccess()
    #expect(try site.version() == 2)
    #expect(FileSystem.kind(of: site.folder.path("wrong.sqlite")) == nil)
  }

  @Test func `relative paths of a conf file start at its folder, wherever the program runs`() throws
  {
    let site = try TestSite.withTwoVersions(.sqlite, plugins: "foo.Plugin, ../other")
    let places = [("etc/plugins/foo/migrate_repo", "foo"), ("other", "other")]
    for (folder, id) in places {
      try site.folder.writeRepository(
        folder, id: id, table: "\(id)_version",
        scripts: ["001_a_default_upgrade.sql": "CREATE TABLE \(id) (id INTEGER);"])
    }
    let conf = try site.folder.write(
      "etc/trove.conf",
      """
      [DEFAULT]
      db_plugins = foo.Plugin, ../other
      db_plugins_path = plugins
      [database]
      connection = sqlite:///../test.sqlite
      [migrate]
      core_repo_path = ../core
      """)
    for folder in ["/", site.folder.path, site.folder.path("etc")] {
      let path = folder == site.folder.path ? "etc/trove.conf" : conf
      try TestProgram.run("--config-file", path, "db_sync", folder: folder).expectSuccess()
      #expect(try site.ownTables() == ["a", "b", "foo", "other"])
      #expect(try site.database.rows("SELECT count(*) FROM trove_migrate_journal") == [["4"]])
    }
  }

  @Test func `the conf file of the home folder is read when none is named`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let home = ["HOME": site.folder.path]
    let outcome = try TestProgram.run("db_sync", environment: home)
    outcome.expectSuccess()
    #expect(try site.version() == 2)
  }

  @Test func `the checkout's conf file works from any folder`() throws {
    let site = try TestSite(.sqlite)
    let environment = ["OS_DATABASE__CONNECTION": site.database.urlText]
    let conf = Checkout.root.appending("conf/trove.conf").text
    try TestProgram.run("--config-file", conf, "db_sync", environment: environment, folder: "/")
      .expectSuccess()
    let status = try TestProgram.run(
      "--config-file", conf, "db_status", environment: environment, folder: "/")
    status.expectSuccess()
    #expect(status.output.contains("plugin"))
  }

  @Test(arguments: Engine.allCases)
  func `script variables are options of the conf file`(engine: Engine) throws {
    let site = try TestSite(
      engine,
      [
        "001_a_default_upgrade.sql": """
        -- migrate: variables
        CREATE TABLE v (x TEXT, y TEXT, z TEXT);
        INSERT INTO v VALUES (${greetings.morning}, ${greetings.evening:good night}, '${x.y}');
        """
      ], options: "[greetings]\nmorning = it's a \\ fine 100% day")
    try site.run("db_sync").expectSuccess()
    let rows = try site.database.rows("SELECT * FROM v")
    #expect(rows == [["it's a \\ fine 100% day", "good night", "${x.y}"]])
  }
}
