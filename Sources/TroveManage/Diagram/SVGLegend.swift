/// What stands above a picture: its title, the owners with their colours, and what the marks mean.
struct SVGLegend {
  /// How wide it is.
  let width: Int
  /// How high it is, with what is free below.
  let height: Int

  private struct Item {
    let x: Int
    let y: Int
    let drawing: String
  }

  private let title: String
  private let items: [Item]

  private static let metrics = TextMetrics(size: 12)
  private static let titleMetrics = TextMetrics(size: 18, weight: .bold)

  /// The legend of `diagram`, in lines of at most `width`.
  init(of diagram: Diagram, _ colors: [DiagramColor], width: Int) {
    title = Self.titleMetrics.fitted(diagram.title.visible, to: width)
    let owners = zip(diagram.holders, colors).map { holder, color in
      Self.owner(holder, color, limit: width)
    }
    let signs = diagram.tables.isEmpty ? [] : Self.signs(diagram)
    var items: [Item] = []
    var (x, y, right) = (0, 44, Self.titleMetrics.width(of: title))
    for group in [owners, signs] where !group.isEmpty {
      for (drawing, itemWidth) in group {
        if x > 0, x + itemWidth > width { (x, y) = (0, y + 22) }
        items.append(Item(x: x, y: y, drawing: drawing))
        x += itemWidth + 24
        right = max(right, x - 24)
      }
      (x, y) = (0, y + 22)
    }
    if diagram.tables.isEmpty {
      let text = "There are no tables."
      items.append(Item(x: 0, y: y, drawing: "<text class=\"note\" y=\"4\">\(text)</text>"))
      y += 22
    }
    self.items = items
    self.width = right
    height = y + 10
  }

  /// The elements.
  func lines(x: Int, y: Int) -> [String] {
    ["<g class=\"legend\" transform=\"translate(\(x) \(y))\">"]
      + ["<text class=\"title\" y=\"16\">\(title.xml)</text>"]
      + items.map { "<g transform=\"translate(\($0.x) \($0.y))\">\($0.drawing)</g>" } + ["</g>"]
  }

  /// The sign of a key in a row, which ends at `right`.
  static func badge(_ word: String, right: Int, middle: Int) -> String {
    """
    <rect class="badge" x="\(right - 20)" y="\(middle - 6)" width="20" height="12" rx="3"/>\
    <text class="mark" x="\(right - 10)" y="\(middle + 3)">\(word)</text>
    """
  }

  private static func owner(
    _ holder: Diagram.Holder, _ color: DiagramColor, limit: Int
  ) -> (String, Int) {
    let count = holder.tableCount
    let note = count == 0 ? "" : ": \(count) table\(count == 1 ? "" : "s")"
    let text = metrics.fitted(holder.label.visible, to: limit - 120) + note
    let drawing = """
      <rect y="-8" width="16" height="16" rx="4" fill="\(color.strong)"/>\
      <text x="24" y="4">\(text.xml)</text>
      """
    return (drawing, 24 + metrics.width(of: text))
  }

  /// The marks that are in the picture.
  private static func signs(_ diagram: Diagram) -> [(String, Int)] {
    let marks = diagram.tables.flatMap(\.columns).reduce(into: Set<Diagram.Mark>()) {
      $0.formUnion($1.marks)
    }
    let hasColumns = diagram.tables.contains { !$0.columns.isEmpty }
    var signs: [(String, Int)] = []
    func add(_ drawing: String, _ space: Int, _ text: String) {
      let words = "<text class=\"note\" x=\"\(space)\" y=\"4\">\(text)</text>"
      signs.append((drawing + words, space + metrics.width(of: text)))
    }
    if hasColumns { add(circle("full"), 14, "NOT NULL") }
    if marks.contains(.nullable) { add(circle("open"), 14, "may be NULL") }
    if marks.contains(.primaryKey) { add(badge("PK", right: 20, middle: 0), 28, "primary key") }
    if marks.contains(.foreignKey) { add(badge("FK", right: 20, middle: 0), 28, "foreign key") }
    if diagram.keys.contains(where: { !$0.counts.isSingle }) {
      add(line("M0 -5l10 5l-10 5"), 46, "many rows refer to one")
    }
    if diagram.keys.contains(where: \.counts.isSingle) {
      add(line("M6 -5v10"), 46, "at most one row refers to one")
    }
    let details = Set(diagram.tables.map(\.detail)).subtracting([.columns])
    if !details.isEmpty {
      let words = details.count > 1 ? "name alone, or not there" : "name alone"
      add(frame, 30, details == [.missing] ? "not there" : words)
    }
    return signs
  }

  private static let frame = """
    <rect y="-7" width="22" height="14" rx="3" fill="none" stroke="#66707f" stroke-dasharray="5 3"/>
    """

  private static func circle(_ style: String) -> String {
    "<circle class=\"dot \(style)\" cx=\"4\" cy=\"0\" r=\"3\"/>"
  }

  private static func line(_ foot: String) -> String {
    "<path class=\"key\" stroke=\"#66707f\" d=\"M0 0H30\(foot)\"/><path fill=\"#66707f\" d=\"M38 0l-9 -5v10z\"/>"
  }
}
