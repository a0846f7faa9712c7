import ArgumentParser
import TroveManage

/// The command `db_recreate`.
struct DbRecreate: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_recreate",
    abstract: "Drop what core and every plugin own, with all rows, and make it anew.",
    discussion: """
      What belongs to them is dropped and made again, in one transaction unless a script cannot be in it: \
      what is remembered as made by their scripts, and what the scripts create where \
      nothing is remembered. Every other table is left alone and named, and what another repository owns is \
      not touched. On a terminal the command asks for the database's name first. [migrate] \
      protected = true refuses it.

      Example: trove-manage --config-file /etc/trove/trove.conf db_recreate
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .all(or: repositories.path))
    guard !workplace.settings.isProtected else { throw Protected(command: "db_recreate") }
    guard try Confirmation.isGiven(for: workplace.database, on: reporter.output)
    else { return .failed }
    let migrator = workplace.migrator(reportingTo: reporter)
    reporter.finishRun(try migrator.run(from: .nothing))
    return .done
  }
}
