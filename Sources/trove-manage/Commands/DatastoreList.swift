import ArgumentParser
import TroveManage

/// The command `datastore_list`.
struct DatastoreList: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_list",
    abstract: "Show the datastores and their default versions.",
    discussion: """
      Nothing is locked or written.

      Example: trove-manage datastore_list
      """
  )

  @OptionGroup var options: GlobalOptions

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    reporter.finishDatastores(.listed(try catalog.datastores()))
    return .done
  }
}
