import ArgumentParser
import TroveManage

/// The command `db_repair`.
struct DbRepair: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_repair",
    abstract: "Show what was edited after it ran, or changed outside migrations, and accept it.",
    discussion: """
      No script runs: what is accepted is that the text of the file stands for what ran, and the schema \
      as it is for what the scripts left. On a terminal the \
      command asks first; elsewhere it accepts nothing without --yes. A file that is missing cannot be \
      accepted. Exits with 4 when something is left.

      Example: trove-manage --config-file /etc/trove/trove.conf db_repair
      Example: trove-manage db_repair --repo_path /opt/foo/migrate_repo --yes
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  @Flag(help: "Accept without asking.")
  var yes = false

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .all(or: repositories.path))
    let migrator = workplace.migrator(reportingTo: reporter)
    var outcome = RepairOutcome(repairs: try migrator.repairs(), drifts: try migrator.drifts())
    reporter.showRepairs(outcome)
    if outcome.acceptableCount > 0 {
      outcome.consent =
        yes ? .given : Confirmation.consent(to: outcome.acceptableCount, on: reporter.output)
    }
    if !outcome.accepted.isEmpty { try migrator.accept(outcome.accepted) }
    if !outcome.acceptedDrifts.isEmpty { try migrator.accept(outcome.acceptedDrifts) }
    reporter.finishRepair(outcome)
    return outcome.status
  }
}
