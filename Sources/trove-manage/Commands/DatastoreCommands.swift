import ArgumentParser
import TroveManage

/// The commands about datastores, in the order of the help.
enum DatastoreCommands {
  static let all: [any ParsableCommand.Type] = [
    DatastoreList.self, DatastoreUpdate.self,
    DatastoreVersionList.self, DatastoreVersionUpdate.self,
    DatastoreVersionFlavorAdd.self, DatastoreVersionFlavorDelete.self,
    DatastoreVersionVolumeTypeAdd.self, DatastoreVersionVolumeTypeDelete.self,
    DatastoreVersionVolumeTypeList.self,
    ParametersLoad.self, ParametersRemove.self,
    DatastoreSetNovaTags.self,
  ]
}

extension DatastoreCatalog {
  /// The catalog in the database that the conf files name.
  init(_ options: GlobalOptions, reportingTo reporter: any Reporter) throws {
    let workplace = try Workplace(options, .none)
    workplace.prepareDatabase(reportingTo: reporter)
    let settings = workplace.settings
    let options = Options(
      lockWait: settings.lockWait,
      limits: StatementLimits(duration: settings.statementTimeout, lockWait: settings.lockTimeout),
      interruption: { Interruption() })
    self.init(workplace.database, options: options) { reporter.report(.waiting($0)) }
  }
}

/// The arguments that name a version.
struct DatastoreVersionArguments: ParsableArguments {
  @Argument(help: ArgumentHelp("Name or id of the datastore.", valueName: "datastore"))
  var datastore: String

  @Argument(
    help: ArgumentHelp("Name or id of the datastore version.", valueName: "version-name"))
  var versionName: String

  @Option(
    name: .customLong("version"),
    help: ArgumentHelp(
      "The version's number, such as 5.7.30; needed when several versions have the name.",
      valueName: "number"))
  var number: String?

  /// The version that they name.
  var selector: VersionSelector {
    VersionSelector(datastore: datastore, version: versionName, number: number)
  }
}

/// A comma list in an argument: blanks around the items do not count.
struct DatastoreItems: ExpressibleByArgument {
  let items: [String]

  init(argument: String) {
    items = argument.split(separator: ",", omittingEmptySubsequences: false).map { item in
      let start = item.drop { $0.isWhitespace }
      let end = start.lastIndex { !$0.isWhitespace }
      return end.map { String(start[...$0]) } ?? ""
    }
  }
}
