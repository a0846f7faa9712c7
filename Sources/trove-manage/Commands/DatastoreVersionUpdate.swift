public import ArgumentParser
public import TroveManage

/// The command `datastore_version_update`.
struct DatastoreVersionUpdate: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "datastore_version_update",
    abstract: "Add a datastore version, or set all values of one but its name and number.",
    discussion: """
      An option that is left out is not kept from before: there are no image tags then, and the classes \
      of --registry-ext and --repl-strategy are those of the manager.

      Example: trove-manage datastore_version_update mysql 5.7 mysql "" "" 1 --image-tags trove,mysql
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(help: "Name or id of the datastore.")
  var datastore: String

  @Argument(help: "Name of the datastore version.")
  var versionName: String

  @Argument(help: "Name of the manager that administers the guests.")
  var manager: String

  @Argument(help: "Id of the image that guests are made from; may be empty.")
  var imageID: String

  @Argument(help: "Packages that the guests need; may be empty.")
  var packages: String

  @Argument(help: "1 when instances can be made with the version, 0 when not; true and false too.")
  var active: DatastoreVersion.Activity

  @Option(name: .customLong("image-tags"), help: "Tags of the image, separated by commas.")
  var imageTags: DatastoreItems?

  @Option(
    name: .customLong("version"),
    help: ArgumentHelp(
      "The version's number, such as 5.7.30; without it, the version's name.", valueName: "number"))
  var number: String?

  @Option(
    name: .customLong("registry-ext"), help: "Class of the guest agent; the manager's without it.")
  var registryExtension: String?

  @Option(
    name: .customLong("repl-strategy"),
    help: "Class that sets up replication; the manager's without it.")
  var replicationStrategy: String?

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    var content = DatastoreVersion.Content(
      manager: manager, imageID: imageID, packages: packages, activity: active)
    content.imageTags = imageTags?.items.joined(separator: ",")
    content.registryExtension = registryExtension
    content.replicationStrategy = replicationStrategy
    let selector = VersionSelector(datastore: datastore, version: versionName, number: number)
    let catalog = try DatastoreCatalog(options, reportingTo: reporter)
    reporter.finishDatastores(.versionUpdated(try catalog.updateVersion(selector, to: content)))
    return .done
  }
}

extension DatastoreVersion.Activity: ExpressibleByArgument {
  /// What `0` and `1`, or `false` and `true`, say.
  public init?(argument: String) {
    switch argument {
    case "1", "true": self = .active
    case "0", "false": self = .inactive
    default: return nil
    }
  }

  /// What can be said.
  public static var allValueStrings: [String] { ["1", "0", "true", "false"] }
}
