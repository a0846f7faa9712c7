import Testing
import TroveManage

@Suite struct JSONTests {
  @Test(arguments: Engine.allCases)
  func `a run is a document, and so is one with nothing to do`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    let first = try site.run("db_sync", "--json")
    first.expectSuccess()
    let document = try first.document()
    #expect(document["ok"] as? Bool == true)
    #expect(document["schema"] as? Int == 1)
    let applied = try #require(document["applied"] as? [[String: Any]])
    #expect(applied.map { $0["from"] as? Int } == [0, 1])
    #expect(applied.map { $0["to"] as? Int } == [1, 2])
    let scripts = ["001_a_default_upgrade.sql", "002_b_default_upgrade.sql"].map(site.script)
    #expect(applied.map { $0["script"] as? String } == scripts)
    let repository = try #require((document["repositories"] as? [[String: Any]])?.first)
    #expect(repository["before"] as? Int == nil && repository["version"] as? Int == 2)
    #expect(first.messages == "")

    let second = try site.run("db_sync", "--json")
    second.expectSuccess()
    let nothing = try second.document()
    #expect(nothing["ok"] as? Bool == true)
    #expect((nothing["applied"] as? [Any])?.count == 0)
  }

  /// A command line, what is wrong with the site, and how it ends.
  static let failures: [(arguments: [String], url: String?, status: Int, fact: String)] = [
    (["db_sync", "--repo_path", "/no/such"], nil, 1, "/no/such"),
    (["db_status"], "mysql://root:secretpw@h/d", 1, "mysql"),
    (["db_version"], "nonsense:secretpw", 1, "[database] connection"),
    (["db_sync"], "sqlite:////no/such/folder/x.sqlite", 1, "/no/such/folder"),
    (["db_sync"], "postgresql://u:secretpw@127.0.0.1:1/d", 75, "127.0.0.1"),
    (["db_status"], "postgresql://u:secretpw@127.0.0.1:1/d", 75, "127.0.0.1"),
    (["db_version"], "postgresql://u:secretpw@nosuchhost.invalid/d", 1, "nosuchhost.invalid"),
  ]

  @Test(arguments: failures)
  func `a failure is a document, and standard error is silent`(
    sample: (arguments: [String], url: String?, status: Int, fact: String)
  ) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    if let url = sample.url { try site.writeConf(url: url) }
    let before = try site.contents()
    for arguments in [["--json"] + sample.arguments, sample.arguments + ["--json"]] {
      let outcome = try site.run(arguments)
      #expect(outcome.status == sample.status)
      let document = try outcome.document()
      #expect(document["ok"] as? Bool == false)
      let error = try #require(document["error"] as? [String: Any])
      #expect(error["exit_code"] as? Int == sample.status)
      let message = try #require(error["message"] as? String)
      #expect(message.contains(sample.fact), "\(message)")
      #expect(outcome.messages == "")
      outcome.expectNoInnards()
    }
    #expect(try site.contents() == before)
  }

  @Test(arguments: Engine.allCases)
  func `warnings stay on standard error`(engine: Engine) throws {
    let site = try TestSite(
      engine, ["001_a_default_upgrade.sql": "BEGIN;\nCREATE TABLE a (id INTEGER);\nCOMMIT;"])
    let outcome = try site.run("db_sync", "--json")
    outcome.expectSuccess()
    #expect(try outcome.document()["ok"] as? Bool == true)
    #expect(outcome.messages.contains("warning: \(site.script("001_a_default_upgrade.sql")):1:1: "))
  }

  @Test(arguments: Engine.allCases)
  func `a failed run says what was kept and what was undone`(engine: Engine) throws {
    let site = try TestSite.withTwoVersions(engine)
    try site.write("003_c_default_upgrade.sql", "SELECT nope;")
    for (scope, applied, undone) in [("version", 2, 0), ("run", 0, 0)] {
      let outcome = try site.run("db_sync", "--json", "--transaction", scope)
      #expect(outcome.status == 1)
      let document = try outcome.document()
      #expect((document["applied"] as? [Any])?.count == applied)
      #expect((document["rolled_back"] as? [Any])?.count == undone)
      let repository = try #require((document["repositories"] as? [[String: Any]])?.first)
      #expect(repository["version"] as? Int == 2)
    }
  }

  @Test(arguments: Engine.allCases)
  func `what is not ASCII comes through`(engine: Engine) throws {
    let site = try TestSite(engine, ["001_ä_default_upgrade.sql": "SELECT 'é€😀\"\\' AS x, nope;"])
    let outcome = try site.run("db_sync", "--json")
    let message = (try outcome.document()["error"] as? [String: Any])?["message"] as? String
    #expect(message?.contains("001_ä_default_upgrade.sql:1:22: ") == true, "\(message ?? "")")
    #expect(message?.contains("'é€😀\"\\'") == true, "\(message ?? "")")
  }
}
