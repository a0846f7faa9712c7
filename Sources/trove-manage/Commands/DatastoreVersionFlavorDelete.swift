import ArgumentParser
import TroveManage

/// The command `datastore_version_flavor_delete`.
struct DatastoreVersionFlavorDelete: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_flavor_delete",
    abstract: "Take a flavor from a datastore version.",
    discussion: """
      The row stays and is marked as deleted.

      Example: trove-manage datastore_version_flavor_delete mysql 5.7 2
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  @Argument(help: ArgumentHelp("Id of the flavor.", valueName: "flavor-id"))
  var flavorID: String

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let removed = try catalog.remove(flavorID, as: .flavor, from: version.selector)
    reporter.finishDatastores(.dissociated(removed, from: version.selector))
    return .done
  }
}
