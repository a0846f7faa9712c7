import ArgumentParser
import TroveManage

/// The command `db_adopt`.
struct DbAdopt: ReportingCommand {
  static let configuration = CommandConfiguration.command(
    "db_adopt",
    abstract:
      "Find out at which version a database stands whose version row is missing, and record it.",
    discussion: """
      The scripts of core run version by version in a scratch database, then those of each plugin on top \
      of it; the version whose schema is the one here is shown with the evidence and, after --yes or an \
      answer on a terminal, recorded as db_version_control does. Tables that no script makes are not \
      looked at. Where a repository has its version row, the schema is checked against it, and what the \
      repository owns is recorded when nobody has done that before. Exits with 3 \
      when --yes is all that lacks, and with 4, without recording anything, when no version fits, when \
      several do and --version does not say which, or when a version row is wrong.

      --from takes over a database that another tool has migrated: its table says at which version core, or the \
      repository of --repo_path, stands, and the schema must be that version's. Numbers are versions of the same \
      number; a revision of alembic is the version whose script has its id in the name. The table is only read.

      Example: trove-manage --config-file /etc/trove/trove.conf db_adopt
      Example: trove-manage db_adopt --repo_path /opt/foo/migrate_repo --version 7 --yes
      Example: trove-manage --config-file /etc/trove/trove.conf db_adopt --from flyway --yes
      """
  )

  @OptionGroup var options: GlobalOptions
  @OptionGroup var repositories: RepositoryOptions
  @OptionGroup var scratch: ScratchOption

  @Option(
    help: "Which of several versions with this schema it is; core's, without --repo_path.",
    transform: VersionNumber.init)
  var version: VersionNumber?

  @Option(
    help: Self.fromHelp, completion: .list(MigrationTool.allCases.map(\.rawValue)),
    transform: Self.tool(named:))
  var from: MigrationTool?

  @Flag(name: .customLong("yes"), help: "Record what is found without asking.")
  var isConfirmed = false

  private static let tools = MigrationTool.allCases.map(\.rawValue).joined(separator: ", ")

  private static let fromHelp = ArgumentHelp(
    "Another tool, whose table in the database says which version it is: \(tools).",
    valueName: "tool")

  private static func tool(named name: String) throws -> MigrationTool {
    guard let tool = MigrationTool(rawValue: name) else {
      throw ValidationError("is none of \(tools)")
    }
    return tool
  }

  func validate() throws {
    guard from == nil || version == nil else {
      throw ValidationError("--from and --version both say which version it is: leave one out")
    }
  }

  func run(reportingTo reporter: any Reporter) throws -> ExitStatus {
    let workplace = try Workplace(options, .all(or: repositories.path))
    workplace.prepareDatabase(reportingTo: reporter)
    let claim = try claim(in: workplace)
    let adoption = Adoption(
      of: workplace.members,
      on: try workplace.base(of: repositories.path, reportingTo: reporter),
      in: workplace.database,
      with: workplace.scratchBuild(at: try scratch.place(), reportingTo: reporter),
      options: workplace.migrationOptions(), report: reporter.report)
    let findings = try adoption.findings(choosing: version?.number ?? claim?.version)
    let url = workplace.database.url
    reporter.reportFindings(findings, in: url, claim: claim)
    let outcome = outcome(of: findings, on: reporter.output)
    if outcome == .recorded { try adoption.record(findings) }
    reporter.finishAdoption(findings, in: url, claim: claim, outcome)
    return outcome.status
  }

  private func claim(in workplace: Workplace) throws -> ToolClaim? {
    guard let from, let member = workplace.members.first else { return nil }
    let connection = try workplace.database.connection(for: .reading)
    return try ToolClaim(of: from, for: member.repository, on: connection)
  }

  private func outcome(of findings: [Adoption.Finding], on output: Output) -> AdoptionOutcome {
    guard findings.allSatisfy(\.isResolved) else { return .unresolved }
    guard findings.contains(where: \.isNew) else { return .nothing }
    if isConfirmed { return .recorded }
    switch Confirmation.answer(to: "Record this?", on: output) {
    case true?: return .recorded
    case false?: return .declined
    case nil: return .unconfirmed
    }
  }
}
