import Testing
import TroveManage

/// A version that is set without scripts keeps contracts, too, and so does one that is made anew.
@Suite struct ContractStampTests {
  @Test(arguments: Engine.allCases)
  func `a stamp that would break a contract is refused`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core >= 3"])
    try site.expectFailure(
      4, "db_version_control", "--version", "2", "--repo_path", site.folder.path("one"),
      naming: [
        "one requires core >= 3 (\(site.place("one"))), and nothing of core is in the database",
        "hint: db_sync --repo_path \(site.folder.path("core")) first, or install a one",
      ])
    try site.run("db_version_control", "--version", "3").expectSuccess()
    let outcome = try site.run(
      "db_version_control", "--version", "2", "--repo_path", site.folder.path("one"))
    outcome.expectSuccess()
    #expect(outcome.output.contains(" kept\n"), "\(outcome.output)")
    #expect(outcome.messages == "")
  }

  @Test(arguments: Engine.allCases)
  func `a stamp below or above what a plugin requires is refused`(engine: Engine) throws {
    let site = try TestSite.withContracts(engine, ["one": "core >= 3, < 5"], installed: ["one": 2])
    for version in ["2", "5"] {
      try site.expectFailure(
        4, "db_version_control", "--version", version,
        naming: [
          "one requires core >= 3, < 5 (\(site.place("one"))), and this stamp would leave core at \(version)",
          "hint: db_version_control --version \(version == "2" ? 3 : 4) if that is where it stands, or",
        ])
    }
    try site.run("db_version_control", "--version", "4").expectSuccess()
    try site.expectFailure(
      1, "db_version_control", "--version", "5", naming: ["already, at version 4"])
  }

  @Test(arguments: Engine.allCases)
  func `to make everything anew keeps contracts`(engine: Engine) throws {
    let site = try TestSite.withContracts(
      engine, ["one": "core < 5"], installed: ["core": 4, "one": 3])
    try site.database.execute("INSERT INTO one1 VALUES (7)")
    let cause = "one requires core < 5 (\(site.place("one"))), and this run would leave core at 6"
    try site.expectFailure(4, "db_recreate", naming: [cause])
    try site.expectFailure(4, ["db_recreate", "--repo_path", "core"], naming: [cause])
    try site.run("db_recreate", "--repo_path", "one").expectSuccess()
    #expect(try site.database.rows("SELECT id FROM one1") == [])
    try site.folder.require("core <= 6", in: "one")
    try site.run("db_recreate").expectSuccess()
    #expect(try [site.version(), site.version("one")] == [6, 3])
  }
}
