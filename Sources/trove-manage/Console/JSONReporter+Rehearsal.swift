import TroveManage

extension JSONReporter {
  func finishRehearsal(_ outcome: RehearsalOutcome, in database: DatabaseURL) -> ExitStatus {
    let report = outcome.report
    let status = report.failure.map { ExitStatus($0) } ?? .done
    var document = JSONDocument(ok: report.failure == nil)
    document.database = database.description
    document.repositories = report.standings.map { JSONDocument.Repository($0) }
    document.durationMilliseconds = report.duration.milliseconds
    document.rehearsal = JSONDocument.Rehearsal(outcome, in: database)
    if let failure = report.failure {
      if let run = failure.report { document.describe(run) }
      document.error = JSONDocument.Failure(
        message: "\(failure.error)", exitCode: status.code,
        engineCode: failure.error.databaseError?.code)
    }
    document.print(to: output)
    return status
  }
}

extension JSONDocument {
  /// What a run did that was undone.
  struct Rehearsal: Encodable {
    let databaseMissing: Bool
    let versions: [Version]
    let notRehearsed: [Untried]
    /// `nil` when not everything ran through.
    let schemas: [OwnedDifference]?
    let sequences: [Sequence]

    init(_ outcome: RehearsalOutcome, in database: DatabaseURL) {
      databaseMissing = database.missingFile != nil
      versions = outcome.report.steps.map { Version($0, owner: outcome.owner) }
      notRehearsed = outcome.report.untried.map(Untried.init)
      schemas = outcome.differences?.map { owner, difference in
        OwnedDifference(
          owner: owner,
          differences: JSONDocument.differences(difference, owner: outcome.owner))
      }
      sequences = outcome.report.sequences.map(Sequence.init)
    }
  }

  /// How the schema of one owner would differ.
  struct OwnedDifference: Encodable {
    let owner: String?
    let differences: [Difference]
  }

  /// A sequence that was moved.
  struct Sequence: Encodable {
    let schema: String
    let name: String
    let before: Int64
    let moved: Int64
    let after: Int64?
    let note: String

    init(_ sequence: MovedSequence) {
      schema = sequence.name.schema
      name = sequence.name.name
      before = sequence.before.value
      moved = sequence.moved.value
      after = sequence.after?.value
      note = sequence.note
    }
  }
}

extension JSONDocument.Rehearsal {
  /// A version that was begun.
  struct Version: Encodable {
    let repository: String
    let from: Int
    let to: Int
    let late: Bool
    let script: String
    /// Whether it ran to its end.
    let ok: Bool
    let durationMicroseconds: Int64?
    let statements: [Tried]

    init(_ tried: TriedStep, owner: (ObjectName) -> String?) {
      repository = tried.step.repository.id
      from = tried.step.from
      to = tried.step.to
      late = tried.step.isLate
      script = tried.step.script.path
      ok = tried.duration != nil
      durationMicroseconds = tried.duration?.microseconds
      statements = tried.statements.map { Tried($0, owner: owner) }
    }
  }

  /// A version that was left out.
  struct Untried: Encodable {
    let repository: String
    let from: Int
    let to: Int
    let script: String
    let reason: String

    init(_ untried: UntriedStep) {
      repository = untried.step.repository.id
      from = untried.step.from
      to = untried.step.to
      script = untried.step.script.path
      reason = untried.words
    }
  }

  /// A statement that ran.
  struct Tried: Encodable {
    let path: String
    let line: Int
    let column: Int?
    let statement: String
    let ok: Bool
    let durationMicroseconds: Int64
    let rowsChanged: Int?
    let locks: [Lock]
    let rewritten: [Object]

    init(_ tried: TriedStatement, owner: (ObjectName) -> String?) {
      path = tried.statement.path
      line = tried.statement.line
      column = tried.statement.column
      statement = tried.statement.excerpt
      ok = tried.ending == .done
      durationMicroseconds = tried.duration.microseconds
      rowsChanged = tried.changedRows
      locks = tried.locks.map { lock in
        Lock(
          mode: lock.mode.rawValue, object: Object(lock.object, owner: owner), index: lock.index,
          blocks: lock.mode.blocks.map(\.rawValue))
      }
      rewritten = tried.rewritten.map { Object($0, owner: owner) }
    }
  }

  /// A lock that a statement took.
  struct Lock: Encodable {
    /// As PostgreSQL's `pg_locks` calls it.
    let mode: String
    let object: Object
    /// The index of the object that was locked.
    let index: String?
    /// What others cannot do meanwhile: `read`, `write`.
    let blocks: [String]
  }

  /// A table, or what else has rows.
  struct Object: Encodable {
    let kind: String
    let schema: String
    let name: String
    let owner: String?

    init(_ object: ObjectName, owner: (ObjectName) -> String?) {
      kind = object.kind.rawValue
      schema = object.schema
      name = object.name
      self.owner = owner(object)
    }
  }
}

extension Duration {
  fileprivate var microseconds: Int64 { Int64(self / .microseconds(1)) }
}
