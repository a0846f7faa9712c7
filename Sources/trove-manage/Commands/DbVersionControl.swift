import ArgumentParser
import TroveManage

/// The command `db_version_control`.
struct DbVersionControl: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_version_control",
    abstract: "Say at which version a database stands that is not under version control yet.",
    discussion: """
      No script runs: use it for a database whose tables are there already, made by hand or restored \
      without the version table. A version that breaks a contract between repositories is refused \
      with 4.

      Example: trove-manage --config-file /etc/trove/trove.conf db_version_control --version 48
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repository: RepositoryOption

  @Option(help: "The version at which the database stands.", transform: VersionNumber.init)
  var version = VersionNumber(number: 0)

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .one(repository.path))
    let rule = workplace.contractRule(reportingTo: reporter)
    let migrator = workplace.migrator(contracts: rule, reportingTo: reporter)
    try migrator.control(at: version.number)
    let standings = try migrator.standings()
    let contracts = try rule.contracts(of: standings, in: workplace.database)
    let status = StatusReport(standings: standings, contracts: contracts)
    reporter.finishStatus(status, of: workplace.database.url)
    return .done
  }
}
