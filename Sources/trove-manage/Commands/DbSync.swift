public import ArgumentParser
public import TroveManage

/// The command `db_sync`.
struct DbSync: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "db_sync",
    abstract: "Bring the database to the latest version of core and of every plugin.",
    discussion: """
      Everything runs in one transaction: either all of it is there afterwards, or nothing is. When \
      there is nothing to do, nothing is locked or written. A script that no transaction can hold, \
      such as one with CREATE INDEX CONCURRENTLY, runs statement by statement instead; when it is \
      interrupted, the next run goes on with the statement that is not done. A run that would break a \
      contract between repositories is refused with 4 before anything runs.

      Example: trove-manage --config-file /etc/trove/trove.conf db_sync
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

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .all(or: repositories.path))
    let migrator = workplace.migrator(
      scope: transaction, late: late.policy, edits: workplace.edits, reportingTo: reporter)
    reporter.finishRun(try migrator.run())
    return .done
  }
}

extension TransactionScope: ExpressibleByArgument {}
