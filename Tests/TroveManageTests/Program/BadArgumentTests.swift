import Testing
import TroveManage

@Suite struct BadArgumentTests {
  /// A command line that nobody understands, and what the message must name.
  static let samples: [(arguments: [String], facts: [String])] = [
    (["db_sync", "--nonsense"], ["--nonsense", "db_sync --help"]),
    (["--nonsense", "db_sync"], ["--nonsense", "--help"]),
    (["db_nonsense"], ["db_nonsense", "--help"]),
    (["db_sync", "db_status"], ["db_status", "--help"]),
    (["db_sync", "extra"], ["extra", "--help"]),
    (["db_sync", "--repo_path"], ["--repo_path", "--help"]),
    (["db_sync", "--config-file"], ["--config-file", "--help"]),
    (["db_sync", "--transaction"], ["--transaction", "--help"]),
    (["db_sync", "--transaction", "sometimes"], ["sometimes", "run", "repository", "version"]),
    (["db_status", "--transaction", "run"], ["--transaction", "db_status --help"]),
    (["--transaction", "run", "db_sync"], ["--transaction", "--help"]),
    (["--json=yes", "db_sync"], ["--json", "--help"]),
  ]

  @Test(arguments: samples)
  func `wrong arguments are named, and nothing is done`(
    sample: (arguments: [String], facts: [String])
  ) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let before = try site.contents()
    let outcome = try site.run(sample.arguments)
    outcome.expectFailure(2, naming: sample.facts)
    #expect(outcome.messages.count { $0 == "\n" } == 1, "\(outcome.messages)")
    #expect(try site.contents() == before)
  }

  /// A slip, and the line that it gets.
  static let slips: [(arguments: [String], line: String)] = [
    (
      ["db_snyc"],
      "There is no command 'db_snyc'. Did you mean 'db_sync'? See 'trove-manage --help'."
    ),
    (
      ["db-snyc", "--repo_path", "x"],
      "There is no command 'db-snyc'. Did you mean 'db_sync'? See 'trove-manage --help'."
    ),
    (
      ["upgrade"],
      "There is no command 'upgrade'. Did you mean 'db_upgrade'? See 'trove-manage --help'."
    ),
    (
      ["help", "db_statsu"],
      "There is no command 'db_statsu'. Did you mean 'db_status'? See 'trove-manage --help'."
    ),
    (["migrate"], "There is no command 'migrate'. See 'trove-manage --help'."),
    (
      ["db_sync", "--dry-run"],
      "Unknown option '--dry-run'. Did you mean '--dry_run'? See 'trove-manage db_sync --help'."
    ),
    (
      ["--jsn", "db_sync"],
      "Unknown option '--jsn'. Did you mean '--json'? See 'trove-manage --help'."
    ),
    (
      ["db_upgrade", "--from", "3"],
      "Unknown option '--from'. See 'trove-manage db_upgrade --help'."
    ),
    (
      ["db_downgrade"],
      "Name the version to go to once: db_downgrade 48. See 'trove-manage db_downgrade --help'."
    ),
  ]

  @Test(arguments: slips)
  func `a slip gets what was meant, in one line`(
    sample: (arguments: [String], line: String)
  ) throws {
    let outcome = try TestProgram.run(sample.arguments)
    #expect(outcome.status == 2 && outcome.output == "")
    #expect(outcome.messages == "error: \(sample.line)\n")
  }

  @Test func `no command at all is a mistake, too`() throws {
    let outcome = try TestProgram.run()
    #expect(outcome.status == 2)
    #expect(outcome.output == "")
    #expect(outcome.messages.contains("db_sync") && outcome.messages.contains("db_status"))
  }

  @Test(arguments: samples)
  func `with --json wrong arguments are a document`(
    sample: (arguments: [String], facts: [String])
  ) throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let outcome = try site.run(["--json"] + sample.arguments)
    #expect(outcome.status == 2)
    let document = try outcome.document()
    #expect(document["ok"] as? Bool == false)
    let error = try #require(document["error"] as? [String: Any])
    #expect(error["exit_code"] as? Int == 2)
    let message = try #require(error["message"] as? String)
    #expect(message.contains(sample.facts[0]), "\(message)")
  }

  @Test func `an empty path is no path`() throws {
    let site = try TestSite.withTwoVersions(.sqlite)
    let before = try site.contents()
    try site.run("db_sync", "--repo_path", "").expectFailure(1, naming: ["''"])
    try TestProgram.run("--config-file", "", "db_sync").expectFailure(1, naming: ["''"])
    #expect(try site.contents() == before)
  }
}
