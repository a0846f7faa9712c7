import TroveManage

extension JSONReporter {
  func finishComparison(
    _ result: DatabaseComparison.Result, of database: DatabaseURL, with standard: String,
    owner: (ObjectName) -> String?
  ) {
    var document = JSONDocument(ok: result.difference.isEmpty)
    document.database = database.description
    document.comparedWith = standard
    document.differences = JSONDocument.differences(result.difference, owner: owner)
    document.print(to: output)
  }
}

extension JSONDocument {
  /// An object that is not what it should be.
  struct Difference: Encodable {
    let kind: String
    let schema: String
    let table: String?
    let name: String
    let owner: String?
    /// `missing`, `added` or `changed`.
    let change: String
    let parts: [PartDifference]?
    /// What a person is told.
    let messages: [String]
  }

  /// A part of an object that is not what it should be.
  struct PartDifference: Encodable {
    let kind: String
    let name: String
    let expected: String?
    let found: String?

    init(_ change: SchemaDifference.PartChange) {
      kind = change.part.kind
      name = change.part.name
      switch change {
      case .added(let part): (expected, found) = (nil, part.text)
      case .removed(let part): (expected, found) = (part.text, nil)
      case .changed(let old, let new): (expected, found) = (old.text, new.text)
      }
    }
  }

  static func differences(
    _ difference: SchemaDifference, owner: (ObjectName) -> String? = { _ in nil }
  ) -> [Difference] {
    difference.entries.map { entry in
      let object = entry.object
      let (change, parts): (String, [PartDifference]?) =
        switch entry.change {
        case .missing: ("missing", nil)
        case .added: ("added", nil)
        case .changed(let changes): ("changed", changes.map { PartDifference($0) })
        }
      return Difference(
        kind: object.kind.rawValue, schema: object.schema, table: object.table, name: object.name,
        owner: owner(object), change: change, parts: parts, messages: entry.lines)
    }
  }
}
