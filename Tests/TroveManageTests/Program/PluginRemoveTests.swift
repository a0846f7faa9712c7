import Foundation
import Testing
import TroveManage

/// `plugin_remove` takes a plugin away, wholly or not at all.
@Suite struct PluginRemoveTests {
  @Test(arguments: Engine.allCases, ["plugin", "./plugin"])
  func `nothing of the plugin is left, and all else is as it was`(
    engine: Engine, name: String
  ) throws {
    let site = try TestSite.withPlugin(engine)
    let others = try site.database.rows(
      "SELECT object_name, fingerprint FROM trove_migrate_objects WHERE repository_id = 'core' ORDER BY 1"
    )
    let outcome = try site.run("plugin_remove", name, "--yes")
    outcome.expectSuccess()
    #expect(
      outcome.output.hasPrefix(
        "Removed: table person\nDone: nothing of plugin is left, it stood at 1; "))
    #expect(
      outcome.output.hasSuffix(
        "Take ./plugin out of db_plugins in \(site.conf):2:14, or the next db_sync makes it anew\n")
    )
    #expect(try site.memory(of: "plugin") == [])
    #expect(try !site.ownTables().contains("person"))
    #expect(try site.lastEntries(2) == [["downgrade", "1", "0"], ["drop", "0", "0"]])
    #expect(try site.run("db_history").output.contains(" drop at 0 "))
    #expect(try site.database.rows("SELECT id FROM instances ORDER BY 1") == [["1"], ["2"]])
    #expect(
      try site.database.rows(
        "SELECT object_name, fingerprint FROM trove_migrate_objects ORDER BY 1") == others)
    try site.run("db_sync").expectSuccess()
    #expect(try site.database.rows("SELECT id FROM person") == [["1"]])
    try site.run("plugin_remove", name, "--yes").expectSuccess()
    try site.writeConf()
    try site.run("db_check").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `what is not there is nothing to do`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.run("plugin_remove", "plugin", "--yes").expectSuccess()
    let before = try site.contents()
    let words = """
      Nothing to do: nothing of plugin is in the database
      Take ./plugin out of db_plugins in \(site.conf):2:14, or the next db_sync makes it anew

      """
    try site.run("plugin_remove", "plugin", "--yes").expectSuccess(words)
    try site.run("plugin_remove", "plugin", "--yes", "--detach").expectSuccess(words)
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `a plugin that stands at 0 loses its row`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.run("db_downgrade", "0", "--repo_path", "plugin").expectSuccess()
    #expect(try site.version("plugin") == 0)
    let outcome = try site.run("plugin_remove", "plugin", "--yes")
    outcome.expectSuccess()
    #expect(outcome.output.hasPrefix("Done: nothing of plugin is left, it stood at 0; "))
    #expect(try site.memory(of: "plugin") == [])
    #expect(try site.lastEntries(1) == [["drop", "0", "0"]])
  }

  @Test(arguments: Engine.allCases)
  func `what its scripts leave is named, and nothing is committed`(engine: Engine) throws {
    let site = try TestSite.withPlugin(
      engine, down: "ALTER TABLE person RENAME TO people; CREATE TABLE extra (id INTEGER);")
    try site.writePlugin(2, "CREATE VIEW seen AS SELECT id FROM instances;")
    try site.writeDowngrade("SELECT 1;", of: 2)
    try site.run("db_sync").expectSuccess()
    try site.expectFailure(
      4, "plugin_remove", "plugin", "--yes",
      naming: [
        "table extra is left of plugin\ntable people is left of plugin\nview seen is left of plugin\nhint: ",
        "a downgrade script", "plugin_remove plugin --detach",
      ])
    #expect(try site.version("plugin") == 2)
  }

  @Test(arguments: Engine.allCases)
  func `what is left at version 0 is found, too`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine, down: "SELECT 1;")
    try site.run("db_downgrade", "0", "--repo_path", "plugin").expectSuccess()
    try site.expectFailure(
      4, "plugin_remove", "plugin", "--yes", naming: ["table person is left of plugin"])
  }

  @Test(arguments: Engine.allCases)
  func `without records the scripts tell what must not be left`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine, down: "SELECT 1;")
    for name in ["objects", "owners", "journal"] {
      try site.database.execute("DROP TABLE trove_migrate_\(name)")
    }
    let before = try site.everything()
    try site.run("plugin_remove", "plugin", "--yes").expectFailure(
      4, naming: ["table person is left of plugin"])
    #expect(try site.everything() == before)
    try site.writeDowngrade("DROP TABLE person;")
    try site.run("plugin_remove", "plugin", "--yes").expectSuccess()
    #expect(try site.memory(of: "plugin") == [])
    #expect(try site.lastEntries(2) == [["downgrade", "1", "0"], ["drop", "0", "0"]])
  }

  @Test(arguments: Engine.allCases)
  func `a trigger on another's table is left, too`(engine: Engine) throws {
    let site = try TestSite.withOwners(
      engine,
      plugin: engine == .sqlite
        ? "CREATE TRIGGER late AFTER INSERT ON log BEGIN SELECT 1; END;"
        : "CREATE TRIGGER late AFTER INSERT ON log FOR EACH ROW EXECUTE FUNCTION instances_log();",
      cfg: "allow = core")
    try site.writeDowngrade("SELECT 1;", of: 2)
    try site.run("db_sync").expectSuccess()
    try site.expectFailure(
      4, "plugin_remove", "plugin", "--yes", naming: ["trigger late of log is left of plugin"])
  }

  @Test(arguments: Engine.allCases)
  func `foreign keys of others are named before anything runs`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.writeConf(plugins: "./plugin, ./second")
    try site.folder.writeRepository(
      "second",
      scripts: [
        "001_t_default_upgrade.sql":
          "CREATE TABLE orders (id INTEGER, buyer INTEGER REFERENCES person (id));"
      ])
    try site.run("db_sync").expectSuccess()
    try site.database.execute(
      "CREATE TABLE by_hand (a INTEGER, FOREIGN KEY (a) REFERENCES person (id))")
    let names = engine == .sqlite ? ("", "") : ("by_hand_a_fkey ", "orders_buyer_fkey ")
    try site.expectFailure(
      1, "plugin_remove", "plugin", "--yes",
      naming: [
        "table by_hand, which is nobody's, refers to person by foreign key \(names.0)(a)\n",
        "table orders of second refers to person by foreign key \(names.1)(buyer)\n",
        "hint: drop these foreign keys first",
      ])
  }

  @Test(arguments: Engine.allCases)
  func `an installed plugin that requires it refuses`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core", "two": "one >= 2"], installed: ["core": 2, "one": 3, "two": 1])
    let cause = "two requires one >= 2 (\(site.place("two")))"
    try site.expectFailure(
      4, "plugin_remove", "one", "--yes",
      naming: [
        "\(cause), and this run would leave nothing of one\nhint: ",
        "take two away first: db_downgrade 0 \(site.option("two"))",
      ])
    try site.expectFailure(
      4, "plugin_remove", "one", "--yes", "--detach",
      naming: [
        "\(cause), and this detachment would leave nothing of one\nhint: take two away first: "
      ])
    try site.run("plugin_remove", "two", "--yes").expectSuccess()
    try site.run("plugin_remove", "one", "--yes").expectSuccess()
    #expect(try site.ownTables() == ["core1", "core2"])
  }

  @Test(arguments: Engine.allCases)
  func `core is not taken away`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    for arguments in [["core"], ["core", "--detach"], ["core", "--repo_path", "core"]] {
      try site.expectFailure(
        1, ["plugin_remove", "--yes"] + arguments,
        naming: ["core is core, which is not taken away\nhint: db_downgrade 0"])
    }
  }

  @Test(arguments: Engine.allCases)
  func `a protected database keeps its plugins, but may forget them`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine, options: "protected = true")
    try site.expectFailure(
      1, "plugin_remove", "plugin", "--yes",
      naming: ["plugin_remove is refused", "[migrate] protected = true"])
    try site.run("plugin_remove", "plugin", "--yes", "--detach").expectSuccess()
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `all of it is one transaction, whatever the conf file says`(
    engine: Engine, scope: String
  ) throws {
    let site = try TestSite.withPlugin(
      engine, down: "SELECT * FROM nowhere;", options: "transaction = \(scope)")
    try site.writePlugin(2, "CREATE TABLE more (id INTEGER);")
    try site.writeDowngrade("DROP TABLE more;", of: 2)
    try site.run("db_sync").expectSuccess()
    try site.expectFailedStep(
      "plugin_remove", "plugin", "--yes",
      naming: ["nowhere", "rolled back: 1 version\nnothing was changed"])
  }

  @Test(arguments: Engine.allCases)
  func `a script outside a transaction is refused before anything runs`(engine: Engine) throws {
    let site = try TestSite.withPlugin(
      engine, down: "-- migrate: no-transaction\nDROP TABLE person;")
    let script = site.folder.path("plugin/versions/001_person_default_downgrade.sql")
    let outcome = try site.expectFailure(
      1, "plugin_remove", "plugin", "--yes",
      naming: [
        "\(script): the downgrade of plugin from 1 to 0 runs outside a transaction",
        "hint: go down to 0 by db_downgrade before", "plugin_remove --detach",
      ])
    #expect(!outcome.messages.contains("statement by statement"), "\(outcome.messages)")
    try site.run("db_downgrade", "0", "--repo_path", "plugin").expectSuccess()
    try site.run("plugin_remove", "plugin", "--yes").expectSuccess()
  }

  @Test func `a script that parts the transaction is refused before anything runs`() throws {
    let site = try TestSite.withPlugin(.postgresql)
    try site.writePlugin(2, "CREATE TYPE hue AS ENUM ('red');")
    try site.writePlugin(3, "SELECT 1;")
    try site.writeDowngrade("DROP TYPE hue;", of: 2)
    try site.writeDowngrade("ALTER TYPE hue ADD VALUE 'blue';", of: 3)
    try site.run("db_sync").expectSuccess()
    try site.expectFailure(
      1, "plugin_remove", "plugin", "--yes",
      naming: ["003_x_default_downgrade.sql: the downgrade", "adds a value to a type"])
  }

  @Test(arguments: Engine.allCases)
  func `a version without a downgrade script keeps all of it`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.folder.remove("plugin/versions/001_person_default_downgrade.sql")
    try site.expectFailure(
      1, "plugin_remove", "plugin", "--yes", naming: ["version 1 of plugin has no downgrade script"]
    )
  }

  @Test(arguments: Engine.allCases)
  func `versions that come between are not late after it`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.writePlugin(3, "CREATE TABLE c (id INTEGER);")
    try site.writeDowngrade("DROP TABLE c;", of: 3)
    try site.run("db_sync").expectSuccess()
    try site.run("plugin_remove", "plugin", "--yes").expectSuccess()
    try site.writePlugin(2, "CREATE TABLE b (id INTEGER);")
    try site.run("db_sync").expectSuccess()
    try site.run("db_check").expectSuccess()
    #expect(try site.version("plugin") == 3)
    #expect(try site.ownTables().contains("b"))
  }

  @Test(arguments: Engine.allCases)
  func `where nobody can be asked it wants --yes`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    for arguments in [[], ["--detach"]] {
      let outcome = try site.expectFailure(
        2, ["plugin_remove", "plugin"] + arguments, naming: ["--yes"])
      #expect(outcome.messages.split(separator: "\n").count == 1, "\(outcome.messages)")
    }
  }

  @Test(arguments: Engine.allCases)
  func `a person sees what will be gone and types the id`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    try site.database.execute("INSERT INTO person VALUES (2, 2)")
    let before = try site.contents()
    let question = "Type its id, plugin, to go on:"
    for answer in ["yes", ""] {
      let outcome = try site.ask("plugin_remove", "plugin", question: question, answer: answer)
      #expect(outcome.status == 1)
      #expect(
        outcome.messages.contains(
          "All that plugin owns will be gone:\n  table person with 2 rows\n\(question)\n"))
      #expect(outcome.messages.contains("error: that is not its id; nothing was changed"))
      #expect(try site.contents() == before)
    }
    try site.ask("plugin_remove", "plugin", question: question, answer: "plugin").expectSuccess()
    #expect(try site.memory(of: "plugin") == [])
  }

  @Test(arguments: Engine.allCases)
  func `a document says what is gone and what is left`(engine: Engine) throws {
    let site = try TestSite.withPlugin(engine)
    let outcome = try site.run("plugin_remove", "plugin", "--yes", "--json")
    outcome.expectSuccess()
    let document = try outcome.document()
    let removal = try #require(document["removal"] as? [String: Any])
    #expect(removal["outcome"] as? String == "removed")
    #expect(removal["repository"] as? String == "plugin")
    #expect(removal["version"] as? Int == 1)
    let removed = try #require(removal["removed"] as? [[String: String]])
    #expect(removed == [["kind": "table", "name": "person"]])
    #expect((removal["left"] as? [Any])?.isEmpty == true)
    #expect(removal["entry_place"] as? String == "\(site.conf):2:14: [DEFAULT] db_plugins")
    #expect((document["applied"] as? [Any])?.count == 1)
  }
}
