import ArgumentParser
import FoundationEssentials
import TroveManage

/// The options that every command takes, before or after its name.
struct GlobalOptions: ParsableArguments {
  @Option(name: .customLong("config-file"), help: Self.fileHelp, completion: .file())
  var configFiles: [String] = []

  @Option(name: .customLong("config-dir"), help: Self.folderHelp, completion: .directory)
  var configFolders: [String] = []

  @Flag(
    name: [.customLong("debug"), .customShort("d")],
    help: "Show every statement with its duration; values are hidden.")
  var isDebug = false

  @Flag(name: .customLong("nodebug"), help: .hidden)
  var isNotDebug = false

  @Flag(
    name: [.customLong("quiet"), .customShort("q")],
    help: "No progress and no summary of a run; warnings, errors and what is asked for stay.")
  var isQuiet = false

  @Flag(
    name: .customLong("json"), help: "Print one JSON document on standard output, also on failure.")
  var isJSON = false

  @Option(
    name: [.customLong("log-file"), .customLong("logfile")],
    help: "A file to which progress goes instead, and a copy of every message.",
    completion: .file())
  var logFile: String?

  @Option(
    name: [.customLong("log-dir"), .customLong("logdir")],
    help: "The folder of --log-file; alone, trove-manage.log in it.",
    completion: .directory)
  var logFolder: String?

  @Option(name: .customLong("var"), help: Self.variableHelp, transform: VariableValue.init)
  var variables: [VariableValue] = []

  @OptionGroup var ignored: IgnoredOptions

  /// Where the arguments name the command: the first that is neither an option nor an option's value.
  static func indexOfCommand(in arguments: [String]) -> Int? {
    let takingValues = [
      "--config-file", "--config-dir", "--log-file", "--logfile", "--log-dir", "--logdir",
      "--var",
    ]
    var index = 0
    while index < arguments.count, arguments[index].hasPrefix("-") {
      index += takingValues.contains(arguments[index]) ? 2 : 1
    }
    return index < arguments.count ? index : nil
  }

  private static let fileHelp = ArgumentHelp(
    """
    A conf file; may be given more than once, a later one wins. Without it: trove.conf and \
    trove-manage.conf in ~/.trove, ~, /etc/trove or /etc.
    """, valueName: "file")

  private static let folderHelp = ArgumentHelp(
    "A folder whose *.conf files are read, sorted by name; may be given more than once.",
    valueName: "folder")

  private static let variableHelp = ArgumentHelp(
    """
    The value of a variable of scripts, as in --var region=eu; may be given more than once, and wins over the \
    conf files.
    """, valueName: "name=value")

  /// What the command line, the conf files and the environment say.
  func settings() throws(ConfError) -> Settings {
    let environment = ProcessInfo.processInfo.environment
    let sources = Conf.sources(named, home: environment["HOME"]) { FileSystem.kind(of: $0) != nil }
    var settings = try Settings(try Conf(reading: sources, environment: environment))
    for variable in variables { settings.givenVariables[variable.name] = variable.value }
    return settings
  }

  /// The reporter that the options ask for.
  func reporter() throws(Output.LogFileError) -> any Reporter {
    var path = logFile
    if let logFolder { path = Path(logFolder).appending(logFile ?? "trove-manage.log").text }
    let verbosity = isQuiet ? Output.Verbosity.quiet : .usual
    let output = try path.map { (path) throws(Output.LogFileError) in
      try Output(logFile: path, verbosity)
    }
    let chosen = output ?? Output(verbosity)
    return isJSON ? JSONReporter(output: chosen) : HumanReporter(output: chosen)
  }

  /// The files and folders in the order of the command line, which decides what wins.
  private var named: [Conf.Source] {
    var files = configFiles[...]
    var folders = configFolders[...]
    return CommandLine.arguments.compactMap { argument in
      switch argument.prefix(while: { $0 != "=" }) {
      case "--config-file": files.popFirst().map(Conf.Source.file)
      case "--config-dir": folders.popFirst().map(Conf.Source.folder)
      default: nil
      }
    }
  }
}

/// A variable of scripts and its value, as the command line gives them.
struct VariableValue {
  let name: ConfOption.Name
  let value: String

  init(_ text: String) throws {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let names = parts[0].split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, names.count <= 2, names.allSatisfy(\.isVariableName) else {
      throw ValidationError(
        "--var is name=value or group.name=value, of letters, digits, _ and -, not '\(parts[0])'")
    }
    name = ConfOption.Name(
      names[names.count - 1], group: names.count == 2 ? names[0] : Settings.variableGroup)
    value = String(parts[1])
  }
}

extension String {
  fileprivate var isVariableName: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}

/// Options of the reference that mean nothing here: taken, so that its callers need not change.
struct IgnoredOptions: ParsableArguments {
  @Option(
    name: [.customLong("log-config-append"), .customLong("log-config"), .customLong("log_config")],
    help: .hidden)
  var logConfig: String?

  @Option(name: .customLong("log-date-format"), help: .hidden)
  var logDateFormat: String?

  @Option(name: .customLong("syslog-log-facility"), help: .hidden)
  var syslogFacility: String?

  @Flag(
    name: [
      .customLong("use-syslog"), .customLong("nouse-syslog"), .customLong("use-journal"),
      .customLong("nouse-journal"), .customLong("use-json"), .customLong("nouse-json"),
      .customLong("watch-log-file"), .customLong("nowatch-log-file"),
    ], help: .hidden)
  var switches: Int
}

/// Which repositories a command is about: all, or the one that the command line names.
struct RepositoryOptions: ParsableArguments {
  @Option(name: .customLong("repo_path"), help: Self.pathHelp, completion: .directory)
  var path: String?

  private static let pathHelp = ArgumentHelp(
    """
    Only the repository in this folder, which holds migrate.cfg and versions/; without it, core and \
    every plugin of db_plugins.
    """, valueName: "folder")
}

/// Which repository a command is about: core, or the one that the command line names.
struct RepositoryOption: ParsableArguments {
  @Option(name: .customLong("repo_path"), help: Self.pathHelp, completion: .directory)
  var path: String?

  private static let pathHelp = ArgumentHelp(
    """
    The repository in this folder, which holds migrate.cfg and versions/; without it, core.
    """, valueName: "folder")
}

/// What becomes of versions that appeared below the one that a repository stands at.
struct LateOptions: ParsableArguments {
  @Flag(
    name: .customLong("allow_late"),
    help: """
      Run versions that appeared below the one that the database stands at, in their order, before \
      newer ones; without it they end the command.
      """)
  var isAllowed = false

  var policy: LatePolicy { isAllowed ? .apply : .refuse }
}
