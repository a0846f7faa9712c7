import ArgumentParser
import TroveManage

/// The command `datastore_version_volume_type_delete`.
struct DatastoreVersionVolumeTypeDelete: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_volume_type_delete",
    abstract: "Take a volume type from a datastore version.",
    discussion: """
      The row stays and is marked as deleted.

      Example: trove-manage datastore_version_volume_type_delete mysql 5.7 lvm
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  @Argument(help: "Name of the volume type.")
  var volumeType: String

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let removed = try catalog.remove(volumeType, as: .volumeType, from: version.selector)
    reporter.finishDatastores(.dissociated(removed, from: version.selector))
    return .done
  }
}
