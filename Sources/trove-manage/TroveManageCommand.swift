import ArgumentParser
import TroveManage

/// The root of the command line, and what becomes of errors.
@main
struct TroveManageCommand: ParsableCommand {
  static let name = "trove-manage"

  static let configuration = CommandConfiguration(
    commandName: name,
    abstract: "Bring core and its plugins, side by side in one database, to their versions.",
    discussion: """
      Conf files name the database ([database] connection) and the plugins ([DEFAULT] db_plugins). \
      Results go to standard output, progress and messages to standard error.

      Example: trove-manage --config-file /etc/trove/trove.conf db_sync

      Exit codes: 0 done or nothing to do, 1 failed, 2 wrong arguments, 3 db_check found pending \
      versions or db_adopt lacks its --yes, 4 a check found a difference or a contract between repositories would be broken, 75 the \
      lock or the server could not be had in time: try again, 130 and 143 interrupted and \
      rolled back.
      """,
    version: ProgramVersion.text,
    subcommands: [
      DbSync.self, DbRehearse.self, DbWait.self, DbStatus.self, DbCheck.self, DbDiff.self,
      DbDiagram.self,
      DbHistory.self,
      DbVersion.self, DbUpgrade.self, DbDowngrade.self, DbAdopt.self, DbVersionControl.self,
      DbRepair.self, DbRecreate.self, PluginRemove.self, RepoCreate.self, VersionCreate.self,
      RepoCheck.self, RepoConvert.self,
    ] + DatastoreCommands.all
  )

  @OptionGroup var options: GlobalOptions

  func run() throws {
    throw ValidationError("Name a command, such as db_sync or db_status.")
  }

  static func main() {
    let arguments = Array(CommandLine.arguments.dropFirst())
    var reporter: any Reporter =
      arguments.contains("--json")
      ? JSONReporter(output: Output()) : HumanReporter(output: Output())
    do {
      if let misuse = Misuse.helpTopic(in: arguments) { throw misuse }
      var command = try quickly(parsed: arguments) ?? parseAsRoot(arguments)
      guard let command = command as? any ReportingCommand else { return try command.run() }
      reporter = try command.options.reporter()
      let status = try command.run(reportingTo: reporter)
      reporter.output.status?.erase()
      exit(withCode: status)
    } catch {
      exit(withCode: reporter.fail(explained(error, for: arguments)))
    }
  }

  /// The error, in the program's own words where the arguments are to blame.
  private static func explained(_ error: any Error, for arguments: [String]) -> any Error {
    switch error {
    case is Misuse, is UsageError, is Unconfirmed, is AuthoringError: error
    default: ExitStatus(error) == .usage ? Misuse(error, in: arguments) : error
    }
  }

  /// The command, when the arguments name one and are right.
  ///
  /// The root's options are those of every command, so that it can be parsed without the root and without its
  /// siblings: half of what a run with nothing to do computes was parsing. What is wrong is left to the root,
  /// which knows how to say it.
  private static func quickly(parsed arguments: [String]) -> (any ParsableCommand)? {
    guard let index = GlobalOptions.indexOfCommand(in: arguments) else { return nil }
    let command = configuration.subcommands.first {
      $0.configuration.commandName == arguments[index]
    }
    var rest = arguments
    rest.remove(at: index)
    return try? command?.parse(rest) as? any ReportingCommand
  }

  private static func exit(withCode status: ExitStatus) -> Never {
    exit(withError: status == .done ? nil : ExitCode(status.code))
  }
}

/// A command that says what it did through a reporter.
protocol ReportingCommand: ParsableCommand {
  /// The options that every command takes.
  var options: GlobalOptions { get }

  /// Does the work.
  ///
  /// - Returns: how the program ends.
  func run(reportingTo reporter: any Reporter) throws -> ExitStatus
}
