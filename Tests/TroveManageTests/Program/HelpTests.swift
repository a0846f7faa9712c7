import Testing
import TroveManage

@Suite struct HelpTests {
  static let commands = [
    "db_sync", "db_status", "db_version", "db_upgrade", "db_downgrade", "db_version_control",
    "db_recreate", "db_check", "db_rehearse", "db_repair", "db_history", "db_adopt",
    "plugin_remove", "db_diagram",
  ]

  @Test(arguments: commands)
  func `every command explains itself with an example`(command: String) throws {
    for arguments in [[command, "--help"], [command, "-h"], ["help", command]] {
      let outcome = try TestProgram.start(arguments).outcome(within: .seconds(100))
      outcome.expectSuccess()
      #expect(outcome.messages == "")
      for fact in ["Example: trove-manage", command, "--config-file", "--repo_path", "--json"] {
        #expect(outcome.output.contains(fact), "\(outcome.output)")
      }
    }
  }

  @Test(arguments: ["--help", "-h", "help"])
  func `the program lists its commands, an example and its exit codes`(argument: String) throws {
    let outcome = try TestProgram.run(argument)
    outcome.expectSuccess()
    for fact in Self.commands + ["db_wait", "db_diff", "Example: trove-manage", "75", "130", "143"]
    {
      #expect(outcome.output.contains(fact), "\(outcome.output)")
    }
  }

  @Test(arguments: [["--version"], ["db_sync", "--version"]])
  func `the version is a line of its own`(arguments: [String]) throws {
    let outcome = try TestProgram.start(arguments).outcome(within: .seconds(100))
    outcome.expectSuccess()
    #expect(outcome.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil, "\(outcome.output)")
  }

  @Test func `help needs no conf file and no database`() throws {
    let folder = try TestFolder()
    for command in Self.commands {
      let arguments = ["--config-file", "/no/such.conf", command, "--help"]
      try TestProgram.start(arguments, folder: folder.path).outcome(within: .seconds(100))
        .expectSuccess()
    }
    #expect(try folder.contents().isEmpty)
  }
}
