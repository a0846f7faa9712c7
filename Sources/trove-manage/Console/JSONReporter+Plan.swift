import TroveManage

extension JSONReporter {
  func finishPlan(_ summary: PlanSummary, in database: DatabaseURL?) {
    var document = JSONDocument(ok: true)
    document.database = database?.description
    document.repositories = summary.standings.map { JSONDocument.Repository($0) }
    document.plan = JSONDocument.Plan(summary, in: database)
    document.print(to: output)
  }

  func finishScript(_ script: PrintedScript) {
    for warning in script.warnings { output.message(warning, .warning) }
    var document = JSONDocument(ok: true)
    document.repositories = script.summary.standings.map { JSONDocument.Repository($0) }
    document.plan = JSONDocument.Plan(script.summary, in: nil)
    document.sql = script.text
    document.print(to: output)
  }
}

extension JSONDocument {
  /// What a run would do.
  struct Plan: Encodable {
    /// Whether there is no database yet; `nil` when none was asked.
    let databaseMissing: Bool?
    let versions: Int
    let transactions: Int
    let parts: [Part]

    init(_ summary: PlanSummary, in database: DatabaseURL?) {
      databaseMissing = database.map { $0.missingFile != nil }
      versions = summary.steps.count
      transactions = summary.transactionCount
      parts = summary.parts.map { part in
        Part(transaction: part.kind == .transaction, steps: part.steps.map(Planned.init))
      }
    }
  }

  /// What is committed together, or a script that no transaction can hold.
  struct Part: Encodable {
    let transaction: Bool
    let steps: [Planned]
  }

  /// A version that would be applied.
  struct Planned: Encodable {
    let repository: String
    let operation: String
    let from: Int
    let to: Int
    let description: String
    let script: String
    let checksum: String
    let late: Bool
    /// `nil` for a script in Python: nobody knows before it has run.
    let statements: Int?
    /// How many of them an interrupted run has done.
    let statementsDone: Int?
    /// Why no transaction can hold the script.
    let outside: [String]?
    let destructive: [Destructive]?

    init(_ step: Step) {
      repository = step.repository.id
      operation = step.operation.rawValue
      from = step.from
      to = step.to
      description = step.title
      script = step.script.path
      checksum = step.checksum
      late = step.isLate
      statements = step.isPython ? nil : step.script.statementCount
      statementsDone = step.progress?.doneCount
      outside = step.runsOutside ? step.outsideReasons : nil
      destructive = step.isPython ? nil : step.script.destructions.map(Destructive.init)
    }
  }

  /// A statement that takes something away.
  struct Destructive: Encodable {
    let kinds: [String]
    let path: String
    let line: Int
    let column: Int?
    let statement: String

    init(_ found: (statement: Statement, kinds: [Destruction])) {
      kinds = found.kinds.map(\.rawValue)
      path = found.statement.path
      line = found.statement.line
      column = found.statement.column
      statement = found.statement.excerpt
    }
  }
}
