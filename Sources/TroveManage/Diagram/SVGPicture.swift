/// A diagram as Scalable Vector Graphics (SVG 1.1), which no tool is needed for.
///
/// It has a ground of its own, so that it looks the same in light and dark surroundings, and no font that
/// must be there. A line has a wider one in the colour of the ground below it, so that it passes over others.
struct SVGPicture {
  private let diagram: Diagram
  private let layout: DiagramLayout
  private let colors: [DiagramColor]
  private let legend: SVGLegend

  private static let margin = 32
  private static let ground = "#fbfbfd"

  /// Draws `diagram`.
  init(of diagram: Diagram) {
    self.diagram = diagram
    layout = DiagramLayout(of: diagram)
    colors = diagram.holders.map { DiagramColor($0.kind) }
    legend = SVGLegend(of: diagram, colors, width: max(layout.width, 460))
  }

  /// The picture.
  var text: String {
    let width = max(layout.width, legend.width) + 2 * Self.margin
    let height = layout.height + legend.height + 2 * Self.margin
    let top = Self.margin + legend.height
    let lines =
      head(width: width, height: height)
      + legend.lines(x: Self.margin, y: Self.margin)
      + ["<g transform=\"translate(\(Self.margin) \(top))\">"]
      + ["<g class=\"keys\">"] + bundles.flatMap(bundle) + ["</g>"]
      + diagram.tables.indices.flatMap(box) + ["</g>", "</svg>"]
    return lines.joined(separator: "\n") + "\n"
  }

  private func head(width: Int, height: Int) -> [String] {
    let styles = diagram.holders.indices.map { index in
      let color = colors[index]
      return """
        .o\(index) .head,.o\(index) .end{fill:\(color.strong)} .o\(index) .key{stroke:\(color.strong)} \
        .o\(index) .frame{stroke:\(color.strong)} .o\(index) .stripe{fill:\(color.faint)}
        """
    }
    return [
      """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(width)" height="\(height)" \
      viewBox="0 0 \(width) \(height)" font-family="sans-serif" font-size="12">
      """,
      DiagramFormat.svg.signature,
      "<title>\(diagram.title.xml)</title>",
      "<style>",
      """
      .key{fill:none;stroke-width:1.5} .under{fill:none;stroke:\(Self.ground);stroke-width:4.5} \
      .arrow:hover .key{stroke-width:3.5} .frame{fill:none;stroke-width:1.2} .paper{fill:#fff} \
      .dashed .frame{stroke-dasharray:5 3} .dashed .head{fill-opacity:.75}
      """,
      """
      text{fill:#1f2733} .name{font-size:13px;font-weight:bold;fill:#fff} .pk{font-weight:bold} \
      .type{font-size:11px;fill:#66707f;text-anchor:end} .dot{stroke:#66707f;stroke-width:1.2} \
      .full{fill:#66707f} .open{fill:none} .badge{fill:#e4e8ee} .mark{font-size:9px;fill:#4a5462;text-anchor:middle} \
      .title{font-size:18px;font-weight:bold} .note{fill:#66707f}
      """,
    ] + styles + [
      "</style>",
      "<rect width=\"\(width)\" height=\"\(height)\" fill=\"\(Self.ground)\"/>",
    ]
  }

  // MARK: - Lines

  /// The keys whose lines share their way; those of plugins pass over those of core.
  private var bundles: [[Int]] {
    let groups = Dictionary(grouping: diagram.keys.indices) { index in
      [diagram.tables[diagram.keys[index].child].holder, diagram.keys[index].parent]
    }
    return groups.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }

  /// Lines that share their way, with the ground on either side free of others.
  private func bundle(_ keys: [Int]) -> [String] {
    let ways = keys.map { Self.rounded(layout.paths[$0]) }
    return ["<path class=\"under\" d=\"\(ways.joined())\"/>"] + keys.map(line)
  }

  private func line(_ index: Int) -> String {
    let key = diagram.keys[index]
    let path = layout.paths[index]
    let way = Self.rounded(path)
    let rows = key.columns.dropFirst().map { row in rowBranch(row, of: key, from: path) }
    let start = Self.foot(at: path[0], toward: path[1], key.counts)
    let end = Self.head(at: path[path.count - 1], from: path[path.count - 2])
    let name = key.name.map { "\n\($0)" } ?? ""
    return """
      <g class="arrow o\(diagram.tables[key.child].holder)">\
      <title>\(key.words.xml)\(name.isEmpty ? "" : " — \(name.dropFirst().description.xml)")</title>\
      <path class="key" d="\(way)\(rows.joined())\(start)"/><path class="end" d="\(end)"/></g>
      """
  }

  /// The way of another column of the same key to the way of the first.
  private func rowBranch(
    _ row: Int, of key: Diagram.Key, from path: [DiagramLayout.Point]
  ) -> String {
    let step = path[1].x >= path[0].x ? 1 : -1
    let box = layout.boxes[key.child]
    let y = box.y + DiagramBox.exit(of: row, step > 0 ? .right : .left)
    let foot = Self.foot(at: .init(x: path[0].x, y: y), toward: path[1], key.counts)
    return "M\(path[0].x) \(y)h\(14 * step)V\(path[0].y)\(foot)"
  }

  /// The way with round corners.
  private static func rounded(_ path: [DiagramLayout.Point]) -> String {
    var text = "M\(path[0].x) \(path[0].y)"
    for index in path.indices.dropFirst() {
      let (from, here) = (path[index - 1], path[index])
      guard index + 1 < path.count else {
        text += "L\(here.x) \(here.y)"
        break
      }
      let to = path[index + 1]
      let room = min(
        max(abs(here.x - from.x), abs(here.y - from.y)), max(abs(to.x - here.x), abs(to.y - here.y))
      )
      let radius = min(7, room / 2)
      let before = here.moved(radius, toward: from)
      let after = here.moved(radius, toward: to)
      text += "L\(before.x) \(before.y)Q\(here.x) \(here.y) \(after.x) \(after.y)"
    }
    return text
  }

  /// The sign for many at the beginning of a line, or for one.
  private static func foot(
    at point: DiagramLayout.Point, toward next: DiagramLayout.Point, _ counts: Diagram.Counts
  ) -> String {
    let step = next.x >= point.x ? 1 : -1
    if counts.isSingle { return "M\(point.x + 6 * step) \(point.y - 5)v10" }
    return "M\(point.x) \(point.y - 5)l\(10 * step) 5l\(-10 * step) 5"
  }

  /// The arrow at the end of a line.
  private static func head(
    at point: DiagramLayout.Point, from last: DiagramLayout.Point
  ) -> String {
    let step = point.x >= last.x ? 1 : -1
    return "M\(point.x) \(point.y)l\(-9 * step) -5v10z"
  }

  // MARK: - Boxes

  private func box(_ index: Int) -> [String] {
    let table = diagram.tables[index]
    let box = layout.boxes[index]
    let content = layout.contents[index]
    let (width, height) = (box.width, box.height)
    let isClosed = table.columns.isEmpty
    let head = isClosed ? height : DiagramBox.head
    var tip = table.name.description
    if table.detail == .missing { tip += ": there is no such table" }
    var lines = [
      """
      <g class="table o\(table.holder)\(table.detail == .columns ? "" : " dashed")" \
      transform="translate(\(box.x) \(box.y))"><title>\(tip.xml)</title>
      """,
      "<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\" rx=\"5\"/>",
      isClosed
        ? "<rect class=\"head\" width=\"\(width)\" height=\"\(height)\" rx=\"5\"/>"
        : "<path class=\"head\" d=\"M0 \(head)V5Q0 0 5 0H\(width - 5)Q\(width) 0 \(width) 5V\(head)z\"/>",
      """
      <text class="name" x="\(DiagramBox.margin)" y="\(head / 2 + 5)">\(content.title.xml)</text>
      """,
    ]
    for row in table.columns.indices { lines += self.row(row, of: table, content, width: width) }
    lines.append("<rect class=\"frame\" width=\"\(width)\" height=\"\(height)\" rx=\"5\"/>")
    return lines + ["</g>"]
  }

  private func row(
    _ row: Int, of table: Diagram.Table, _ content: DiagramBox, width: Int
  ) -> [String] {
    let column = table.columns[row]
    let line = content.lines[row]
    let top = DiagramBox.head + row * DiagramBox.row
    let middle = top + DiagramBox.row / 2
    var right = width - DiagramBox.margin
    var lines: [String] = []
    if !row.isMultiple(of: 2) {
      lines.append(
        """
        <rect class="stripe" x="1" y="\(top)" width="\(width - 2)" height="\(DiagramBox.row)"/>
        """)
    }
    let isNullable = column.marks.contains(.nullable)
    lines.append(
      """
      <circle class="dot \(isNullable ? "open" : "full")" cx="\(DiagramBox.margin + 3)" cy="\(middle)" r="3"/>
      """)
    let isKey = column.marks.contains(.primaryKey)
    lines.append(
      """
      <text\(isKey ? " class=\"pk\"" : "") x="\(DiagramBox.margin + DiagramBox.dot)" y="\(middle + 4)">\
      \(line.name.xml)</text>
      """)
    let badges: [(Diagram.Mark, String)] = [(.foreignKey, "FK"), (.primaryKey, "PK")]
    for (mark, word) in badges where column.marks.contains(mark) {
      lines.append(SVGLegend.badge(word, right: right, middle: middle))
      right -= DiagramBox.badge
    }
    right = width - DiagramBox.margin - content.badges * DiagramBox.badge
    if !line.type.isEmpty {
      lines.append(
        "<text class=\"type\" x=\"\(right)\" y=\"\(middle + 4)\">\(line.type.xml)</text>")
    }
    return lines
  }
}

extension DiagramLayout.Point {
  /// The place so many pixels nearer to another one that is straight ahead.
  fileprivate func moved(_ distance: Int, toward other: Self) -> Self {
    Self(
      x: x + (other.x - x).signum() * min(distance, abs(other.x - x)),
      y: y + (other.y - y).signum() * min(distance, abs(other.y - y)))
  }
}
