import ArgumentParser
import TroveManage

/// The command `db_check`.
struct DbCheck: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_check",
    abstract: "Check, as a pipeline does, that there is nothing to do and nothing is amiss.",
    discussion: """
      Prints a line for everything that it finds; nothing is locked or written. Exits with 0 when that is \
      nothing, with 3 when versions are pending and that is all, and with 4 when a script was edited or \
      removed after it ran, a version appeared below the one that the database stands at, the database \
      stands at an unknown version, a script was interrupted, the schema was changed outside migrations, a \
      contract is broken, a repository of the database is not among core and db_plugins, or what the \
      program remembers is damaged.

      Example: trove-manage --config-file /etc/trove/trove.conf db_check
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(checking: options, .all(or: repositories.path))
    let rule = workplace.contractRule(reportingTo: reporter)
    let inspection = OwnerInspection(
      workplace.members, workplace.ownerScope,
      contracts: { (standings) throws(MigrationError) in
        try rule.contracts(of: standings, in: workplace.database)
      })
    let report = try workplace.migrator(contracts: rule, reportingTo: reporter).check([inspection])
    reporter.finishCheck(report, of: workplace.database.url)
    return ExitStatus(report.verdict)
  }
}
