import TroveManage

/// What a command about the files of a repository works with: no database is needed but for trying scripts.
struct Workbench {
  let settings: Settings
  private let finder: RepositoryFinder

  /// Reads the conf files.
  init(_ options: GlobalOptions) throws {
    settings = try options.settings()
    let data = RepositoryFinder.installedDataFolder(forExecutable: Path("/proc/self/exe"))
    finder = RepositoryFinder(settings, dataFolder: data)
  }

  /// Core, in whatever folder the conf files name.
  func core() throws -> Member { Member(role: .core, repository: try finder.core()) }

  /// Core and every plugin, as the conf files name them.
  func members() throws -> [Member] { try finder.members() }

  /// How long statements may take.
  var limits: StatementLimits {
    StatementLimits(duration: settings.statementTimeout, lockWait: settings.lockTimeout)
  }

  /// A migrator that plans for one repository, and has no database.
  func rangeMigrator(
    of member: Member, scope: TransactionScope?, reportingTo reporter: any Reporter
  ) -> Migrator {
    Migrator(
      Database(.sqlite(.init(.memory))), members: [member],
      options: Migrator.Options(
        identity: Workplace.identity(), scope: scope ?? settings.transaction),
      variables: settings.variables(reportingTo: reporter), report: reporter.report)
  }

  /// The repository in `folder`, in the role that the conf files give it, and those that come before it, each
  /// at its latest version; one that they do not name stands alone.
  func place(
    ofRepositoryIn folder: String, reportingTo reporter: any Reporter
  ) throws -> (member: Member, base: [ScratchBuild.Level]) {
    let repository = try Repository(folder: Path(folder))
    let alone = Member(role: .named, repository: repository)
    let path = FileSystem.realPath(of: folder)
    let members: [Member]
    do {
      members = try finder.members()
    } catch {
      reporter.report(.warning("the repository stands alone: \(error)"))
      return (alone, [])
    }
    let index = members.firstIndex { FileSystem.realPath(of: $0.repository.folder.text) == path }
    guard let index else { return (alone, []) }
    let base = members[..<index].map {
      ScratchBuild.Level($0, at: $0.repository.latest, .everything)
    }
    return (Member(role: members[index].role, repository: repository), base)
  }

  /// Builders of repositories in scratch databases: in temporary files for SQLite; for PostgreSQL on the server
  /// that `server` names, or the conf files.
  func builds(
    for dialects: [Dialect], on server: DatabaseURL?, reportingTo reporter: any Reporter
  ) throws -> [Dialect: ScratchBuild] {
    // From here on a signal ends what runs and not the process, which has databases to drop.
    let interruption = Interruption()
    let python = PythonSetup(interpreter: settings.python, folders: finder.pluginFolders)
    var builds: [Dialect: ScratchBuild] = [:]
    for dialect in dialects {
      let live = Database(try url(for: dialect, on: server))
      live.connectWait = settings.connectWait
      let scratch = ScratchDatabase(like: live, interruption: interruption) {
        reporter.report(.warning($0))
      }
      builds[dialect] = ScratchBuild(
        in: scratch, identity: Workplace.identity(), interruption: interruption, python: python,
        variables: settings.variables(reportingTo: reporter))
    }
    return builds
  }

  private func url(for dialect: Dialect, on server: DatabaseURL?) throws -> DatabaseURL {
    guard dialect == .postgresql else { return .sqlite(.init(.memory)) }
    if let server {
      guard server.dialect == dialect else {
        throw ScratchError.otherEngine(server, needed: dialect)
      }
      return server
    }
    guard let connection = try? settings.connection() else { throw ScratchError.noServer }
    let url = try DatabaseURL(connection)
    guard url.dialect == dialect else { throw ScratchError.noServer }
    return url
  }
}
