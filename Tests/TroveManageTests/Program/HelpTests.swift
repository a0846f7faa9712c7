import Testing
import TroveManage

@Suite struct HelpTests {
  static let commands = [
    "db_sync", "db_status", "db_version", "db_upgrade", "db_downgrade", "db_version_control",
    "db_recreate", "db_check", "db_rehearse", "db_repair", "db_history", "db_adopt",
    "plugin_remove", "db_diagram", "repo_check", "version_create",
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

  /// The names of all commands, as the parser of the command line has them.
  private func allCommands() throws -> [String] {
    let dump = try TestProgram.run("--experimental-dump-help").document()
    let root = try #require(dump["command"] as? [String: Any])
    let commands = try #require(root["subcommands"] as? [[String: Any]])
    return commands.compactMap { $0["commandName"] as? String }.filter { $0 != "help" }
  }

  @Test func `no command is without an example of itself`() throws {
    let commands = try allCommands()
    #expect(Set(commands).isSuperset(of: Self.commands) && commands.count >= 28, "\(commands)")
    for command in commands {
      let help = try TestProgram.run(command, "--help")
      help.expectSuccess()
      let text = help.output.replacing(/\s+/, with: " ")
      let isLeftOut = command == "set_nova_tags"
      let example = text.ranges(of: "Example: trove-manage ").map { text[$0.upperBound...] }
      #expect(!example.isEmpty, "\(help.output)")
      #expect(isLeftOut || example.allSatisfy { $0.prefix(80).contains(command) }, "\(help.output)")
      #expect(help.output.contains("-q, --quiet"))
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
