import ArgumentParser
import TroveManage

/// The command `db_history`.
struct DbHistory: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_history",
    abstract:
      "List what happened to the versions: when, by whom, how long it took, and what failed.",
    discussion: """
      The newest comes last. Repositories that the conf files do not name any more are listed, too. Nothing \
      is locked or written. With --graph each repository has a lane of its own, what a run did to several is \
      joined, and its steps are summed up: * upgrade, v downgrade, x failed, 0 dropped or forgotten, = stamped \
      or accepted. --json has all entries, with or without it.

      Example: trove-manage --config-file /etc/trove/trove.conf db_history --limit 20
      Example: trove-manage --config-file /etc/trove/trove.conf db_history --graph
      """
  )

  @OptionGroup var options: GlobalOptions

  @Option(name: .customLong("repo_path"), help: Self.pathHelp, completion: .directory)
  var path: String?

  @Option(help: "Only so many of the newest entries.")
  var limit: Int?

  @Flag(name: .customLong("graph"), help: "Draw a lane for each repository.")
  var isGraph = false

  private static let pathHelp = ArgumentHelp(
    "Only the repository in this folder; without it, all that the database remembers.",
    valueName: "folder")

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit takes a number from 1 on") }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, path.map { .one($0) } ?? .none)
    workplace.prepareDatabase(reportingTo: reporter)
    let history = try History(
      of: workplace.database, repository: workplace.members.first?.repository, limit: limit)
    if isGraph { reporter.finishGraph(history) } else { reporter.finishHistory(history) }
    return .done
  }
}
