import TroveManage

extension JSONReporter {
  func finishDiagram(_ outcome: DiagramOutcome) {
    var document = JSONDocument(ok: true)
    document.diagram = JSONDocument.Diagram(outcome)
    document.print(to: output)
  }
}

extension JSONDocument {
  /// A picture.
  struct Diagram: Encodable {
    let format: String
    /// The file that it was written to.
    let file: String?
    /// The picture itself, when there is no file.
    let text: String?
    let tables: [Table]

    init(_ outcome: DiagramOutcome) {
      let diagram = outcome.diagram
      format = outcome.format.rawValue
      file = outcome.file?.text
      text = outcome.file == nil ? outcome.text : nil
      tables = diagram.tables.enumerated().map { index, table in
        let keys = diagram.keys.filter { $0.child == index }
        return Table(
          schema: table.name.schema, name: table.name.name,
          owner: diagram.holders[table.holder].label,
          foreignKeys: keys.map {
            Key(name: $0.name, refersTo: diagram.tables[$0.parent].name.name)
          })
      }
    }
  }

  /// A table of a picture.
  struct Table: Encodable {
    let schema: String
    let name: String
    let owner: String
    let foreignKeys: [Key]
  }

  /// A foreign key of a picture.
  struct Key: Encodable {
    let name: String?
    let refersTo: String
  }
}
