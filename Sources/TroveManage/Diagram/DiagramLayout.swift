/// Where everything of a picture is, in pixels from the upper left corner of what is drawn.
///
/// Tables that hang together by foreign keys are laid out together; those without any fill a grid below.
public struct DiagramLayout: Sendable {
  /// A box.
  public struct Box: Hashable, Sendable {
    /// The left edge.
    public let x: Int
    /// The upper edge.
    public let y: Int
    /// How wide it is.
    public let width: Int
    /// How high it is.
    public let height: Int
  }

  /// A corner of a line.
  public struct Point: Hashable, Sendable {
    /// How far from the left.
    public let x: Int
    /// How far from the top.
    public let y: Int
  }

  /// The boxes of the tables, in their order.
  public let boxes: [Box]
  /// The corners of the lines, from the child to the parent, in the order of the keys.
  public let paths: [[Point]]
  /// How wide all of it is.
  public let width: Int
  /// How high all of it is.
  public let height: Int

  /// What stands in the boxes.
  let contents: [DiagramBox]

  /// What is free between two components.
  private static let space = 48

  /// Lays out `diagram`.
  public init(of diagram: Diagram) {
    let contents = diagram.tables.map { DiagramBox($0) }
    var builder = LayoutBuilder(diagram, contents)
    builder.placeComponents()
    builder.placeLoneTables()
    let (corners, widths) = (builder.corners, builder.widths)
    boxes = contents.indices.map {
      Box(x: corners[$0].x, y: corners[$0].y, width: widths[$0], height: contents[$0].height)
    }
    self.contents = contents
    paths = builder.paths.map { $0.map { Point(x: $0.x, y: $0.y) } }
    width = builder.width
    height = builder.height
  }

  private struct LayoutBuilder {
    private let diagram: Diagram
    private let contents: [DiagramBox]
    private let groups: [[Int]]
    private let limit: Int
    private let components: [(members: [Int], keys: [Int], layout: DiagramComponent)]
    private(set) var corners: [DiagramComponent.Point]
    private(set) var widths: [Int]
    private(set) var paths: [[DiagramComponent.Point]]
    private(set) var width = 0
    private(set) var height = 0

    init(_ diagram: Diagram, _ contents: [DiagramBox]) {
      self.diagram = diagram
      self.contents = contents
      groups = Self.groups(of: diagram)
      corners = contents.map { _ in .init(x: 0, y: 0) }
      widths = contents.map(\.width)
      paths = diagram.keys.map { _ in [] }
      components = groups.compactMap { members in
        let keys = diagram.keys.indices.filter { members.contains(diagram.keys[$0].child) }
        guard !keys.isEmpty else { return nil }
        return (members, keys, Self.component(diagram, contents, members, keys))
      }.sorted { ($1.layout.height, $0.members[0]) < ($0.layout.height, $1.members[0]) }
      let area =
        components.reduce(0) { $0 + ($1.layout.width + space) * ($1.layout.height + space) }
        + groups.filter { $0.count == 1 }.reduce(0) {
          $0 + (contents[$1[0]].width + space) * (contents[$1[0]].height + space)
        }
      var side = 1
      while side * side * 10 < area * 16 { side += 1 }
      limit = max(side, components.map(\.layout.width).max() ?? 0)
    }

    /// The numbers of the tables that hang together, each group in order.
    private static func groups(of diagram: Diagram) -> [[Int]] {
      var roots = Array(diagram.tables.indices)
      func root(_ table: Int) -> Int {
        var table = table
        while roots[table] != table { table = roots[table] }
        return table
      }
      for key in diagram.keys {
        let (one, other) = (root(key.child), root(key.parent))
        roots[max(one, other)] = min(one, other)
      }
      let all = Dictionary(grouping: diagram.tables.indices) { root($0) }
      return all.sorted { $0.key < $1.key }.map(\.value)
    }

    private static func component(
      _ diagram: Diagram, _ contents: [DiagramBox], _ members: [Int], _ keys: [Int]
    ) -> DiagramComponent {
      let numbers = Dictionary(members.enumerated().map { ($1, $0) }) { first, _ in first }
      let lines = keys.map { diagram.keys[$0] }.map { key in
        DiagramComponent.Line(
          child: numbers[key.child] ?? 0, rows: key.columns, parent: numbers[key.parent] ?? 0,
          tint: diagram.tables[key.child].holder)
      }
      return DiagramComponent(boxes: members.map { contents[$0] }, lines: lines)
    }

    /// Puts the components side by side as long as they fit, the highest first.
    mutating func placeComponents() {
      var (x, y, rowHeight) = (0, 0, 0)
      for component in components {
        if x > 0, x + component.layout.width > limit {
          (x, y, rowHeight) = (0, y + rowHeight + space, 0)
        }
        for (number, table) in component.members.enumerated() {
          let corner = component.layout.corners[number]
          corners[table] = .init(x: x + corner.x, y: y + corner.y)
          widths[table] = component.layout.widths[number]
        }
        for (path, key) in zip(component.layout.paths, component.keys) {
          paths[key] = path.map { .init(x: x + $0.x, y: y + $0.y) }
        }
        rowHeight = max(rowHeight, component.layout.height)
        width = max(width, x + component.layout.width)
        height = max(height, y + rowHeight)
        x += component.layout.width + space
      }
    }

    /// Puts the tables that nothing leads to below; those that are much wider than others come last.
    mutating func placeLoneTables() {
      let drawn = Set(components.flatMap(\.members))
      let lone = diagram.tables.indices.filter { !drawn.contains($0) }
      let widths = lone.map { contents[$0].width }.sorted()
      guard !widths.isEmpty else { return }
      let usual = widths[widths.count / 2] * 8 / 5
      placeInColumns(lone.filter { contents[$0].width <= usual })
      placeInColumns(lone.filter { contents[$0].width > usual })
    }

    /// Puts each table into the column that ends first.
    private mutating func placeInColumns(_ lone: [Int]) {
      guard let widest = lone.map({ contents[$0].width }).max() else { return }
      let gap = 2 * DiagramBox.row
      let count = max(1, min(lone.count, (max(limit, width) + gap) / (widest + gap)))
      let start = height == 0 ? 0 : height + space
      var ends = Array(repeating: start, count: count)
      for table in lone {
        let column = ends.indices.min { ends[$0] < ends[$1] } ?? 0
        corners[table] = .init(x: column * (widest + gap), y: ends[column])
        widths[table] = contents[table].width(amongUpTo: widest)
        ends[column] += contents[table].height + gap
        width = max(width, corners[table].x + widths[table])
        height = max(height, ends[column] - gap)
      }
    }
  }
}
