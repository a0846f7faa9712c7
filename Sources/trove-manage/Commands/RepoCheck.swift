import ArgumentParser
import TroveManage

/// The command `repo_check`.
struct RepoCheck: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "repo_check",
    abstract: "Find the mistakes of a repository in its files, before an operator does.",
    discussion: """
      Names, pairs, numbers and migrate.cfg; scripts that cannot be read; and statements that fail, lock, \
      rewrite or lose more than their author may think, each with the reason and the safer way. All of them are \
      shown, as path:line:column, and none is mended: nothing is written, and no database is needed. --rules \
      lists the rules.

      A comment `-- migrate: ignore RULE: reason` in the line before a statement, or at the end of its first \
      line, says that a finding is meant; elsewhere in the script's head it is about the whole file. Lines \
      `RULE <= VERSION: reason` of ignore in the section [check] of migrate.cfg are about all scripts up to \
      that version, which have run and cannot change any more.

      --round_trip and --parity run the scripts, too, on top of core and the plugins before theirs, in scratch \
      databases: each version up, down and up again, and what both engines make side by side. SQLite's are \
      temporary files; PostgreSQL's are made and dropped on the server of the conf file, or of --scratch.

      Exits with 0 when there are warnings at most, with 4 when there are errors.

      Example: trove-manage repo_check --repo_path migrate_repo --strict
      Example: trove-manage repo_check --repo_path migrate_repo --sarif findings.sarif
      Example: trove-manage --config-file trove.conf repo_check --round_trip --parity
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions
  @OptionGroup var trials: TrialOptions

  @Flag(name: .customLong("strict"), help: "Warnings are errors.")
  var isStrict = false

  @Option(
    name: .customLong("sarif"),
    help: ArgumentHelp(
      "A file that is not there yet: it gets the findings as SARIF 2.1.0, which code hosts show.",
      valueName: "file"), completion: .file())
  var sarif: String?

  @Flag(name: .customLong("rules"), help: "List the rules, and check nothing.")
  var listsRules = false

  func validate() throws {
    guard listsRules, isStrict || sarif != nil || repositories.path != nil || !trials.chosen.isEmpty
    else { return }
    throw ValidationError("--rules checks nothing: it stands alone")
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    guard !listsRules else {
      reporter.finishRules(CheckRule.allCases)
      return .done
    }
    let file = try sarif.map { try SARIFFile(Path($0)) }
    // Conf files are read only to find repositories, or a place to run them.
    let bench =
      repositories.path == nil || !trials.chosen.isEmpty ? try Workbench(options) : nil
    let checks = try folders(bench).map { folder in
      let trial = try bench.flatMap { try self.trial(of: folder, on: $0, reportingTo: reporter) }
      return RepositoryCheck(of: folder, with: trial)
    }
    var diagnostics = checks.flatMap(\.diagnostics)
    if isStrict { diagnostics = diagnostics.map(\.asError) }
    let outcome = RepositoryCheckOutcome(
      checks: checks, diagnostics: diagnostics, file: file?.path)
    try file?.write(SARIFLog(diagnostics, program: ProgramVersion.text))
    reporter.finishRepositoryCheck(outcome)
    return outcome.isClean ? .done : .difference
  }

  /// What running the scripts shows, where that is asked for and they can be found.
  private func trial(
    of folder: Path, on bench: Workbench, reportingTo reporter: any Reporter
  ) throws -> TrialCheck? {
    guard !trials.chosen.isEmpty else { return nil }
    let place: (member: Member, base: [ScratchBuild.Level])
    do {
      place = try bench.place(ofRepositoryIn: folder.text, reportingTo: reporter)
    } catch is RepositoryError {
      let words = "\(folder): no script was run: the repository cannot be read"
      reporter.report(.notice(words))
      return nil
    }
    let dialects = trials.dialect.map { [$0] } ?? place.member.repository.dialects
    let builds = try bench.builds(
      for: dialects, on: try trials.server.place(), reportingTo: reporter)
    let status = reporter.output.status
    let trial = try TrialCheck(of: place.member, on: place.base, with: builds, trials.chosen) {
      if $0.number == 1 { reporter.output.progress($0.words) }
      status?.note($0)
    }
    status?.finishTrial()
    for remark in trial.remarks { reporter.report(.notice(remark)) }
    return trial
  }

  /// The repositories to check: the one that the command line names, or those that the conf files do.
  private func folders(_ bench: Workbench?) throws -> [Path] {
    if let path = repositories.path { return [Path(path)] }
    do {
      return try bench?.members().map(\.repository.folder) ?? []
    } catch let error as RepositoryError {
      throw CheckFailure(error: error)
    }
  }
}
