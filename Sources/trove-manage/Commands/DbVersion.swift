import ArgumentParser
import TroveManage

/// The command `db_version`.
struct DbVersion: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_version",
    abstract: "Print the version at which core, or the repository of --repo_path, stands.",
    discussion: """
      Nothing is locked or written. Fails when the database is not under version control.

      Example: trove-manage --config-file /etc/trove/trove.conf db_version
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repository: RepositoryOption

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .one(repository.path))
    let standings = try workplace.migrator(reportingTo: reporter).standings()
    guard let standing = standings.first else { return .failed }
    try reporter.finishVersion(standing)
    return .done
  }
}
