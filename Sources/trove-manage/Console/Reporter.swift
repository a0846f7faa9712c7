import TroveManage

/// Turns what happens into words or documents.
///
/// Only reporters print.
protocol Reporter {
  /// The streams that it writes to.
  var output: Output { get }

  /// Something happens during a run.
  func report(_ event: MigrationEvent)
  /// A run has come to its end.
  func finishRun(_ report: RunReport)
  /// Shows where the repositories stand, how their contracts fare, and what became of their schema.
  func finishStatus(_ status: StatusReport, of database: DatabaseURL)
  /// Shows one version.
  ///
  /// - Throws: ``NotControlled`` when there is none.
  func finishVersion(_ standing: Standing) throws
  /// Shows what a check has found.
  func finishCheck(_ report: CheckReport, of database: DatabaseURL)
  /// Shows how scripts were edited, before somebody is asked.
  func showRepairs(_ outcome: RepairOutcome)
  /// Says what became of them.
  func finishRepair(_ outcome: RepairOutcome)
  /// Says what became of a plugin that was to be taken away.
  func finishRemoval(_ outcome: RemovalOutcome)
  /// Shows what happened to the versions.
  func finishHistory(_ history: History)
  /// Shows the same as a graph, where there is somebody to look at it.
  func finishGraph(_ history: History)
  /// Says that the database is ready, and how long that took.
  func finishWait(for database: DatabaseURL, after duration: Duration)
  /// Says what a command about datastores did.
  func finishDatastores(_ outcome: DatastoreOutcome)
  /// Shows how the schema of a database differs from a standard; `owner` labels objects.
  func finishComparison(
    _ result: DatabaseComparison.Result, of database: DatabaseURL, with standard: String,
    owner: (ObjectName) -> String?)
  /// Shows what the schema says about the versions of repositories, before anything is recorded.
  func reportFindings(
    _ findings: [Adoption.Finding], in database: DatabaseURL, claim: ToolClaim?)
  /// Says what became of the findings.
  func finishAdoption(
    _ findings: [Adoption.Finding], in database: DatabaseURL, claim: ToolClaim?,
    _ outcome: AdoptionOutcome)
  /// Shows what a run would do; `database` is none that was not asked.
  func finishPlan(_ summary: PlanSummary, in database: DatabaseURL?)
  /// Shows a script that does in a shell what a run would do.
  func finishScript(_ script: PrintedScript)
  /// Shows what a rehearsal has found.
  ///
  /// - Returns: how the program ends.
  func finishRehearsal(_ outcome: RehearsalOutcome, in database: DatabaseURL) -> ExitStatus
  /// Shows a picture of the schema, or says where it is.
  func finishDiagram(_ outcome: DiagramOutcome)
  /// Shows what became of a repository's Python versions.
  func finishConversion(_ outcome: ConversionOutcome)
  /// Says what was made for the author of a repository.
  func finishCreation(_ outcome: CreationOutcome)
  /// Shows what a check of repositories has found in their files.
  func finishRepositoryCheck(_ outcome: RepositoryCheckOutcome)
  /// Lists the rules of such a check.
  func finishRules(_ rules: [CheckRule])
  /// Says why the program ends early; also what is asked of it by `--help` and `--version`.
  ///
  /// - Returns: how it ends.
  func fail(_ error: any Error) -> ExitStatus
}

extension RunReport {
  /// The repositories that were moved, with where from and where to.
  var moves: [(before: Standing, after: Standing)] {
    zip(before, after).filter { $0.version != $1.version }.map { (before: $0, after: $1) }
  }
}
