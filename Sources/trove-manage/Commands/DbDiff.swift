import ArgumentParser
import TroveManage

/// The command `db_diff`.
struct DbDiff: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_diff",
    abstract: "Compare the schema with what the scripts make, or with another database's.",
    discussion: """
      Without a DATABASE-URL, the scripts of core and of every plugin run in a scratch database, up to the \
      versions at which the database stands, and the scratch database is dropped again. Neither \
      database is written to. Version tables, the order of columns, comments, owners and privileges do \
      not count. Exits with 4 when something differs.

      Example: trove-manage --config-file /etc/trove/trove.conf db_diff
      Example: trove-manage db_diff postgresql://trove@standby/trove
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var scratch: ScratchOption

  @Argument(help: ArgumentHelp("Another database of the same engine.", valueName: "database-url"))
  var other: String?

  func validate() throws {
    _ = try other.map(DatabaseURL.init(argument:))
    guard other == nil || scratch.url == nil else {
      throw ValidationError("--scratch is of no use where two databases are compared")
    }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(checking: options, .all(or: nil))
    let standings = try workplace.migrator(reportingTo: reporter).standings()
    let comparison = DatabaseComparison(of: workplace.database, members: workplace.members)
    let result: DatabaseComparison.Result
    let standard: String
    if let other {
      let url = try DatabaseURL(argument: other)
      standard = url.description
      result = try comparison.result(against: workplace.database.sibling(at: url))
    } else {
      let levels = try standings.levels()
      standard = levels.words
      result = try comparison.result(
        against: levels,
        from: try workplace.scratchBuild(at: scratch.place(), reportingTo: reporter))
    }
    let labels = try OwnerLabels(
      of: workplace.members, on: try workplace.database.connection(for: .reading))
    reporter.finishComparison(
      result, of: workplace.database.url, with: standard, owner: { labels[$0] })
    return result.difference.isEmpty ? .done : .difference
  }
}

extension [Standing] {
  /// The repositories that stand at a version, and at which.
  ///
  /// - Throws: ``CheckFailure`` for one that stands at a version that it does not have.
  fileprivate func levels() throws -> [ScratchBuild.Level] {
    try compactMap { standing in
      guard standing.isKnown else {
        throw CheckFailure(
          error: VersionError.unknownVersion(
            standing.repository, version: standing.version ?? 0))
      }
      return ScratchBuild.Level(standing)
    }
  }
}

extension [ScratchBuild.Level] {
  /// The repositories with their versions.
  fileprivate var words: String {
    guard !isEmpty else { return "an empty database: no repository stands at a version" }
    let levels = map { "\($0.member.repository.id) at \($0.version)" }
    return "the scripts of \(levels.joined(separator: ", "))"
  }
}
