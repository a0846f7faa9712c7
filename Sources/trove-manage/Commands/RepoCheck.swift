import ArgumentParser
import TroveManage

/// The command `repo_check`.
struct RepoCheck: ReportingCommand {
  static let configuration = CommandConfiguration(
    commandName: "repo_check",
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

      Exits with 0 when there are warnings at most, with 4 when there are errors.

      Example: trove-manage repo_check --repo_path migrate_repo --strict
      Example: trove-manage repo_check --repo_path migrate_repo --sarif findings.sarif
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions

  @Flag(name: .customLong("strict"), help: "Warnings are errors.")
  var isStrict = false

  @Option(
    name: .customLong("sarif"),
    help: ArgumentHelp(
      "A file that is not there yet: it gets the findings as SARIF 2.1.0, which code hosts show.",
      valueName: "file"))
  var sarif: String?

  @Flag(name: .customLong("rules"), help: "List the rules, and check nothing.")
  var listsRules = false

  func validate() throws {
    guard listsRules, isStrict || sarif != nil || repositories.path != nil else { return }
    throw ValidationError("--rules checks nothing: it stands alone")
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    guard !listsRules else {
      reporter.finishRules(CheckRule.allCases)
      return .done
    }
    let file = try sarif.map { try SARIFFile(Path($0)) }
    let checks = try folders().map { RepositoryCheck(of: $0) }
    var diagnostics = checks.flatMap(\.diagnostics)
    if isStrict { diagnostics = diagnostics.map(\.asError) }
    let outcome = RepositoryCheckOutcome(
      checks: checks, diagnostics: diagnostics, file: file?.path)
    try file?.write(SARIFLog(diagnostics, program: ProgramVersion.text))
    reporter.finishRepositoryCheck(outcome)
    return outcome.isClean ? .done : .difference
  }

  /// The repositories to check; conf files are read only to find them.
  private func folders() throws -> [Path] {
    if let path = repositories.path { return [Path(path)] }
    do {
      return try Workbench(options).members().map(\.repository.folder)
    } catch let error as RepositoryError {
      throw CheckFailure(error: error)
    }
  }
}
