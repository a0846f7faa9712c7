import TroveManage

extension Workplace {
  /// Shows what a run of `migrator` to `target` would do, as `options` ask for.
  ///
  /// - Parameters:
  ///   - options: what is asked for.
  ///   - migrator: the run.
  ///   - target: where it goes.
  ///   - beginning: what it begins with.
  ///   - reporter: shows it.
  /// - Returns: how the program ends.
  /// - Throws: what such a run throws before it begins, and why it cannot be printed.
  func show(
    _ options: PlanOptions, of migrator: Migrator, to target: Target = .latest,
    from beginning: Beginning = .asItIs, reportingTo reporter: any Reporter
  ) throws -> ExitStatus {
    // Whatever SQLite keeps beside a file goes with the session, which the end of the process does not wait for.
    defer { database.close() }
    let summary = try migrator.preview(to: target, from: beginning)
    guard options.isPrinting else {
      reporter.finishPlan(summary, in: database.url)
      return .done
    }
    try PrintedScript.check(summary)
    let place = try options.scratch.place()
    if place == nil { try PrintedScript.checkReach(of: summary) }
    let printed = PrintedOwners(
      of: summary, among: try levels(around: summary, reportingTo: reporter),
      with: scratchBuild(at: place, reportingTo: reporter))
    let script = try PrintedScript(
      of: summary, for: database.url.dialect, by: Self.identity().printing,
      limits: migrationOptions().limits,
      owners: try printed.writes(in: database) { reporter.report(.warning($0)) },
      head: summary.headLines(for: database.url.dialect, "as \(database.url) stands now"))
    reporter.finishScript(script)
    return .done
  }

  /// The repositories that stand in the database, those of the plan and the others of the conf files, in the order
  /// of a run over all of them.
  private func levels(
    around summary: PlanSummary, reportingTo reporter: any Reporter
  ) throws -> [ScratchBuild.Level] {
    // Their repeatable scripts run with the plan: the texts that ran before are not there any more.
    let own = summary.standings.map { $0.withoutRepeated() }
    guard let neighbourFinder else { return own.compactMap { ScratchBuild.Level($0) } }
    let all: [Member]
    do {
      all = try neighbourFinder.members()
    } catch {
      reporter.report(.warning("\(error)"))
      return own.compactMap { ScratchBuild.Level($0) }
    }
    let paths = Set(own.map(\.realPath))
    let others = try Migrator(
      database, members: all.filter { !paths.contains($0.realPath) },
      options: Migrator.Options(identity: Self.identity())
    ).standings().filter(\.isKnown)
    let known = own + others
    let order = all.map(\.realPath)
    let named = order.compactMap { path in known.first { $0.realPath == path } }
    return (named + own.filter { !order.contains($0.realPath) }).compactMap {
      ScratchBuild.Level($0)
    }
  }
}

extension Member {
  /// The folder, whatever it is called.
  fileprivate var realPath: String { FileSystem.realPath(of: repository.folder.text) }
}

extension Standing {
  fileprivate var realPath: String { member.realPath }
}

extension RunIdentity {
  /// The same, for what is run by somebody else, later.
  var printing: Self {
    Self(id: id, runBy: runBy, program: "\(program), printed")
  }
}

extension PlanSummary {
  /// What a printed script begins with.
  func headLines(for dialect: Dialect, _ place: String) -> [String] {
    let moves = moves.map {
      "\($0.standing.repository.id) \($0.standing.version ?? 0) -> \($0.version)"
    }
    guard !steps.isEmpty else {
      return ["Printed by trove-manage \(ProgramVersion.text) \(place)."]
    }
    return [
      "\(moves.isEmpty ? "Scripts without a version" : moves.joined(separator: ", ")), \(place).",
      "Printed by trove-manage \(ProgramVersion.text); run it with \(dialect.shellUsage)",
    ]
      + (dialect == .postgresql
        ? ["as the user of the conf file: whoever runs it owns what it makes."] : []) + [
        "It fails, and changes nothing, when a repository stands elsewhere. Keep it unedited: the journal",
        "says of each script from which file it came.",
      ]
  }
}
