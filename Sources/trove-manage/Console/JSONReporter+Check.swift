import TroveManage

extension JSONReporter {
  func finishCheck(_ report: CheckReport, of database: DatabaseURL) {
    var document = JSONDocument(ok: report.verdict == .clean)
    document.database = database.description
    document.repositories = report.standings.map { JSONDocument.Repository($0) }
    document.findings = report.findings.map { JSONDocument.Finding($0) }
    document.print(to: output)
  }
}

extension JSONDocument {
  /// A script that is not any more what ran.
  struct Edited: Encodable {
    let version: Int
    let script: String
    let state: String

    init(_ script: EditedScript) {
      version = script.version
      self.script = script.path.text
      state = script.state.rawValue
    }
  }

  /// Something that a check has found.
  struct Finding: Encodable {
    let kind: String
    let repository: String?
    let version: Int?
    let object: String?
    let path: String?
    let text: String
    let hint: String?

    init(_ finding: TroveManage.Finding) {
      kind = finding.kind.rawValue
      repository = finding.repository
      version = finding.version
      object = finding.object
      path = finding.path
      text = finding.text
      hint = finding.hint
    }
  }
}
