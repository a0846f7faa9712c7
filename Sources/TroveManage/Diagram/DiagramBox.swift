/// How large the box of a table is, and what stands where in it; all in pixels.
struct DiagramBox {
  /// The height of a row; tops and heights of boxes are multiples of it.
  static let row = 18
  /// The height of the part with the name, where columns follow.
  static let head = 27
  /// What is free on the left and the right.
  static let margin = 12
  /// The room for the mark that says whether NULL is allowed.
  static let dot = 14
  /// The room for `PK` or `FK`.
  static let badge = 24

  static let title = TextMetrics(size: 13, weight: .bold)
  static let name = TextMetrics(size: 12)
  static let keyName = TextMetrics(size: 12, weight: .bold)
  static let type = TextMetrics(size: 11)

  private static let longestName = 480
  private static let longestType = 240

  /// The texts of a row, cut where they are too long.
  struct Line {
    let name: String
    let type: String
  }

  /// The name, cut where it is too long.
  let title: String
  /// The rows.
  let lines: [Line]
  /// How many marks of keys the row with the most of them has.
  let badges: Int
  let width: Int
  let height: Int

  /// The box of `table`.
  init(_ table: Diagram.Table) {
    title = Self.title.fitted(table.name.description.visible, to: Self.longestName)
    lines = table.columns.map { column in
      Line(
        name: column.metrics.fitted(column.name.visible, to: Self.longestName),
        type: Self.type.fitted(column.type.visible, to: Self.longestType))
    }
    badges =
      table.columns.map { $0.marks.intersection([.primaryKey, .foreignKey]).count }.max() ?? 0
    var width = Self.title.width(of: title)
    for (line, column) in zip(lines, table.columns) {
      let type = line.type.isEmpty ? 0 : 16 + Self.type.width(of: line.type)
      let row = Self.dot + column.metrics.width(of: line.name) + type + badges * Self.badge
      width = max(width, row)
    }
    self.width = max(width + 2 * Self.margin, 96)
    height = 2 * Self.row + lines.count * Self.row
  }

  /// How wide it is drawn beside others of at most `width`: as wide as they, unless it would be mostly empty.
  func width(amongUpTo width: Int) -> Int {
    width * 10 <= self.width * 14 ? width : self.width
  }

  /// Where lines leave that belong to the column, below the top: at its middle, and a little lower on the right
  /// and higher on the left, so that they do not meet those of a box at the same height.
  static func exit(of column: Int, _ side: DiagramSide) -> Int {
    head + row * column + row / 2 + (side == .right ? 3 : -3)
  }

  /// Where lines arrive, below the top: at the middle of the head, and a little apart on the two sides.
  static func entry(_ side: DiagramSide) -> Int { side == .right ? 12 : 15 }
}

/// A side of a box.
enum DiagramSide {
  case left
  case right
}

extension Diagram.Column {
  /// How wide its name is.
  var metrics: TextMetrics { marks.contains(.primaryKey) ? DiagramBox.keyName : DiagramBox.name }
}

extension String {
  /// The text on one line, with U+FFFD for what is not for the eye, or not for XML (XML 1.0, 2.2).
  var visible: String {
    guard unicodeScalars.contains(where: \.isInvisible) else { return self }
    let scalars = unicodeScalars.map { $0.isInvisible ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension Unicode.Scalar {
  fileprivate var isInvisible: Bool {
    isControl || (0xFFFE...0xFFFF).contains(value) || (0x2028...0x202E).contains(value)
      || (0x2066...0x2069).contains(value)
  }
}
