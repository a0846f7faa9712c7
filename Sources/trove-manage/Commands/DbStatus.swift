import ArgumentParser
import TroveManage

/// The command `db_status`.
struct DbStatus: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_status",
    abstract: "Show where core and every plugin stand.",
    discussion: """
      Nothing is locked or written. Exits with 4 when a repository is missing or stands at a version \
      that it does not have, when versions appeared below the one it stands at, when a script was \
      edited or removed after it ran, when a contract between two repositories is broken, when the schema \
      was changed outside migrations, when the database holds a repository that is not among core and \
      db_plugins, or when the journal holds what no run wrote.

      Example: trove-manage --config-file /etc/trove/trove.conf db_status
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(checking: options, .all(or: repositories.path))
    let rule = workplace.contractRule(reportingTo: reporter)
    let migrator = workplace.migrator(contracts: rule, reportingTo: reporter)
    let standings = try migrator.standings(.scripts)
    let contracts = try rule.contracts(of: standings, in: workplace.database)
    let owners = try OwnerReport(
      of: workplace.members, workplace.ownerScope,
      on: try workplace.database.connection(for: .reading))
    let status = StatusReport(standings: standings, contracts: contracts, owners: owners)
    reporter.finishStatus(status, of: workplace.database.url)
    return status.isSound ? .done : .difference
  }
}
