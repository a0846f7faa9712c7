import ArgumentParser
import TroveManage

/// The command `db_load_datastore_config_parameters`.
struct ParametersLoad: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_load_datastore_config_parameters",
    abstract: "Load the rules for the configuration parameters of a datastore version.",
    discussion: """
      The file is JSON: {"configuration-parameters": [{"name": "autocommit", "type": "integer", \
      "restart_required": false, "min": 0, "max": 1}, …]}. All of it is loaded, or nothing. Parameters \
      that the version has already are changed, those that the file does not name stay.

      Example: trove-manage db_load_datastore_config_parameters mysql 5.7 validation-rules.json
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var version: DatastoreVersionArguments

  @Argument(
    help: ArgumentHelp("Path of the file with the rules.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var path: String

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    let change = try catalog.load(ParameterRules(contentsOf: path), for: version.selector)
    reporter.finishDatastores(.parametersLoaded(change, for: version.selector))
    return .done
  }
}
