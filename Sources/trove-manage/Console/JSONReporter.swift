import ArgumentParser
import FoundationEssentials
import TroveManage

/// One JSON document on standard output.
///
/// Warnings and notices stay words on standard error.
struct JSONReporter: Reporter {
  let output: Output

  func report(_ event: MigrationEvent) {
    switch event {
    case .warning(let text): output.message(text, .warning)
    case .notice(let text): output.notice(text)
    case .printed(let step, let text): output.progress(step.prefixing(text))
    default: break
    }
  }

  func finishRun(_ report: RunReport) {
    var document = JSONDocument(ok: true)
    document.describe(report)
    document.print(to: output)
  }

  func finishVersion(_ standing: Standing) throws {
    guard standing.version != nil else { throw NotControlled(repository: standing.repository) }
    var document = JSONDocument(ok: true)
    document.repositories = [JSONDocument.Repository(standing)]
    document.print(to: output)
  }

  func finishWait(for database: DatabaseURL, after duration: Duration) {
    var document = JSONDocument(ok: true)
    document.database = database.description
    document.durationMilliseconds = duration.milliseconds
    document.print(to: output)
  }

  func fail(_ error: any Error) -> ExitStatus {
    let status = ExitStatus(error)
    if status == .done {
      output.result(TroveManageCommand.fullMessage(for: error))
      return status
    }
    var document = JSONDocument(ok: false)
    let failure = error as? RunFailure
    if let report = failure?.report { document.describe(report) }
    document.error = JSONDocument.Failure(
      message: "\(failure?.error ?? error)", exitCode: status.code,
      engineCode: (failure?.error ?? error as? MigrationError)?.databaseError?.code
        ?? (error as? DatastoreError)?.databaseError?.code)
    document.print(to: output)
    return status
  }
}

/// The document that every command prints with `--json`.
struct JSONDocument: Encodable {
  /// A repository and where it stands.
  struct Repository: Encodable {
    let role: String
    let id: String
    let path: String
    let versionTable: String
    let before: Int?
    let version: Int?
    let latest: Int
    let pending: [Int]
    let dueScripts: [String]
    let late: [Int]
    let interrupted: Interrupted?
    var requires: [Requirement]?
    var fingerprint: String?
    var drift: [Drifted]?
    let edited: [Edited]?

    init(_ standing: Standing, before: Int? = nil) {
      role = standing.member.roleWord
      id = standing.repository.id
      path = standing.repository.folder.text
      versionTable = standing.repository.versionTable
      self.before = before
      version = standing.version
      latest = standing.repository.latest
      pending = standing.pending
      dueScripts = standing.dueScripts.map(\.path.text)
      late = standing.late
      interrupted = standing.progress.map { progress in
        Interrupted(
          operation: progress.operation.rawValue, from: progress.from, to: progress.to,
          statementsDone: progress.doneCount)
      }
      edited = standing.edited?.map { Edited($0) }
    }
  }

  /// A script outside a transaction that was interrupted.
  struct Interrupted: Encodable {
    let operation: String
    let from: Int
    let to: Int
    let statementsDone: Int
  }

  /// A version that was, or would have been, applied.
  struct Applied: Encodable {
    let repository: String
    let operation: String
    let from: Int
    let to: Int
    let script: String
  }

  /// Why the program failed.
  struct Failure: Encodable {
    let message: String
    let exitCode: Int32
    let engineCode: String?
  }

  /// The number of this document's form: it grows when a member changes its meaning or goes.
  let schema = 1
  let ok: Bool
  var database: String?
  var repositories: [Repository]?
  var orphans: [Orphan]?
  var leftAlone: [String]?
  var applied: [Applied]?
  var rolledBack: [Applied]?
  var transactions: Int?
  var retries: Int?
  var cleared: Bool?
  var durationMilliseconds: Int64?
  var datastores: [Datastore]?
  var datastoreVersions: [DatastoreVersion]?
  var associations: [Association]?
  var parameters: [Parameter]?
  var comparedWith: String?
  var differences: [Difference]?
  var findings: [Finding]?
  var repairs: [Repair]?
  var drift: [Drifted]?
  var history: [HistoryEntry]?
  var evidence: [Evidence]?
  var claim: Claim?
  var conversions: [Conversion]?
  var creation: Creation?
  var diagnostics: [Diagnostic]?
  var rules: [Rule]?
  var diagram: Diagram?
  var outcome: String?
  var removal: Removal?
  var plan: Plan?
  var sql: String?
  var rehearsal: Rehearsal?
  var error: Failure?

  init(ok: Bool) {
    self.ok = ok
  }

  /// Takes over what a run did.
  mutating func describe(_ report: RunReport) {
    repositories = zip(report.before, report.after).map { Repository($1, before: $0.version) }
    if !report.leftAlone.isEmpty { leftAlone = report.leftAlone }
    applied = report.applied.map(Self.applied)
    rolledBack = report.rolledBack.map(Self.applied)
    transactions = report.transactions
    if report.retries > 0 { retries = report.retries }
    if report.cleared { cleared = true }
    durationMilliseconds = report.duration.milliseconds
  }

  private static func applied(_ step: Step) -> Applied {
    Applied(
      repository: step.repository.id, operation: step.operation.rawValue, from: step.from,
      to: step.to, script: step.script.path)
  }

  /// Prints the document.
  func print(to output: Output) {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    guard let data = try? encoder.encode(self) else { return }
    output.result(String(decoding: data, as: UTF8.self))
  }
}
