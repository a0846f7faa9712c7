import ArgumentParser
import TroveManage

/// The command `datastore_version_flavor_add`.
struct DatastoreVersionFlavorAdd: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_flavor_add",
    abstract: "Let a datastore version be used with flavors only.",
    discussion: """
      All flavors are added, or none when the version has one of them already.

      Example: trove-manage datastore_version_flavor_add mysql 5.7 1,2,3
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  @Argument(help: ArgumentHelp("Ids of the flavors, separated by commas.", valueName: "flavor-ids"))
  var flavorIDs: DatastoreItems

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let added = try catalog.add(flavorIDs.items, as: .flavor, to: version.selector)
    reporter.finishDatastores(.associated(added, .flavor, with: version.selector))
    return .done
  }
}
