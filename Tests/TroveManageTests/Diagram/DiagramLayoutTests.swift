import Testing
import TroveManage

@Suite struct DiagramLayoutTests {
  private typealias Box = DiagramLayout.Box
  private typealias Point = DiagramLayout.Point

  /// The picture of what the statements make.
  private static func diagram(_ statements: [String]) throws -> Diagram {
    let database = try TestDatabase(.sqlite)
    let connection = try database.connect()
    try connection.execute(statements.map { Command($0) })
    return try Diagram(of: Database(try database.url), [], showing: Diagram.Scope())
  }

  @Test(arguments: 1...60)
  func `no box overlaps another, and no line crosses one`(count: Int) throws {
    let schema = RandomSchema(tables: count, seed: UInt64(count))
    let diagram = try Self.diagram(schema.statements)
    #expect(diagram.tables.count == schema.tableCount)
    #expect(diagram.keys.count == schema.keyCount)
    let layout = DiagramLayout(of: diagram)
    for (index, box) in layout.boxes.enumerated() {
      #expect(box.x >= 0 && box.x + box.width <= layout.width, "\(box)")
      #expect(box.y >= 0 && box.y + box.height <= layout.height, "\(box)")
      for other in layout.boxes[..<index] {
        #expect(!box.overlaps(other), "\(box) and \(other)")
      }
    }
    for (key, path) in zip(diagram.keys, layout.paths) {
      #expect(path.count > 1)
      for (from, to) in zip(path, path.dropFirst()) {
        #expect(from.x == to.x || from.y == to.y)
        #expect((0...layout.width).contains(to.x) && (0...layout.height).contains(to.y))
        for box in layout.boxes { #expect(!box.isCrossed(from: from, to: to), "\(key.words)") }
      }
      #expect(path.first.map { layout.boxes[key.child].hasOnSide($0) } == true)
      #expect(path.last.map { layout.boxes[key.parent].hasOnSide($0) } == true)
    }
  }

  @Test(arguments: [2, 7, 20, 45])
  func `lines to different tables do not lie on each other`(count: Int) throws {
    let schema = RandomSchema(tables: count, seed: UInt64(count) + 100)
    let diagram = try Self.diagram(schema.statements)
    let layout = DiagramLayout(of: diagram)
    var bars: [(parent: Int, x: Int, range: Range<Int>)] = []
    for (key, path) in zip(diagram.keys, layout.paths) {
      for (from, to) in zip(path, path.dropFirst()) where from.x == to.x {
        bars.append((key.parent, from.x, min(from.y, to.y)..<max(from.y, to.y)))
      }
    }
    for (index, bar) in bars.enumerated() {
      for other in bars[..<index] where other.parent != bar.parent && other.x == bar.x {
        #expect(!bar.range.overlaps(other.range))
      }
    }
  }

  @Test(arguments: [1, 5, 30])
  func `the same schema makes the same picture, in whatever order its tables came`(
    count: Int
  ) throws {
    let schema = RandomSchema(tables: count, seed: 7)
    let one = try Self.diagram(schema.statements)
    let other = try Self.diagram(schema.statements.reversed())
    for format in DiagramFormat.allCases {
      let text = format.text(of: one)
      #expect(format.text(of: one) == text)
      #expect(format.text(of: other) == text)
    }
  }
}

extension DiagramLayout.Box {
  fileprivate func overlaps(_ other: Self) -> Bool {
    x < other.x + other.width && other.x < x + width && y < other.y + other.height
      && other.y < y + height
  }

  /// Whether a straight line goes through what is inside.
  fileprivate func isCrossed(from: DiagramLayout.Point, to: DiagramLayout.Point) -> Bool {
    min(from.x, to.x) < x + width && max(from.x, to.x) > x && min(from.y, to.y) < y + height
      && max(from.y, to.y) > y
  }

  /// Whether the point is on the left or the right edge.
  fileprivate func hasOnSide(_ point: DiagramLayout.Point) -> Bool {
    (point.x == x || point.x == x + width) && (y...y + height).contains(point.y)
  }
}
