/// Opens the database that the conf names, and maps core's tables and those of the plugins that `db_plugins` names.
///
/// Each entry of `db_plugins` is looked up among what is registered; one that is not there is a shared library in
/// the plugin's folder (``DBPluginExport``). The mappers are called in the order of the entries, core's first.
///
/// Whoever works on several threads calls this on each, for an engine of its own.
///
/// - Parameters:
///   - conf: what the conf files say.
///   - registered: the plugins that the service brings, by their entry of `db_plugins`; one that is not named there
///     is left alone.
///   - versions: what to make of the versions at which the repositories stand.
///   - dataFolder: where the repositories that came with `trove-manage` are, when `core_repo_path` and
///     `db_plugins_path` do not say; `nil` for the usual places: beside the service's program or above it, and below
///     `/usr/local` and `/usr`.
/// - Returns: the engine with everything mapped.
/// - Throws: ``ServiceError``; no session is left then.
public func configureDB(
  _ conf: Conf, registered: [String: any DBPlugin.Type], versions: VersionGuard = .exact(),
  dataFolder: Path? = nil
) throws(ServiceError) -> Engine {
  let setup = try ServiceSetup(conf, dataFolder: dataFolder)
  let loader = PluginLoader(registered: registered, folders: setup.finder.pluginFolders)
  return try setup.engine(with: loader.plugins(setup.settings.plugins), versions: versions)
}

/// Opens the database that the conf names, and maps core's tables and those of plugins that the caller has made.
///
/// - Parameters:
///   - conf: what the conf files say.
///   - plugins: the plugins. One is the object of the entry of `db_plugins` that ends with the name of its type, as
///     `com.foo.dbaas.db.plugin.DBPlugins` does for a type `DBPlugins`: those map in the order of the entries, and then
///     the others, in the order in which they are given.
///   - versions: what to make of the versions at which the repositories stand.
///   - dataFolder: as for ``configureDB(_:registered:versions:dataFolder:)``.
/// - Returns: the engine with everything mapped.
/// - Throws: ``ServiceError``; no session is left then.
public func configureDB(
  _ conf: Conf, _ plugins: any DBPlugin..., versions: VersionGuard = .exact(),
  dataFolder: Path? = nil
) throws(ServiceError) -> Engine {
  let setup = try ServiceSetup(conf, dataFolder: dataFolder)
  return try setup.engine(
    with: LoadedPlugin.ordered(plugins, by: setup.settings.plugins), versions: versions)
}

extension DatabaseURL {
  /// The database, whose server lists sessions under `name` unless the URL says another.
  fileprivate func named(_ name: String) -> Self {
    guard case .postgresql(let server) = self else { return self }
    return .postgresql(server.setting(PostgresConnection.nameKeyword, to: name))
  }
}

/// What the conf files say to a service.
private struct ServiceSetup {
  let settings: Settings
  let finder: RepositoryFinder
  private let url: DatabaseURL
  private let program: String

  init(_ conf: Conf, dataFolder: Path?) throws(ServiceError) {
    do { settings = try Settings(conf) } catch { throw .conf(error) }
    let connection: ConfValue
    do { connection = try settings.connection() } catch { throw .conf(error) }
    do { url = try DatabaseURL(connection) } catch { throw .url(error) }
    finder = RepositoryFinder(settings, dataFolder: dataFolder ?? Self.usualDataFolder)
    let files = conf.files.flatMap { ["--config-file", $0.shellWord] }
    program = (["trove-manage"] + files).joined(separator: " ")
  }

  /// Under which name the server lists the session, for whoever looks what keeps a migration waiting.
  private static var serviceName: String {
    CommandLine.arguments.first.map { Path($0).name } ?? "service"
  }

  private static var usualDataFolder: Path? {
    RepositoryFinder.installedDataFolder(forExecutable: Path("/proc/self/exe"))
      ?? ["/usr/local/bin", "/usr/bin"].lazy.compactMap { folder in
        RepositoryFinder.installedDataFolder(forExecutable: Path("\(folder)/trove-manage"))
      }.first
  }

  /// The engine with the tables of core and of the plugins.
  func engine(
    with plugins: [LoadedPlugin], versions: VersionGuard
  ) throws(ServiceError) -> Engine {
    let members: [Member]
    do { members = try finder.members() } catch { throw .repository(error) }
    let database = Database(url.named(Self.serviceName))
    database.connectWait = settings.connectWait
    let session = EngineSession(database, at: url, remedy: "\(program) db_sync")
    let engine = Engine(session)
    do throws(ServiceError) {
      let connection = try session.connection()
      try check(members, plugins, versions, on: connection)
      try map(CoreMapper(members: members, connection: connection), as: coreName(members), engine)
      for plugin in plugins { try map(plugin.plugin.mapper, as: plugin.name, engine) }
      engine.finishMapping()
      return engine
    } catch {
      engine.close()
      throw error
    }
  }

  private func check(
    _ members: [Member], _ plugins: [LoadedPlugin], _ versions: VersionGuard,
    on connection: any Connection
  ) throws(ServiceError) {
    let expected = plugins.compactMap { loaded in
      loaded.plugin.repositoryVersion.map { (loaded.name, $0) }
    }
    let mismatches = try ServiceError.catching { () throws(DatabaseError) in
      try versions.mismatches(
        of: members, expected: Dictionary(expected) { first, _ in first }, on: connection)
    }
    guard mismatches.isEmpty else { throw .versions(mismatches, program: program) }
  }

  private func map(
    _ mapper: any Mapper, as name: String, _ engine: Engine
  ) throws(ServiceError) {
    do {
      try engine.mapping(for: name) { try mapper.map(engine) }
      try engine.session.checkOpen()
    } catch {
      throw .mapper(name, error)
    }
  }

  private func coreName(_ members: [Member]) -> String {
    members.first { $0.role == .core }?.repository.id ?? "core"
  }
}
