import ArgumentParser
import FoundationEssentials
import TroveManage

/// The options that every command takes, before or after its name.
struct GlobalOptions: ParsableArguments {
  @Option(name: .customLong("config-file"), help: Self.fileHelp)
  var configFiles: [String] = []

  @Option(name: .customLong("config-dir"), help: Self.folderHelp)
  var configFolders: [String] = []

  @Flag(
    name: .customLong("json"), help: "Print one JSON document on standard output, also on failure.")
  var isJSON = false

  private static let fileHelp = ArgumentHelp(
    """
    A conf file; may be given more than once, a later file wins. Without it: trove.conf in ~/.trove, ~, \
    /etc/trove or /etc.
    """, valueName: "file")

  private static let folderHelp = ArgumentHelp(
    """
    A folder whose *.conf files are read, sorted by name, after the conf files; may be given more than once.
    """, valueName: "folder")

  /// What the conf files and the environment say.
  func settings() throws(ConfError) -> Settings {
    let environment = ProcessInfo.processInfo.environment
    let named = configFiles.map(Conf.Source.file) + configFolders.map(Conf.Source.folder)
    let sources = Conf.sources(named, home: environment["HOME"]) { FileSystem.kind(of: $0) != nil }
    return try Settings(try Conf(reading: sources, environment: environment))
  }
}

/// Which repositories a command is about: all, or the one that the command line names.
struct RepositoryOptions: ParsableArguments {
  @Option(name: .customLong("repo_path"), help: Self.pathHelp)
  var repositoryPath: String?

  private static let pathHelp = ArgumentHelp(
    """
    Only the repository in this folder, which holds migrate.cfg and versions/; without it, core and every \
    plugin of db_plugins.
    """, valueName: "folder")
}
