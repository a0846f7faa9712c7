/// A diagram as an `erDiagram` of Mermaid (mermaid.js.org, "Entity Relationship Diagrams"), 11.5 or later for
/// its colours.
///
/// Entities have numbers for names, and those of the tables stand beside them. What the grammar does not take
/// in the name or the type of an attribute becomes `_`, and the whole of it stands behind.
struct MermaidPicture {
  private let diagram: Diagram

  /// Writes `diagram`.
  init(of diagram: Diagram) {
    self.diagram = diagram
  }

  /// The text.
  var text: String {
    var lines = [
      "erDiagram", "  \(DiagramFormat.mermaid.signature)",
      "  accTitle: \(diagram.title.mermaid)", "  direction LR",
    ]
    for (index, holder) in diagram.holders.enumerated() {
      lines.append("  legend\(index)[\"owner: \(holder.label.mermaid)\"]")
    }
    for (index, table) in diagram.tables.enumerated() { lines += entity(index, table) }
    lines += diagram.keys.map(relation)
    for (index, holder) in diagram.holders.enumerated() {
      let color = DiagramColor(holder.kind)
      let members = diagram.tables.indices.filter { diagram.tables[$0].holder == index }
      let names = ["legend\(index)"] + members.map { "t\($0)" }
      lines.append("  classDef owner\(index) fill:\(color.faint),stroke:\(color.strong)")
      lines.append("  class \(names.joined(separator: ",")) owner\(index)")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func entity(_ index: Int, _ table: Diagram.Table) -> [String] {
    let note = table.detail == .missing ? " (not there)" : ""
    let head = "  t\(index)[\"\(table.name.description.mermaid)\(note)\"]"
    guard !table.columns.isEmpty else { return [head] }
    return ["\(head) {"] + table.columns.map { "    \(Self.attribute($0))" } + ["  }"]
  }

  private static func attribute(_ column: Diagram.Column) -> String {
    let (name, type) = (column.name.mermaidWord, column.type.mermaidWord)
    var keys: [String] = []
    if column.marks.contains(.primaryKey) { keys.append("PK") }
    if column.marks.contains(.foreignKey) { keys.append("FK") }
    var notes: [String] = []
    if name != column.name { notes.append(column.name) }
    if type != column.type, !column.type.isEmpty { notes.append(column.type) }
    if !column.marks.contains(.nullable) { notes.append("NOT NULL") }
    let words = [type, name, keys.joined(separator: ", ")].filter { !$0.isEmpty }
    let note = notes.isEmpty ? "" : " \"\(notes.joined(separator: ", ").mermaid)\""
    return words.joined(separator: " ") + note
  }

  private func relation(_ key: Diagram.Key) -> String {
    let columns = diagram.tables[key.child].columns
    let label = key.columns.map { columns[$0].name }.joined(separator: ", ")
    let many = key.counts.isSingle ? "|o" : "}o"
    let one = key.counts.isOptional ? "o|" : "||"
    return
      "  t\(key.child) \(many)--\(one) t\(key.parent) : \"\(label.isEmpty ? "?" : label.mermaid)\""
  }
}

extension String {
  /// The text between double quotes; what could mean something there is written as an entity code
  /// (mermaid.js.org, "Entity codes to escape characters").
  fileprivate var mermaid: String {
    // The grammar looks for this word with a blank behind it on the whole line, whatever its case.
    let isDirection = lowercased().contains("direction")
    var text = ""
    for scalar in visible.unicodeScalars {
      switch scalar {
      case _ where isDirection && scalar.properties.isWhitespace: text += "#\(scalar.value);"
      case "a"..."z", "A"..."Z", "0"..."9", " ", "_", "-", ".", ",", "(", ")", "'", "/", "*":
        text.unicodeScalars.append(scalar)
      case _ where scalar.value > 0x7F: text.unicodeScalars.append(scalar)
      default: text += "#\(scalar.value);"
      }
    }
    return text.isEmpty ? "#32;" : text
  }

  /// The text as one word of the grammar, which is not one of its own.
  fileprivate var mermaidWord: String {
    var word = ""
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "a"..."z", "A"..."Z", "_": word.unicodeScalars.append(scalar)
      case "0"..."9", "-", "[", "]", "(", ")":
        if word.isEmpty { word = "_" }
        word.unicodeScalars.append(scalar)
      // Of the others the grammar takes these alone.
      case "\u{C0}"..."\u{FFFC}" where !scalar.properties.isWhitespace:
        word.unicodeScalars.append(scalar)
      default: word += "_"
      }
    }
    let isTaken = word.isEmpty || ["PK", "FK", "UK"].contains(word.prefix(2).uppercased())
    return isTaken ? "_\(word)" : word
  }
}
