import ArgumentParser
import TroveManage

/// The command `datastore_version_volume_type_list`.
struct DatastoreVersionVolumeTypeList: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_volume_type_list",
    abstract: "Show the volume types of a datastore version.",
    discussion: """
      Nothing is locked or written.

      Example: trove-manage datastore_version_volume_type_list mysql 5.7
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let types = try catalog.associations(.volumeType, of: version.selector)
    reporter.finishDatastores(.volumeTypesListed(types, of: version.selector))
    return .done
  }
}
