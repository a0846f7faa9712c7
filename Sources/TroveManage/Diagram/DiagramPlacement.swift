/// Spreads the boxes of tables that hang together over columns, so that lines are short.
///
/// It begins with an order in which neighbours follow each other, and then tries moves and swaps, of which
/// it takes those that make things better, or not much worse as long as it is early. Everything is done in
/// whole numbers with a generator of its own: the same boxes always end up in the same places.
struct DiagramPlacement {
  /// A line from a box to a box; both ends by the number of the box and the distance from its top.
  struct Link {
    let from: Int
    let fromOffset: Int
    let to: Int
    let toOffset: Int
  }

  /// The numbers of the boxes from the top down, column by column.
  private(set) var columns: [[Int]]

  private let heights: [Int]
  private let links: [Link]
  /// The height that columns should have.
  private let goal: Int
  private var tops: [Int]
  private var column: [Int]
  private var random = PlacementGenerator()

  /// Places boxes of these sizes.
  init(sizes: [(width: Int, height: Int)], links: [Link]) {
    heights = sizes.map { $0.height + Self.gap }
    self.links = links
    tops = Array(repeating: 0, count: sizes.count)
    column = tops
    let total = heights.reduce(0, +)
    let width = sizes.map(\.width).reduce(0, +) / max(sizes.count, 1) + Self.channel
    let count = Self.columnCount(sizes.count, height: total, width: width)
    goal = total / count
    columns = Array(repeating: [], count: count)
    fill()
    settle(columns.indices)
    improve()
  }

  /// What is between two boxes of a column.
  static let gap = 2 * DiagramBox.row
  /// What is between two columns, about.
  private static let channel = 80

  /// How many columns make a picture that is somewhat wider than high.
  private static func columnCount(_ count: Int, height: Int, width: Int) -> Int {
    var columns = 1
    while columns * columns * width * 10 < 14 * height { columns += 1 }
    return max(min(columns, count), min(count, 2))
  }

  // MARK: - The beginning

  /// Fills the columns one after the other, each box followed by its neighbours.
  private mutating func fill() {
    var neighbours = Array(repeating: [Int](), count: heights.count)
    for link in links where link.from != link.to {
      neighbours[link.from].append(link.to)
      neighbours[link.to].append(link.from)
    }
    // From a box at the rim on: what is far from it ends up far from it.
    var order = Self.walk(neighbours, from: 0)
    order = Self.walk(neighbours, from: order.last ?? 0)
    var current = 0
    var height = 0
    for box in order {
      if height > 0, height + heights[box] / 2 > goal, current + 1 < columns.count {
        current += 1
        height = 0
      }
      columns[current].append(box)
      height += heights[box]
    }
  }

  private static func walk(_ neighbours: [[Int]], from start: Int) -> [Int] {
    guard !neighbours.isEmpty else { return [] }
    var seen = Array(repeating: false, count: neighbours.count)
    var order = [start]
    seen[start] = true
    var next = 0
    while next < order.count {
      for other in neighbours[order[next]] where !seen[other] {
        seen[other] = true
        order.append(other)
      }
      next += 1
    }
    return order
  }

  // MARK: - Better ones

  /// Works out where the boxes of some columns are; each column is centred on 0.
  private mutating func settle(_ changed: some Sequence<Int>) {
    for index in changed {
      var top = columns[index].reduce(0) { $0 - heights[$1] } / 2
      for box in columns[index] {
        tops[box] = top
        column[box] = index
        top += heights[box]
      }
    }
  }

  /// How bad it is: the lengths of the lines, and what columns are too high.
  private var cost: Int {
    var cost = 0
    for link in links where link.from != link.to {
      let distance = abs(column[link.from] - column[link.to])
      let height = abs(
        tops[link.from] + link.fromOffset - tops[link.to] - link.toOffset)
      // A line within a column makes a bow, one that passes a column takes a lane of its own.
      cost += height + (distance == 0 ? 120 : (distance - 1) * 420)
    }
    for boxes in columns {
      let height = boxes.reduce(0) { $0 + heights[$1] }
      cost += boxes.isEmpty ? 2000 : max(0, height - goal - goal / 8) * 6
    }
    return cost
  }

  private mutating func improve() {
    guard heights.count > 1 else { return }
    let count = min(240 * heights.count, 16_000)
    var (current, best) = (cost, cost)
    var bestColumns = columns
    for step in 0..<count {
      let undo = columns
      let changed = vary()
      settle(changed)
      let next = cost
      // What is tolerated sinks to nothing at three quarters of the way.
      let tolerance = max(0, (count * 3 / 4 - step) * 260 / count)
      if next - current <= tolerance {
        current = next
        if current < best { (best, bestColumns) = (current, columns) }
      } else {
        columns = undo
        settle(changed)
      }
    }
    columns = bestColumns.filter { !$0.isEmpty }
    settle(columns.indices)
  }

  /// Moves a box, or swaps two.
  ///
  /// - Returns: the columns that have changed.
  private mutating func vary() -> Set<Int> {
    let box = random.next(below: heights.count)
    let from = column[box]
    guard let place = columns[from].firstIndex(of: box) else { return [] }
    if random.next(below: 2) == 0 {
      let other = random.next(below: heights.count)
      let to = column[other]
      guard let otherPlace = columns[to].firstIndex(of: other) else { return [] }
      columns[from][place] = other
      columns[to][otherPlace] = box
      return [from, to]
    }
    let to = random.next(below: columns.count)
    columns[from].remove(at: place)
    columns[to].insert(box, at: random.next(below: columns[to].count + 1))
    return [from, to]
  }
}

/// Random numbers that are the same in every run (SplitMix64).
private struct PlacementGenerator {
  private var state: UInt64 = 0x5EED

  mutating func next(below limit: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
  }
}
