import TroveManage

extension JSONReporter {
  func finishConversion(_ outcome: ConversionOutcome) {
    var document = JSONDocument(ok: outcome.isWhole)
    document.conversions = outcome.parts.map { JSONDocument.Conversion($0, in: outcome.folder) }
    document.print(to: output)
  }
}

extension JSONDocument {
  /// What became of one of a Python version's functions.
  struct Conversion: Encodable {
    let version: Int
    let operation: String
    let source: String
    let scripts: [String]
    let reasons: [Reason]

    init(_ part: TroveManage.Conversion.Part, in folder: Path) {
      version = part.version
      operation = part.operation.rawValue
      source = part.source.text
      scripts = part.scripts.map { folder.appending("versions").appending($0.name).text }
      reasons = part.reasons.map {
        Reason(message: $0.words, dialects: $0.dialects.map(\.rawValue))
      }
    }
  }

  /// Why a function stays in Python.
  struct Reason: Encodable {
    let message: String
    let dialects: [String]
  }
}
