import TroveManage

extension JSONReporter {
  func finishRemoval(_ outcome: RemovalOutcome) {
    var document = JSONDocument(ok: true)
    if case .removed(let report) = outcome.way { document.describe(report) }
    document.removal = JSONDocument.Removal(outcome)
    document.print(to: output)
  }
}

extension JSONDocument {
  /// A plugin that was taken away, or forgotten.
  struct Removal: Encodable {
    /// Something that is gone, or is left.
    struct Object: Encodable {
      let kind: String
      let name: String

      init(_ name: ObjectName) {
        kind = name.kind.rawValue
        self.name = name.description
      }
    }

    let repository: String
    let versionTable: String
    let version: Int?
    let outcome: String
    let removed: [Object]
    let left: [Object]
    let entry: String?
    let entryPlace: String?

    init(_ outcome: RemovalOutcome) {
      repository = outcome.holdings.key.id
      versionTable = outcome.holdings.key.versionTable
      version = outcome.holdings.version
      self.outcome =
        switch outcome.way {
        case .removed: "removed"
        case .detached: "detached"
        case .absent: "absent"
        }
      removed = outcome.removed.map(Object.init)
      left = outcome.left.map(Object.init)
      entry = outcome.entry?.text
      entryPlace = outcome.entry?.place
    }
  }
}
