/// How high everything of a component stands: the boxes of its columns, and the lanes on which lines pass
/// them.
struct DiagramHeights {
  /// The boxes of each column, from the top down.
  let columns: [[Int]]
  /// How high the boxes are.
  let sizes: [Int]
  /// Where the boxes begin.
  private(set) var tops: [Int]
  /// The nets with their lanes.
  private(set) var nets: [DiagramNet]

  /// Settles the heights of boxes in columns, with the lines between them.
  init(columns: [[Int]], sizes: [Int], nets: [DiagramNet]) {
    self.columns = columns
    self.sizes = sizes
    self.nets = nets
    tops = Array(repeating: 0, count: sizes.count)
    for _ in 0..<3 {
      relax(chooseGaps())
    }
    placeLanes()
  }

  // MARK: - Boxes

  /// Moves the boxes of each column, without changing their order, to where their lines are straight.
  ///
  /// - Parameter laneCounts: how many lanes there are above each box of each column.
  private mutating func relax(_ laneCounts: [[Int]]) {
    let spaces = laneCounts.map { $0.map { DiagramBox.row * max(2, ($0 + 2) / 2) } }
    let heights = columns.indices.map { column in
      zip(columns[column], spaces[column]).reduce(0) { $0 + sizes[$1.0] + $1.1 }
    }
    let height = heights.max() ?? 0
    if tops.allSatisfy({ $0 == 0 }) {
      for column in columns.indices {
        stack(column, spaces[column], from: (height - heights[column]) / 2)
      }
    }
    let order = Array(columns.indices)
    for sweep in 0..<8 {
      for column in sweep.isMultiple(of: 2) ? order : order.reversed() {
        settle(column, spaces[column], within: height)
      }
    }
  }

  private mutating func stack(_ column: Int, _ spaces: [Int], from start: Int) {
    var top = start / DiagramBox.row * DiagramBox.row
    for (box, space) in zip(columns[column], spaces) {
      tops[box] = top + space
      top += space + sizes[box]
    }
  }

  /// Brings the boxes of a column as near to where they should be as their order allows.
  private mutating func settle(_ column: Int, _ spaces: [Int], within height: Int) {
    let boxes = columns[column]
    var offsets: [Int] = []
    var offset = 0
    for (box, space) in zip(boxes, spaces) {
      offsets.append(offset + space)
      offset += space + sizes[box]
    }
    // Without the boxes above, all that is asked for is that nobody overtakes anybody.
    var blocks: [(sum: Int, weight: Int, count: Int)] = []
    for (box, offset) in zip(boxes, offsets) {
      let (goal, weight) = goal(of: box)
      blocks.append(((goal - offset) * weight, weight, 1))
      while blocks.count > 1 {
        let (upper, lower) = (blocks[blocks.count - 2], blocks[blocks.count - 1])
        guard upper.sum * lower.weight > lower.sum * upper.weight else { break }
        blocks.removeLast()
        blocks[blocks.count - 1] = (
          upper.sum + lower.sum, upper.weight + lower.weight, upper.count + lower.count
        )
      }
    }
    var index = 0
    for block in blocks {
      let free = min(max(block.sum / block.weight, 0), max(height - offset, 0))
      let start = free / DiagramBox.row * DiagramBox.row
      for _ in 0..<block.count {
        tops[boxes[index]] = start + offsets[index]
        index += 1
      }
    }
  }

  /// Where a box should begin, and how much it matters.
  private func goal(of box: Int) -> (top: Int, weight: Int) {
    var sum = tops[box]
    var weight = 1
    for net in nets {
      let entry = DiagramBox.entry(net.side)
      for member in net.members where member.child != net.parent && member.column != net.column {
        let factor = abs(member.column - net.column) == 1 ? 4 : 2
        if member.child == box {
          sum += (tops[net.parent] + entry - member.offset) * factor
          weight += factor
        } else if net.parent == box {
          sum += (tops[member.child] + member.offset - entry) * factor
          weight += factor
        }
      }
    }
    return (sum / weight, weight)
  }

  // MARK: - Lanes

  /// Chooses for each net between which boxes it passes the columns on its way.
  ///
  /// - Returns: how many pass above each box of each column.
  private mutating func chooseGaps() -> [[Int]] {
    var counts = columns.map { Array(repeating: 0, count: $0.count + 1) }
    for index in nets.indices {
      let goal = tops[nets[index].parent] + DiagramBox.entry(nets[index].side)
      var lanes: [DiagramNet.Lane] = []
      for channel in nets[index].channels.dropLast() {
        let pins = heights(ofMembersOf: nets[index], in: channel) + lanes.suffix(1).map(\.height)
        let low = pins.min() ?? goal
        let high = pins.max() ?? goal
        let column = nets[index].columnBehind(channel)
        let start = min(max(goal, low), high)
        let (gap, height) = bestGap(of: column, from: start, to: goal, counts[column])
        counts[column][gap] += 1
        lanes.append(DiagramNet.Lane(column: column, gap: gap, height: height))
      }
      nets[index].lanes = lanes
    }
    return counts
  }

  private func heights(ofMembersOf net: DiagramNet, in channel: Int) -> [Int] {
    net.members(in: channel).map { tops[$0.child] + $0.offset }
  }

  /// The gap of the column that is the least detour between two heights.
  private func bestGap(
    of column: Int, from start: Int, to goal: Int, _ counts: [Int]
  ) -> (gap: Int, height: Int) {
    let gaps = columns[column].indices.map { $0 } + [columns[column].count]
    let choices = gaps.map { gap -> (cost: Int, gap: Int, height: Int) in
      let range = range(ofGap: gap, column)
      let height = min(max(start, range.lowerBound), range.upperBound)
      let detour = abs(height - start) + abs(height - goal) - abs(start - goal)
      return (detour + counts[gap] * 8, gap, height)
    }
    let best = choices.min { ($0.cost, $0.gap) < ($1.cost, $1.gap) }
    return best.map { ($0.gap, $0.height) } ?? (0, start)
  }

  /// Where lines may pass above a box, or behind the last one.
  private func range(ofGap gap: Int, _ column: Int) -> ClosedRange<Int> {
    let boxes = columns[column]
    let above = gap > 0 ? tops[boxes[gap - 1]] + sizes[boxes[gap - 1]] + 9 : -100_000
    let below = gap < boxes.count ? tops[boxes[gap]] - 9 : 100_000
    return above...max(above, below)
  }

  /// Gives each lane a height of its own.
  private mutating func placeLanes() {
    for column in columns.indices {
      for gap in 0...columns[column].count {
        var wishes: [(height: Int, net: Int, lane: Int)] = []
        for (index, net) in nets.enumerated() {
          for (number, lane) in net.lanes.enumerated()
          where lane.column == column && lane.gap == gap {
            wishes.append((lane.height, index, number))
          }
        }
        guard !wishes.isEmpty else { continue }
        wishes.sort { ($0.height, $0.net) < ($1.height, $1.net) }
        let heights = Self.spread(wishes.map(\.height), in: range(ofGap: gap, column))
        for (wish, height) in zip(wishes, heights) {
          nets[wish.net].lanes[wish.lane].height = height
        }
      }
    }
  }

  /// Heights near to the wishes, all different: multiples of half a row, at which no line leaves a box or arrives at
  /// one.
  private static func spread(_ wishes: [Int], in range: ClosedRange<Int>) -> [Int] {
    let reserve = DiagramBox.row * (wishes.count + 1)
    let low = max(range.lowerBound, (wishes.first ?? 0) - reserve)
    let high = min(range.upperBound, (wishes.last ?? 0) + reserve)
    let places = (low...max(low, high)).filter { $0.isMultiple(of: DiagramBox.row / 2) }
    var next = 0
    return wishes.enumerated().map { index, wish in
      let last = places.count - (wishes.count - index)
      guard next <= last else { return wish }
      let best = (next...last).min { abs(places[$0] - wish) < abs(places[$1] - wish) } ?? next
      next = best + 1
      return places[best]
    }
  }
}
