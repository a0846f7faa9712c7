import ArgumentParser
import TroveManage

/// The command `db_repair`.
struct DbRepair: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "db_repair",
    abstract: "Show how scripts were edited after they ran, and accept them as they are now.",
    discussion: """
      No script runs: what is accepted is that the text of the file stands for what ran. On a terminal the \
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
    let repairs = try migrator.repairs()
    reporter.showRepairs(repairs)
    let acceptable = repairs.filter(\.isAcceptable)
    var outcome = RepairOutcome(repairs: repairs)
    if !acceptable.isEmpty {
      outcome.consent =
        yes ? .given : Confirmation.consent(to: acceptable.count, on: reporter.output)
      if outcome.consent == .given { try migrator.accept(acceptable) }
    }
    reporter.finishRepair(outcome)
    return outcome.status
  }
}
