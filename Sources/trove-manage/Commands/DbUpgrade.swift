import ArgumentParser
import TroveManage

/// The command `db_upgrade`.
struct DbUpgrade: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_upgrade",
    abstract: "Bring core, or the repository of --repo_path, up to a version.",
    discussion: """
      The database must be under version control: db_sync or db_version_control bring it there. \
      Plugins are left as they are; a version that an installed one excludes is refused with 4. --dry_run \
      and --sql show what would run, as those of db_sync do.

      Example: trove-manage --config-file /etc/trove/trove.conf db_upgrade --version 48
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repository: RepositoryOption

  @Option(help: "The version to go to; without it, the latest.", transform: VersionNumber.init)
  var version: VersionNumber?

  @OptionGroup var late: LateOptions
  @OptionGroup var plan: PlanOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .one(repository.path))
    let migrator = workplace.migrator(
      late: late.policy, edits: workplace.edits, reportingTo: reporter)
    let target = version.map { Target.upgrade(to: $0.number) } ?? .latest
    guard plan.isRun else {
      return try workplace.show(
        plan, of: migrator, to: target, from: .underControl, reportingTo: reporter)
    }
    reporter.finishRun(try migrator.run(to: target, from: .underControl))
    return .done
  }
}
