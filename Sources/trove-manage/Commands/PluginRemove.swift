import ArgumentParser
import TroveManage

/// The command `plugin_remove`.
struct PluginRemove: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "plugin_remove",
    abstract: "Take a plugin away with all that it owns, or forget it and keep its tables.",
    discussion: """
      Its scripts go down to 0 in one transaction, which is committed only when nothing is left of what the \
      plugin owned and no foreign key refers to it; otherwise everything stays as it is, and the command \
      exits with 4 or 1. An installed plugin that requires it refuses the command with 4, [migrate] \
      protected = true with 1. With --detach no script runs: the database forgets the plugin, and its tables \
      are nobody's. On a terminal the command asks for the plugin's id first; elsewhere it wants --yes.

      Example: trove-manage --config-file /etc/trove/trove.conf plugin_remove com.foo.dbaas --yes
      Example: trove-manage plugin_remove com.gone --detach --yes
      Example: trove-manage plugin_remove com.gone --repo_path /opt/gone/migrate_repo
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(help: "The plugin: its entry of db_plugins, or its repository_id.")
  var name: String

  @Option(name: .customLong("repo_path"), help: Self.pathHelp, completion: .directory)
  var path: String?

  @Flag(help: "Forget the plugin and keep its tables.")
  var detach = false

  @Flag(help: "Go on without asking.")
  var yes = false

  private static let pathHelp = ArgumentHelp(
    "The folder of its repository, when no entry of db_plugins leads there any more.",
    valueName: "folder")

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    guard yes || Confirmation.isPossible else {
      throw Unconfirmed(
        description: "plugin_remove asks first, and there is nobody to ask: say --yes")
    }
    let workplace = try Workplace(options, .plugin(name, in: path))
    guard detach || !workplace.settings.isProtected else {
      throw Protected(command: "plugin_remove")
    }
    let contracts = workplace.contractRule(reportingTo: reporter)
    workplace.prepareDatabase(reportingTo: reporter)
    let connection = try workplace.database.connection(for: .reading)
    let key = try key(workplace, contracts, on: connection)
    let holdings = try PluginHoldings(
      of: key, among: workplace.members + contracts.neighbours, on: connection)
    guard detach || workplace.plugin?.member != nil else { throw NoScripts(holdings: holdings) }
    guard !holdings.isNothing else {
      return finish(.absent, holdings, workplace, reportingTo: reporter)
    }
    if !detach, !holdings.references.isEmpty { throw MigrationError.rule(holdings.references) }
    guard try yes || isConfirmed(holdings, on: connection, reportingTo: reporter) else {
      return .failed
    }
    return try perform(key, workplace, contracts, reportingTo: reporter)
  }

  /// The repository; one to whose folder nothing leads is looked for in the database.
  private func key(
    _ workplace: Workplace, _ contracts: ContractRule, on connection: any Connection
  ) throws -> RepositoryKey {
    if let member = workplace.plugin?.member { return member.repository.key }
    return try Orphan.named(name, among: contracts.neighbours, on: connection)
  }

  private func isConfirmed(
    _ holdings: PluginHoldings, on connection: any Connection, reportingTo reporter: any Reporter
  ) throws -> Bool {
    let counts = detach ? nil : try holdings.rowCounts(on: connection)
    return Confirmation.isGiven(for: holdings, rowCounts: counts, on: reporter.output)
  }

  private func perform(
    _ key: RepositoryKey, _ workplace: Workplace, _ contracts: ContractRule,
    reportingTo reporter: any Reporter
  ) throws -> ExitStatus {
    guard !detach, let member = workplace.plugin?.member else {
      let migrator = workplace.migrator(contracts: contracts, reportingTo: reporter)
      let holdings = try migrator.detach(key, heeding: contracts)
      return finish(.detached, holdings, workplace, reportingTo: reporter)
    }
    // The run proves that it is gone, under its lock; this is what it looked like there before.
    var removal: RemovalRule?
    let migrator = workplace.migrator(
      contracts: contracts,
      besides: { owners in
        let rule = RemovalRule(of: member.repository, following: owners)
        removal = rule
        return [rule]
      }, reportingTo: reporter)
    let report = try migrator.run(to: .nothing)
    guard let holdings = removal?.holdings else { return .failed }
    return finish(.removed(report), holdings, workplace, reportingTo: reporter)
  }

  private func finish(
    _ way: RemovalOutcome.Way, _ holdings: PluginHoldings, _ workplace: Workplace,
    reportingTo reporter: any Reporter
  ) -> ExitStatus {
    reporter.finishRemoval(
      RemovalOutcome(way: way, holdings: holdings, entry: workplace.plugin?.entry))
    return .done
  }
}

/// A repository is to be taken away by its scripts, and nothing leads to them.
struct NoScripts: Error, CustomStringConvertible {
  let holdings: PluginHoldings

  var description: String {
    let id = holdings.key.id
    let version = holdings.version.map { " at version \($0)" } ?? ""
    return """
      \(id) is in the database\(version), but no entry of db_plugins leads to its scripts
      hint: plugin_remove '\(id)' --repo_path DIR names the folder of its repository; plugin_remove '\(id)' \
      --detach forgets it and keeps its tables
      """
  }
}
