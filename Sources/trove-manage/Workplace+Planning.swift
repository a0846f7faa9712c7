import TroveManage

extension Workplace {
  /// Shows what a run of `migrator` to `target` would do, as `options` ask for.
  ///
  /// - Parameter path: the folder of the only repository of the run, when the command line named one.
  func show(
    _ options: PlanOptions, of migrator: Migrator, to target: Target = .latest,
    from beginning: Beginning = .asItIs, repository path: String?,
    reportingTo reporter: any Reporter
  ) throws -> ExitStatus {
    // Whatever SQLite keeps beside a file goes with the session, which the end of the process does not wait for.
    defer { database.close() }
    let summary = try migrator.preview(to: target, from: beginning)
    guard options.isPrinting else {
      reporter.finishPlan(summary, in: database.url)
      return .done
    }
    try PrintedScript.check(summary)
    let rehearsal = Rehearsal(
      of: summary, on: try base(of: path, reportingTo: reporter),
      with: scratchBuild(at: try options.scratch.place(), reportingTo: reporter))
    let script = try PrintedScript(
      of: summary, for: database.url.dialect, by: Self.identity().printing,
      limits: migrationOptions().limits,
      owners: try rehearsal.writes(in: database) { reporter.report(.warning($0)) },
      head: summary.headLines(for: database.url.dialect, "as \(database.url) stands now"))
    reporter.finishScript(script)
    return .done
  }
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
    guard !moves.isEmpty else {
      return ["Printed by trove-manage \(ProgramVersion.text) \(place)."]
    }
    return [
      "\(moves.joined(separator: ", ")), \(place).",
      "Printed by trove-manage \(ProgramVersion.text); run it with \(dialect.shellUsage)",
      "It fails, and changes nothing, when a repository stands elsewhere. Keep it unedited: the journal",
      "says of each script from which file it came.",
    ]
  }
}
