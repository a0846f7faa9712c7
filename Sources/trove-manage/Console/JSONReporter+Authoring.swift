import TroveManage

extension JSONReporter {
  func finishRepositoryCheck(_ outcome: RepositoryCheckOutcome) {
    var document = JSONDocument(ok: outcome.isClean)
    document.diagnostics = outcome.diagnostics.map(JSONDocument.Diagnostic.init)
    document.print(to: output)
  }

  func finishRules(_ rules: [CheckRule]) {
    var document = JSONDocument(ok: true)
    document.rules = rules.map(JSONDocument.Rule.init)
    document.print(to: output)
  }
}

extension JSONDocument {
  /// What an author should mend.
  struct Diagnostic: Encodable {
    let rule: String
    let severity: String
    let path: String
    let line: Int
    let column: Int?
    let message: String
    let hint: String

    init(_ diagnostic: TroveManage.Diagnostic) {
      rule = diagnostic.rule.rawValue
      severity = diagnostic.severity.rawValue
      path = diagnostic.location.path
      line = diagnostic.location.line
      column = diagnostic.location.column
      message = diagnostic.sentence
      hint = diagnostic.hint
    }
  }

  /// What can be wrong with a repository.
  struct Rule: Encodable {
    let name: String
    let severity: String
    let group: String
    let summary: String
    let why: String
    let hint: String

    init(_ rule: CheckRule) {
      name = rule.rawValue
      severity = rule.severity.rawValue
      group = rule.group.rawValue
      summary = rule.summary
      why = rule.why
      hint = rule.remedy
    }
  }
}
