import ArgumentParser
import TroveManage

/// The command `db_remove_datastore_config_parameters`.
struct ParametersRemove: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_remove_datastore_config_parameters",
    abstract: "Remove the rules for the configuration parameters of a datastore version.",
    discussion: """
      Without any, nothing is done.

      Example: trove-manage db_remove_datastore_config_parameters mysql 5.7
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let removed = try catalog.removeParameters(of: version.selector)
    reporter.finishDatastores(.parametersRemoved(removed, from: version.selector))
    return .done
  }
}
