import ArgumentParser
import TroveManage

/// The command `datastore_version_list`.
struct DatastoreVersionList: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_list",
    abstract: "Show the versions of a datastore, or of all.",
    discussion: """
      Nothing is locked or written. With --json, all columns are shown.

      Example: trove-manage datastore_version_list mysql
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Name or id of the datastore; without it, the versions of all are shown.")
  var datastore: String?

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    reporter.finishDatastores(.versionsListed(try catalog.versions(of: datastore)))
    return .done
  }
}
