import FoundationEssentials
import TroveManage

/// What a command works on: the database and the repositories that its options and conf files name.
struct Workplace {
  /// What the conf files say.
  let settings: Settings
  /// The option that names the database.
  private let connection: ConfValue
  private let isDebug: Bool
  /// The database; nothing is opened yet.
  let database: Database
  /// The repositories in the order of a run.
  let members: [Member]
  /// What the name of a plugin stands for; `nil` when none was named.
  let plugin: NamedPlugin?
  /// Finds the other repositories of the conf files; `nil` where ``members`` are all that count.
  let neighbourFinder: RepositoryFinder?

  /// How the conf files have versions in Python run.
  let pythonSetup: PythonSetup

  /// Which repositories a command is about.
  enum Selection {
    /// Core and every plugin, or the one in a folder that the command line named.
    case all(or: String?)
    /// Core and every plugin, or those in folders that the command line named, if it did.
    case some(of: [String])
    /// Core, or the one in a folder that the command line named.
    case one(String?)
    /// The plugin of that name, in a folder that the command line named or where `db_plugins` says.
    case plugin(String, in: String?)
    /// None: the command is about the database alone.
    case none

    /// Whether there may be other repositories that the conf files name.
    fileprivate var isPart: Bool {
      switch self {
      case .all(or: nil), .none: false
      case .some(let paths): !paths.isEmpty
      case .all, .one, .plugin: true
      }
    }
  }

  /// Reads the conf files and finds the repositories.
  init(_ options: GlobalOptions, _ selection: Selection) throws {
    settings = try options.settings()
    connection = try settings.connection()
    database = Database(try DatabaseURL(connection))
    database.connectWait = settings.connectWait
    database.busyWait = settings.lockWait
    isDebug = options.isDebug && !options.isNotDebug
    let data = RepositoryFinder.installedDataFolder(forExecutable: Path("/proc/self/exe"))
    let finder = RepositoryFinder(settings, dataFolder: data)
    neighbourFinder = selection.isPart ? finder : nil
    pythonSetup = PythonSetup(interpreter: settings.python, folders: finder.pluginFolders)
    plugin =
      if case .plugin(let name, let path) = selection {
        try finder.plugin(named: name, in: path.map { Path($0) })
      } else { nil }
    switch selection {
    case .plugin: members = [plugin?.member].compactMap(\.self)
    case .all(or: let path?), .one(let path?):
      members = [Member(role: .named, repository: try Repository(folder: Path(path)))]
    case .some(let paths) where !paths.isEmpty:
      members = try Member.ordered(
        paths.map { Member(role: .named, repository: try Repository(folder: Path($0))) })
    case .all, .some: members = try finder.members()
    case .none: members = []
    case .one: members = [Member(role: .core, repository: try finder.core())]
    }
  }

  /// The same for a check, to which a repository that cannot be used is a difference.
  init(checking options: GlobalOptions, _ selection: Selection) throws {
    do {
      try self.init(options, selection)
    } catch let error as RepositoryError {
      throw CheckFailure(error: error)
    }
  }

  /// Which repositories of the database count as known.
  var ownerScope: OwnerReport.Scope { neighbourFinder == nil ? .everything : .members }

  /// Who runs this; the system is asked for the names.
  static func identity() -> RunIdentity {
    let process = ProcessInfo.processInfo
    return RunIdentity(
      id: UUID().uuidString.lowercased(), runBy: "\(process.userName)@\(process.hostName)",
      program: "trove-manage \(ProgramVersion.text)")
  }

  /// Lets `reporter` hear what the database says, and warns when others can read its password.
  func prepareDatabase(reportingTo reporter: any Reporter) {
    database.noticeHandler = { reporter.report(.notice($0)) }
    if let status = reporter.output.status {
      database.commandHandler = { status.note(ran: $0) }
    }
    if isDebug {
      database.statementHandler = { reporter.output.message("\($1.preciseWords): \($0)", .debug) }
    }
    if case .sqlite(let sqlite) = database.url, sqlite.storage == .memory {
      reporter.report(.warning("\(database.url) is a database in memory: nothing of it stays"))
    }
    guard case .file(let location) = connection.origin,
      let mode = FileSystem.mode(of: location.path), connection.isExposed(inFileOfMode: mode)
    else { return }
    let text =
      "\(location.path) holds a password and others can read it: chmod o-r \(location.path)"
    reporter.report(.warning(text))
  }

  /// What `strict` makes of scripts that were edited after they ran.
  var edits: EditPolicy { settings.isStrict ? .refuse : .ignore }

  /// What every run keeps; of the other repositories it finds those that it can.
  ///
  /// A command about one repository needs no conf file that is right about the others.
  func contractRule(reportingTo reporter: any Reporter) -> ContractRule {
    ContractRule {
      neighbourFinder?.neighbours(of: members) { problem in
        reporter.report(.warning("not everything between repositories can be checked: \(problem)"))
      } ?? []
    }
  }

  /// A migrator of the repositories that keeps `contracts`, and the rules `besides` that follow who owns what,
  /// and tells `reporter` what happens.
  func migrator(
    scope: TransactionScope? = nil, late: LatePolicy = .refuse, edits: EditPolicy = .ignore,
    contracts: ContractRule? = nil, besides: (OwnershipRule) -> [any RunRule] = { _ in [] },
    reportingTo reporter: any Reporter
  ) -> Migrator {
    prepareDatabase(reportingTo: reporter)
    var options = migrationOptions(scope: scope)
    let status = reporter.output.status
    options.interruption = { Interruption { status?.tick() } }
    options.late = late
    options.edits = edits
    let contracts = contracts ?? contractRule(reportingTo: reporter)
    let owners = OwnershipRule(
      members, neighbours: { contracts.neighbours }, notify: { reporter.report(.notice($0)) })
    return Migrator(
      database, members: members, options: options, rules: [contracts, owners] + besides(owners),
      variables: variables(reportingTo: reporter),
      report: { event in
        status?.note(event)
        if isDebug, case .failureNotRecorded(let why) = event {
          reporter.output.message("the failure could not be recorded: \(why)", .debug)
        }
        if isDebug, case .traceback(let text) = event { reporter.output.message(text, .debug) }
        reporter.report(event)
      })
  }

  /// What the conf files say about runs.
  func migrationOptions(scope: TransactionScope? = nil) -> Migrator.Options {
    Migrator.Options(
      identity: Self.identity(), scope: scope ?? settings.transaction, lockWait: settings.lockWait,
      limits: StatementLimits(duration: settings.statementTimeout, lockWait: settings.lockTimeout),
      retryLimit: settings.lockRetries, python: pythonSetup, interruption: { Interruption() })
  }

  /// The values of script variables, as the command line and the conf files have them.
  func variables(reportingTo reporter: any Reporter) -> (ScriptVariable) -> String? {
    settings.variables(reportingTo: reporter)
  }
}

extension Settings {
  /// The values of script variables, as the command line and the conf files have them.
  func variables(reportingTo reporter: any Reporter) -> (ScriptVariable) -> String? {
    { name in
      do {
        return try variable(name.option, group: name.group)
      } catch {
        // The script's own error says that it has no value; this one says why.
        reporter.report(.warning("\(error)"))
        return nil
      }
    }
  }
}
