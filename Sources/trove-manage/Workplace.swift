import FoundationEssentials
import TroveManage

/// What a command works on: the database and the repositories that its options and conf files name.
struct Workplace {
  /// What the conf files say.
  let settings: Settings
  /// The database; nothing is opened yet.
  let database: Database
  /// The repositories in the order of a run.
  let members: [Member]

  /// Reads the conf files and finds the repositories.
  init(_ options: GlobalOptions, _ repositories: RepositoryOptions) throws {
    settings = try options.settings()
    database = Database(try DatabaseURL(settings.connection()))
    database.connectWait = settings.connectWait
    if let path = repositories.repositoryPath {
      members = [Member(role: .named, repository: try Repository(folder: Path(path)))]
    } else {
      let data = RepositoryFinder.installedDataFolder(forExecutable: Path("/proc/self/exe"))
      members = try RepositoryFinder(settings, dataFolder: data).members()
    }
  }

  /// A migrator of the repositories that tells `reporter` what happens.
  func migrator(scope: TransactionScope?, reportingTo reporter: any Reporter) -> Migrator {
    database.noticeHandler = { reporter.report(.notice($0)) }
    let process = ProcessInfo.processInfo
    let identity = RunIdentity(
      id: UUID().uuidString.lowercased(), runBy: "\(process.userName)@\(process.hostName)",
      program: "trove-manage \(ProgramVersion.text)")
    let options = Migrator.Options(
      identity: identity, scope: scope ?? settings.transaction, lockWait: settings.lockWait,
      limits: StatementLimits(duration: settings.statementTimeout, lockWait: settings.lockTimeout),
      interruption: { Interruption() })
    let conf = settings.conf
    return Migrator(
      database, members: members, options: options,
      variables: { try? conf.variable($0.option, group: $0.group ?? "DEFAULT") },
      report: reporter.report)
  }
}
