import ArgumentParser
import TroveManage

/// The command `datastore_update`.
struct DatastoreUpdate: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_update",
    abstract: "Add a datastore, or set the default version of one.",
    discussion: """
      Example: trove-manage datastore_update mysql ""
      Example: trove-manage datastore_update mysql 5.7
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(help: ArgumentHelp("Name of the datastore.", valueName: "datastore"))
  var name: String

  @Argument(
    help: ArgumentHelp(
      """
      Name or id of an active version of the datastore, or an empty string for no default, as for a \
      datastore that is new.
      """, valueName: "default-version"))
  var defaultVersion: String

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let version = defaultVersion.isEmpty ? nil : defaultVersion
    reporter.finishDatastores(
      .updated(try catalog.updateDatastore(named: name, defaultVersion: version)))
    return .done
  }
}
