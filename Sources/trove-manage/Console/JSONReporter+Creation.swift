import TroveManage

extension JSONReporter {
  func finishCreation(_ outcome: CreationOutcome) {
    var document = JSONDocument(ok: true)
    document.creation = JSONDocument.Creation(outcome)
    document.print(to: output)
  }
}

extension JSONDocument {
  /// What was made for the author of a repository.
  struct Creation: Encodable {
    let repository: String
    let path: String
    let versionTable: String
    let version: Int?
    let files: [String]
    let next: [String]

    init(_ outcome: CreationOutcome) {
      repository = outcome.key.id
      path = outcome.folder.text
      versionTable = outcome.key.versionTable
      version = outcome.version
      files = outcome.files.map(\.text)
      next = outcome.steps
    }
  }
}
