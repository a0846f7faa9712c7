import ArgumentParser
import TroveManage

/// The command `db_status`.
struct DbStatus: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "db_status",
    abstract: "Show where core and every plugin stand.",
    discussion: """
      Nothing is locked or written. Exits with 4 when a repository is missing or stands at a version \
      that it does not have, when versions appeared below the one it stands at, when a script was \
      edited or removed after it ran, or when the journal holds what no run wrote.

      Example: trove-manage --config-file /etc/trove/trove.conf db_status
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace: Workplace
    do {
      workplace = try Workplace(options, .all(or: repositories.path))
    } catch let error as RepositoryError {
      throw CheckFailure(error: error)
    }
    let standings = try workplace.migrator(reportingTo: reporter).standings(.scripts)
    reporter.finishStatus(standings, of: workplace.database.url)
    return standings.allSatisfy(\.isSound) ? .done : .difference
  }
}
