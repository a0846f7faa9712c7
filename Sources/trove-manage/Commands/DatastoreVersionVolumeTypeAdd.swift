import ArgumentParser
import TroveManage

/// The command `datastore_version_volume_type_add`.
struct DatastoreVersionVolumeTypeAdd: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_volume_type_add",
    abstract: "Let a datastore version be used with volume types only.",
    discussion: """
      All volume types are added, or none when the version has one of them already.

      Example: trove-manage datastore_version_volume_type_add mysql 5.7 lvm,ceph
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  @Argument(help: "Names of the volume types, separated by commas.")
  var volumeTypes: DatastoreItems

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let added = try catalog.add(volumeTypes.items, as: .volumeType, to: version.selector)
    reporter.finishDatastores(.associated(added, .volumeType, with: version.selector))
    return .done
  }
}
