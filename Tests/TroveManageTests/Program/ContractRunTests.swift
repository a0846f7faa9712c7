import Testing
import TroveManage

/// No run leaves a contract broken; what is refused changes nothing, and the message says what helps.
@Suite struct ContractRunTests {
  @Test(arguments: Engine.allCases)
  func `a run within every range brings all to their latest versions`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core >= 3, < 7", "two": "core, one >= 3"])
    try site.run("db_sync").expectSuccess()
    #expect(try [site.version(), site.version("one"), site.version("two")] == [6, 3, 3])
  }

  @Test(arguments: Engine.allCases)
  func `core does not pass a version that a plugin of the run excludes`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core >= 3, < 5"], installed: ["core": 2])
    let facts = [
      "error: one requires core >= 3, < 5 (\(site.place("one"))), and this run would leave core at 6",
      "hint: db_upgrade --version 4, or install a one that allows 6",
      "nothing was changed; the database stands at:\n  core: 2\n",
    ]
    try site.expectFailure(4, "db_sync", naming: facts)
    try site.run("db_upgrade", "--version", "4").expectSuccess()
    try site.run("db_sync", "--repo_path", "one").expectSuccess()
    try site.expectFailure(4, "db_sync", naming: ["hint: leave core at 4, or install a one"])
  }

  @Test(arguments: Engine.allCases)
  func `a fresh database is refused before a table or file is made`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core < 5"])
    let way = "hint: db_version_control and db_upgrade --version 4, or install a one that allows 6"
    try site.expectFailure(4, "db_sync", naming: [way])
    #expect(try site.ownTables() == [])
    try site.run("db_version_control").expectSuccess()
    try site.run("db_upgrade", "--version", "4").expectSuccess()
    try site.run("db_sync", "--repo_path", site.folder.path("one")).expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `core does not pass it alone, either`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core >= 3, < 5"], installed: ["core": 4, "one": 2])
    let fact =
      "one requires core >= 3, < 5 (\(site.place("one"))), and this run would leave core at "
    for arguments in [["db_upgrade"], ["db_sync", "--repo_path", "core"]] {
      try site.expectFailure(4, arguments, naming: [fact + "6", "or install a one that allows 6"])
    }
    try site.expectFailure(4, ["db_upgrade", "--version", "5"], naming: [fact + "5"])
    let way = "hint: db_downgrade 3, or take one away first: db_downgrade 0 \(site.option("one"))"
    try site.expectFailure(4, ["db_downgrade", "2"], naming: [fact + "2", way])
    try site.run("db_downgrade", "3").expectSuccess()
    try site.run("db_downgrade", "0", "--repo_path", site.folder.path("one")).expectSuccess()
    try site.run("db_downgrade", "2").expectSuccess()
    try site.run("db_upgrade").expectSuccess()
    #expect(try site.version() == 6)
  }

  @Test(arguments: Engine.allCases)
  func `core cannot be taken away below a plugin`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core"], installed: ["core": 4, "one": 2])
    try site.expectFailure(
      4, "db_downgrade", "0",
      naming: ["one requires core (", "this run would leave nothing of core"])
    try site.run("db_downgrade", "1").expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `a plugin that comes alone needs what it requires to be there`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core >= 3, < 5"])
    let arguments = ["db_sync", "--repo_path", site.folder.path("one")]
    let cause = "one requires core >= 3, < 5 (\(site.place("one"))), and "
    try site.expectFailure(
      4, arguments,
      naming: [
        cause + "nothing of core is in the database",
        "hint: db_version_control and db_upgrade --version 4 first, or install a one that does without",
      ])
    try site.folder.require("cor", in: "one")
    try site.expectFailure(
      4, arguments, naming: ["requires cor (", "not among core and db_plugins", "'one', 'core'"])
    try site.folder.require("core >= 3, < 5", in: "one")
    try site.run("db_version_control").expectSuccess()
    try site.run("db_upgrade", "--version", "2").expectSuccess()
    try site.expectFailure(
      4, arguments,
      naming: [cause + "core is at 2", "hint: db_upgrade --version 3 first, or install a one"])
    try site.run("db_upgrade", "--version", "3").expectSuccess()
    try site.run(arguments).expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `every broken contract is told at once`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5", "two": "core < 6, nowhere >= 2", "three": "one >= 9"])
    try site.expectFailure(
      4, "db_sync",
      naming: [
        "error: one requires core < 5 (\(site.place("one"))), and this run would leave core at 6\nhint: ",
        "\nthree requires one >= 9 (\(site.place("three"))), and this run would leave one at 3\n"
          + "hint: install a one with a version >= 9, or install a three that allows 3",
        "\ntwo requires core < 6 (\(site.place("two"))), and this run would leave core at 6\nhint: ",
        "\ntwo requires nowhere >= 2 (\(site.place("two"))), which is not among core and db_plugins\n"
          + "hint: add its repository to db_plugins in the conf file",
        "known are 'core', 'one', 'two', 'three'",
      ])
    let outcome = try site.run("db_sync", "--json")
    #expect(outcome.status == 4)
    let message = (try outcome.document()["error"] as? [String: Any])?["message"] as? String
    #expect(message?.split(separator: "\n").count == 8, "\(message ?? "")")
  }

  @Test(arguments: Engine.allCases)
  func `where nothing runs nothing is checked`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5"], installed: ["core": 6, "one": 3])
    let before = try site.contents()
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 6, one is at 3\n")
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `a contract that is broken already is only in the way of its own two sides`(
    engine: Engine
  ) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5, two >= 2", "two": ""],
      installed: ["core": 6, "one": 2, "two": 1])
    try site.expectFailure(
      4, "db_sync",
      naming: ["one requires core < 5", "and core is at 6\nhint: db_downgrade 4 first"])
    // What mends one contract need not wait for the other.
    try site.run("db_sync", "--repo_path", site.folder.path("two")).expectSuccess()
    try site.run("db_downgrade", "4").expectSuccess()
    try site.run("db_sync", "--repo_path", site.folder.path("one")).expectSuccess()
    #expect(try [site.version(), site.version("one"), site.version("two")] == [4, 3, 3])
  }

  @Test(arguments: Engine.allCases)
  func `a plugin that is not installed requires nothing`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5", "two": "core < 5"], installed: ["core": 4, "two": 1])
    try site.run("db_downgrade", "0", "--repo_path", site.folder.path("two")).expectSuccess()
    try site.run("db_upgrade").expectSuccess()
    #expect(try site.version() == 6)
  }

  @Test(arguments: Engine.allCases)
  func `a newer copy of a plugin takes the place of the one in the conf file`(
    engine: Engine
  ) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5"], installed: ["core": 4, "one": 3])
    try site.folder.writeRepository(
      "new", id: "one", table: "one_version", scripts: TestSite.scripts("one", upTo: 5))
    try site.folder.require("core < 4", in: "new")
    try site.expectFailure(
      4, "db_sync", "--repo_path", site.folder.path("new"),
      naming: ["one requires core < 4 (\(site.place("new"))), and core is at 4"])
    try site.folder.require("core >= 4", in: "new")
    try site.run("db_sync", "--repo_path", site.folder.path("new")).expectSuccess()
  }

  @Test(arguments: Engine.allCases)
  func `plugins that cannot be found are no reason to fail with --repo_path`(engine: Engine) throws
  {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5", "two": ""], installed: ["core": 4, "one": 3])
    try site.writeConf(plugins: "no.such.Plugin, ./one, ./two")
    try site.folder.write("two/migrate.cfg", "nonsense")
    let outcome = try site.run("db_sync", "--repo_path", "core")
    outcome.expectFailure(4, naming: ["error: one requires core < 5"])
    for fact in ["no.such.Plugin", "\(site.folder.path("two"))/migrate.cfg:1"] {
      let warnings = outcome.messages.split(separator: "\n").filter {
        $0.hasPrefix("warning: not everything between repositories can be checked: ")
          && $0.contains(fact)
      }
      #expect(warnings.count == 1, "\(outcome.messages)")
    }
    try site.folder.require("core", in: "one")
    try site.run("db_sync", "--repo_path", "core").expectSuccess()
    #expect(try site.version() == 6)
  }
}
