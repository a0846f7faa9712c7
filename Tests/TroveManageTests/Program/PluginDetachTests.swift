import Foundation
import Testing
import TroveManage

/// `plugin_remove --detach` forgets a plugin, and what becomes of those that are not in db_plugins any more.
@Suite struct PluginDetachTests {
  @Test(arguments: Engine.allCases)
  func `the plugin is forgotten, and its tables stay and are nobody's`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    let outcome = try site.run("plugin_remove", "./plugin", "--detach", "--yes")
    outcome.expectSuccess(
      """
      Forgotten: plugin, which stood at 1
      Left, and nobody's now: table person
      Take ./plugin out of db_plugins in \(site.conf):2:14, or the next db_sync makes it anew

      """)
    #expect(try site.memory(of: "plugin") == [])
    #expect(try site.database.rows("SELECT id FROM person") == [["1"]])
    #expect(try site.lastEntries(1) == [["detach", "1", "0"]])
    #expect(try site.run("db_history").output.contains(" detach at 1, tables stay "))
    // Nobody's: another repository's script may change it.
    try site.writeConf()
    try site.run("db_check").expectSuccess()
    try site.write("002_x_default_upgrade.sql", "ALTER TABLE person ADD COLUMN x INTEGER;")
    try site.run("db_sync").expectSuccess()
    try site.run("db_version_control", "--version", "1", "--repo_path", "plugin").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `an interrupted script is forgotten`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.writePlugin(
      2, "-- migrate: no-transaction\nCREATE TABLE one (id INTEGER);\nSELECT * FROM nowhere;")
    #expect(try site.run("db_sync").status == 1)
    #expect(try site.memory(of: "plugin").contains(["trove_migrate_progress"]))
    try site.run("plugin_remove", "plugin", "--detach", "--yes").expectSuccess()
    #expect(try site.memory(of: "plugin") == [])
  }

  @Test(arguments: Engine.allCases)
  func `one that left db_plugins goes with its folder, or is forgotten`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.writeConf()
    try site.expectFailure(
      1, "plugin_remove", "plugin", "--yes",
      naming: [
        "plugin is in the database at version 1, but no entry of db_plugins leads to its scripts\nhint: ",
        "plugin_remove 'plugin' --repo_path DIR", "plugin_remove 'plugin' --detach",
      ])
    let outcome = try site.run("plugin_remove", "plugin", "--yes", "--repo_path", "plugin")
    outcome.expectSuccess()
    #expect(!outcome.output.contains("db_plugins"))
    #expect(try site.memory(of: "plugin") == [])
    #expect(try !site.ownTables().contains("person"))

    let other = try TestSite.withPlugin(engine)
    try other.writeConf()
    try other.folder.remove("plugin")
    try other.run("plugin_remove", "plugin", "--yes", "--detach").expectSuccess(
      "Forgotten: plugin, which stood at 1\nLeft, and nobody's now: table person\n")
    #expect(try other.memory(of: "plugin") == [])
  }

  @Test(arguments: Engine.allCases, ["plugin_version", "core_version"])
  func `a row that the reference left is enough to be known`(engine: Engine, table: String) throws {
    let site = try TestSite.withPlugin(engine)
    try site.folder.write(
      "third/migrate.cfg", "[db_settings]\nrepository_id=third\nversion_table=\(table)\n")
    try site.database.execute("INSERT INTO \(table) VALUES ('third', '/nowhere', 7)")
    try site.run("plugin_remove", "third", "--yes", "--detach").expectSuccess(
      "Forgotten: third, which stood at 7\n")
    #expect(try site.memory(of: "third") == [])
    #expect(try site.memory(of: "plugin").isEmpty == false)
  }

  @Test(arguments: Engine.allCases)
  func `an entry that leads nowhere is said, with the ways out`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.folder.remove("plugin")
    try site.expectFailure(
      1, "plugin_remove", "./plugin", "--yes",
      naming: [
        "\(site.folder.path("plugin")): there is no such repository",
        "hint: give its repository_id instead", "--detach",
      ])
    try site.run("plugin_remove", "plugin", "--yes", "--detach").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a name that nobody knows is refused with those that are known`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    for arguments in [["plugni"], ["plugni", "--detach"], ["Plugin"]] {
      try site.expectFailure(
        1, ["plugin_remove", "--yes"] + arguments,
        naming: ["'\(arguments[0])' is neither", "known are 'core', 'plugin'"])
    }
    try site.expectFailure(
      1, "plugin_remove", "--yes", "other", "--repo_path", "plugin",
      naming: ["the repository_id is 'plugin', not 'other'"])
  }

  @Test(arguments: Engine.allCases)
  func `one id in two version tables is not guessed at`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.database.execute("INSERT INTO core_version VALUES ('third', '/nowhere', 7)")
    try site.database.execute("INSERT INTO plugin_version VALUES ('third', '/nowhere', 7)")
    try site.expectFailure(
      1, "plugin_remove", "third", "--yes", "--detach",
      naming: ["third is in the version tables core_version and plugin_version", "--repo_path DIR"])
    try site.folder.writeRepository("third", id: "third", table: "core_version", scripts: [:])
    try site.run("plugin_remove", "third", "--yes", "--detach", "--repo_path", "third")
      .expectSuccess("Forgotten: third, which stood at 7\n")
    try site.run("plugin_remove", "third", "--yes", "--detach").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `who holds the lock is waited for, and nothing is forgotten in vain`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine, options: "lock_wait = 0")
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .seconds(5)))
    for arguments in [[], ["--detach"]] {
      #expect(try site.run(["plugin_remove", "plugin", "--yes"] + arguments).status == 75)
    }
    holder.rollback()
    #expect(try !site.memory(of: "plugin").isEmpty)
  }

  @Test(arguments: Engine.allCases)
  func `a person sees what will be nobody's and types the id`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    let outcome = try site.ask(
      "plugin_remove", "plugin", "--detach", question: "Type its id, plugin, to go on:",
      answer: "plugin")
    outcome.expectSuccess()
    #expect(
      outcome.messages.hasPrefix(
        "The database will forget plugin. What it owns stays and will be nobody's:\n  table person\n"
      ))
  }
}
