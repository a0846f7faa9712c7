/// A diagram in the DOT language (graphviz.org, "DOT Language"), with HTML-like labels.
///
/// Nodes have numbers for names: nothing that a table is called can be taken for something else.
struct GraphvizPicture {
  private let diagram: Diagram
  private let colors: [DiagramColor]

  /// Writes `diagram`.
  init(of diagram: Diagram) {
    self.diagram = diagram
    colors = diagram.holders.map { DiagramColor($0.kind) }
  }

  /// The text.
  var text: String {
    let head = [
      DiagramFormat.dot.signature,
      "digraph \(Self.quoted(diagram.title)) {",
      """
        graph [rankdir=LR, bgcolor="#fbfbfd", fontname="sans-serif", labelloc=t, labeljust=l,
          label=<<b>\(diagram.title.xml)</b>>, ranksep=1.2, nodesep=0.4]
      """,
      "  node [shape=plain, fontname=\"sans-serif\", fontsize=11]",
      "  edge [dir=both, arrowhead=normal, arrowtail=crow, arrowsize=0.7]",
    ]
    let nodes = diagram.tables.indices.map(node)
    let lines = head + [legend] + nodes + diagram.keys.map(edge) + ["}"]
    return lines.joined(separator: "\n") + "\n"
  }

  private var legend: String {
    let rows = zip(diagram.holders, colors).map { holder, color in
      """
      <tr><td bgcolor="\(color.strong)" width="16"></td><td align="left">\(holder.label.xml)</td></tr>
      """
    }
    let marks =
      "<tr><td></td><td align=\"left\">* NOT NULL, PK primary key, FK foreign key</td></tr>"
    return """
        legend [label=<<table border="0" cellspacing="4">\(rows.joined())\(marks)</table>>]
      """
  }

  private func node(_ index: Int) -> String {
    let table = diagram.tables[index]
    let color = colors[table.holder]
    let note = table.detail == .missing ? " (not there)" : ""
    let style = table.detail == .columns ? "" : " style=\"dashed\""
    let head = """
      <tr><td colspan="3" align="left" bgcolor="\(color.strong)" port="t"><font color="white"><b>\
      \(table.name.description.xml)</b>\(note)</font></td></tr>
      """
    let rows = table.columns.enumerated().map { number, column in
      let ground = number.isMultiple(of: 2) ? "white" : color.faint
      let name = column.marks.contains(.primaryKey) ? "<b>\(column.name.xml)</b>" : column.name.xml
      let cells = [
        "align=\"left\" port=\"l\(number)\">\(name)",
        "align=\"left\">\(column.type.isEmpty ? " " : column.type.xml)",
        "align=\"right\" port=\"r\(number)\">\(column.signs.isEmpty ? " " : column.signs)",
      ]
      return "<tr>\(cells.map { "<td bgcolor=\"\(ground)\" \($0)</td>" }.joined())</tr>"
    }
    return """
        t\(index) [label=<<table border="1" cellborder="0" cellspacing="0" cellpadding="3" \
      color="\(color.strong)"\(style)>\(head)\(rows.joined())</table>>]
      """
  }

  private func edge(_ key: Diagram.Key) -> String {
    let port = key.columns.first.map { ":r\($0)" } ?? ":t"
    let name = key.name.map { "\n\($0)" } ?? ""
    let tail = key.counts.isSingle ? ", arrowtail=tee" : ""
    let color = colors[diagram.tables[key.child].holder].strong
    return """
        t\(key.child)\(port) -> t\(key.parent):t [color="\(color)"\(tail), \
      tooltip=\(Self.quoted(key.words + (name.isEmpty ? "" : " — \(name.dropFirst())")))]
      """
  }

  /// A string of the language: a quote needs a backslash, and a backslash another one where it would be the
  /// beginning of an escape ("escString").
  private static func quoted(_ text: String) -> String {
    let escaped = text.visible.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    return "\"\(escaped)\""
  }
}

extension Diagram.Column {
  /// What there is to say about it, in letters.
  fileprivate var signs: String {
    var signs: [String] = []
    if !marks.contains(.nullable) { signs.append("*") }
    if marks.contains(.primaryKey) { signs.append("PK") }
    if marks.contains(.foreignKey) { signs.append("FK") }
    return signs.joined(separator: " ")
  }
}
