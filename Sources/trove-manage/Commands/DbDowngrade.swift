import ArgumentParser
import TroveManage

/// The command `db_downgrade`.
struct DbDowngrade: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_downgrade",
    abstract: "Bring core, or the repository of --repo_path, down to a version.",
    discussion: """
      Each downgrade script says in its head which rows cannot come back. [migrate] protected = true \
      refuses the command. So does, with 4, an installed plugin that requires a higher version. --dry_run \
      and --sql show what would run, as those of db_sync do.

      Example: trove-manage --config-file /etc/trove/trove.conf db_downgrade 48
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repository: RepositoryOption

  @Argument(help: "The version to go to.", transform: VersionNumber.init)
  var target: VersionNumber?

  @Option(help: "The same.", transform: VersionNumber.init)
  var version: VersionNumber?

  @OptionGroup var plan: PlanOptions

  func validate() throws {
    guard (target == nil) != (version == nil) else {
      throw ValidationError("Name the version to go to once: db_downgrade 48")
    }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    guard let number = (target ?? version)?.number else { return .usage }
    let workplace = try Workplace(options, .one(repository.path))
    guard !workplace.settings.isProtected else { throw Protected(command: "db_downgrade") }
    let migrator = workplace.migrator(reportingTo: reporter)
    guard plan.isRun else {
      return try workplace.show(
        plan, of: migrator, to: .downgrade(to: number), from: .underControl,
        reportingTo: reporter)
    }
    reporter.finishRun(try migrator.run(to: .downgrade(to: number), from: .underControl))
    return .done
  }
}
