import ArgumentParser
import TroveManage

/// The command `repo_convert`.
struct RepoConvert: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "repo_convert",
    abstract: "Put SQL in the place of a repository's Python versions.",
    discussion: """
      The versions run in scratch databases, up and down, and what they execute becomes a script for each \
      engine, or one for both where they agree. Then the repository is built once more with the scripts, and \
      the schema compared after every version. A version stays in Python, with the reason and the line, when \
      it looks at rows, which may decide what it does, or when it is not the same each time. Nothing is \
      overwritten; the Python files stay, and the scripts take their place. A repository that db_plugins \
      names is built on top of core and of the plugins before it. Exits with 4 when a version stays.

      Example: trove-manage repo_convert /opt/foo/migrate_repo --scratch postgresql://trove@localhost/postgres
      Example: trove-manage repo_convert migrate_repo --dialect sqlite --into converted/migrate_repo
      """
  )

  @OptionGroup var options: GlobalOptions

  @Argument(
    help: ArgumentHelp("The repository, which holds migrate.cfg and versions/.", valueName: "dir"),
    completion: .directory)
  var folder: String

  @Option(
    name: .customLong("into"),
    help: ArgumentHelp(
      "A folder that is not there yet: it becomes a copy of the repository, with the scripts.",
      valueName: "dir"), completion: .directory)
  var target: String?

  @Option(
    name: .customLong("dialect"),
    help: ArgumentHelp("Only scripts for this engine: sqlite or postgresql.", valueName: "engine"),
    completion: .list(Dialect.allCases.map(\.rawValue)),
    transform: Dialect.init(argument:))
  var dialect: Dialect?

  @OptionGroup var server: ScratchServerOption

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let bench = try Workbench(options)
    let (member, base) = try bench.place(ofRepositoryIn: folder, reportingTo: reporter)
    for warning in member.repository.warnings { reporter.report(.warning(warning)) }
    let place: Conversion.Place = target.map { .copy(Path($0)) } ?? .repository
    try Conversion.check(place)
    let builds = try bench.builds(
      for: dialect.map { [$0] } ?? Dialect.allCases,
      on: try server.place(), reportingTo: reporter)
    let conversion = Conversion(of: member, on: base, with: builds) { reporter.report(.notice($0)) }
    let parts = try conversion.parts()
    try conversion.write(parts, to: place)
    let outcome = ConversionOutcome(
      repository: member.repository, parts: parts,
      folder: target.map { Path($0) } ?? member.repository.folder)
    reporter.finishConversion(outcome)
    return outcome.isWhole ? .done : .difference
  }
}
