public import ArgumentParser
public import TroveManage

/// The command `db_sync`.
struct DbSync: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_sync",
    abstract: "Bring the database to the latest version of core and of every plugin.",
    discussion: """
      Everything runs in one transaction: either all of it is there afterwards, or nothing is. When \
      there is nothing to do, nothing is locked or written. A script that no transaction can hold, \
      such as one with CREATE INDEX CONCURRENTLY, runs statement by statement instead; when it is \
      interrupted, the next run goes on with the statement that is not done. A run that would break a \
      contract between repositories is refused with 4 before anything runs.

      --dry_run shows the plan and runs nothing; whatever the run would refuse before it begins is refused \
      with the same exit code. --sql prints what psql or sqlite3 can run in the program's place. With --from \
      and --to, both need no database: they show the way of core, or of the repository of --repo_path, between \
      two versions. What functions and DO blocks destroy is not seen.

      Example: trove-manage --config-file /etc/trove/trove.conf db_sync
      Example: trove-manage --config-file /etc/trove/trove.conf db_sync --dry_run
      Example: trove-manage db_sync --sql --from 48 --to 52 --dialect postgresql
      Example: trove-manage db_sync --repo_path /opt/foo/migrate_repo
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  @Option(
    help: """
      What is committed together: the whole run, the versions of a repository, or each version. \
      Overrides the conf file.
      """)
  var transaction: TransactionScope?

  @OptionGroup var late: LateOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var range: RangeOptions

  func validate() throws {
    guard range.from != nil else { return }
    guard !plan.isRun else {
      throw ValidationError("--from and --to are of use with --sql or --dry_run alone")
    }
    guard !late.isAllowed else {
      throw ValidationError("--allow_late asks the database, which --from and --to do not")
    }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    if range.from != nil {
      return try Workbench(options).show(
        plan, range, repository: repositories.path, scope: transaction, reportingTo: reporter)
    }
    let workplace = try Workplace(options, .all(or: repositories.path))
    let migrator = workplace.migrator(
      scope: transaction, late: late.policy, edits: workplace.edits, reportingTo: reporter)
    guard plan.isRun else {
      return try workplace.show(
        plan, of: migrator, reportingTo: reporter)
    }
    reporter.finishRun(try migrator.run())
    return .done
  }
}

extension TransactionScope: ExpressibleByArgument {}
