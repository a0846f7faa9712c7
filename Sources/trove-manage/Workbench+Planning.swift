import TroveManage

extension Workbench {
  /// Shows the way of one repository between two versions, without asking a database.
  ///
  /// - Parameters:
  ///   - options: what is asked for.
  ///   - range: the versions.
  ///   - path: the folder of the repository; `nil` for core.
  ///   - scope: what is committed together; `nil` for what the conf files say.
  ///   - reporter: shows it.
  /// - Returns: how the program ends.
  /// - Throws: ``UsageError`` for versions that the repository does not have, and why nothing can be shown.
  func show(
    _ options: PlanOptions, _ range: RangeOptions, repository path: String?,
    scope: TransactionScope?, reportingTo reporter: any Reporter
  ) throws -> ExitStatus {
    guard let ends = range.ends else { return .usage }
    let dialect = try range.dialect ?? self.dialect()
    let (member, base) =
      try path.map { try self.place(ofRepositoryIn: $0, reportingTo: reporter) } ?? (core(), [])
    try check(ends, of: member.repository)
    let migrator = rangeMigrator(of: member, scope: scope, reportingTo: reporter)
    let summary = try migrator.preview(of: member, from: ends.from, to: ends.to, for: dialect)
    guard options.isPrinting else {
      reporter.finishPlan(summary, in: nil)
      return .done
    }
    try PrintedScript.check(summary)
    let place = try options.scratch.place()
    if let place, place.dialect != dialect {
      throw ScratchError.otherEngine(place, needed: dialect)
    }
    var head = summary.headLines(
      for: dialect, "wherever \(member.repository.id) stands at \(ends.from)")
    let writes: [[Command]]
    if dialect == .sqlite || place != nil {
      let builds = try builds(for: [dialect], on: place, reportingTo: reporter)
      guard let build = builds[dialect] else { return .failed }
      let levels = base + [ScratchBuild.Level(member, at: ends.from)]
      writes = try PrintedOwners(of: summary, among: levels, with: build).writes(for: dialect)
    } else {
      head += [
        "Without --scratch nobody could tell who owns what then: the script forgets it, and the next run asks",
        "the scripts; db_adopt asks the catalog.",
      ]
      writes = [PrintedOwners.forgetting(member, for: dialect)]
    }
    let script = try PrintedScript(
      of: summary, for: dialect, by: Workplace.identity().printing, limits: limits, owners: writes,
      head: head)
    reporter.finishScript(script)
    return .done
  }

  /// What the connection of the conf files says; its database is not asked.
  private func dialect() throws -> Dialect {
    guard let connection = try? settings.connection() else {
      throw UsageError(
        "no connection says for which engine: name it with --dialect sqlite or --dialect postgresql"
      )
    }
    return try DatabaseURL(connection).dialect
  }

  /// Refuses versions that the repository does not have, and a way down that the conf files refuse.
  private func check(_ ends: (from: Int, to: Int), of repository: Repository) throws {
    for (option, version) in [("--from", ends.from), ("--to", ends.to)]
    where !repository.canStand(at: version) {
      throw UsageError(
        "\(option) \(version): \(repository.id) has no such version; its versions go to \(repository.latest)"
      )
    }
    guard ends.to >= ends.from || !settings.isProtected else {
      throw Protected(command: "db_sync --from \(ends.from) --to \(ends.to)")
    }
  }
}

/// Arguments that are found to be wrong once the repositories are read.
struct UsageError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}
