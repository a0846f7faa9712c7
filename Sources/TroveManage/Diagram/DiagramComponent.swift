/// The places of tables that hang together, and the lines between them, from a corner of their own.
///
/// The boxes stand in columns. Lines run up and down between the columns only, and past a column
/// only where it has no box: none ever crosses a box.
struct DiagramComponent {
  /// A line from the rows of a box to another box.
  struct Line {
    let child: Int
    let rows: [Int]
    let parent: Int
    /// Its colour: lines of different ones share no way.
    let tint: Int
  }

  /// A place in pixels.
  struct Point: Hashable, Sendable {
    var x: Int
    var y: Int
  }

  /// The upper left corners of the boxes.
  private(set) var corners: [Point]
  /// The corners of each line, from the child to the parent.
  private(set) var paths: [[Point]]
  /// How wide the boxes are: as the widest of their column, unless that is much.
  private(set) var widths: [Int]
  private(set) var width = 0
  private(set) var height = 0

  /// Lays out boxes and the lines between them.
  init(boxes: [DiagramBox], lines: [Line]) {
    let links = lines.map { line in
      DiagramPlacement.Link(
        from: line.child, fromOffset: DiagramBox.exit(of: line.rows.first ?? -1, .right),
        to: line.parent, toOffset: DiagramBox.entry(.left))
    }
    let placement = DiagramPlacement(
      sizes: boxes.map { ($0.width, $0.height) }, links: links)
    let columns = placement.columns
    var column = Array(repeating: 0, count: boxes.count)
    for (index, members) in columns.enumerated() {
      for box in members { column[box] = index }
    }
    let heights = DiagramHeights(
      columns: columns, sizes: boxes.map(\.height),
      nets: DiagramNet.nets(of: lines, columns: column, count: columns.count))
    let channels = (0...columns.count).map { DiagramChannel(heights.bars(in: $0)) }

    corners = heights.tops.map { Point(x: 0, y: $0) }
    widths = boxes.map(\.width)
    paths = Array(repeating: [], count: lines.count)
    var starts: [Int] = []
    var x = 0
    for (index, channel) in channels.enumerated() {
      starts.append(x)
      x += channel.width == 0 && 0 < index && index < columns.count ? 48 : channel.width
      guard index < columns.count else { break }
      let width = columns[index].map { boxes[$0].width }.max() ?? 0
      for box in columns[index] {
        widths[box] = boxes[box].width(amongUpTo: width)
        corners[box].x = x + (width - widths[box]) / 2
      }
      x += width
    }
    width = x
    trace(heights, channels, starts)
    moveToOrigin(boxes)
  }

  /// Works out the corners of the lines.
  private mutating func trace(
    _ heights: DiagramHeights, _ channels: [DiagramChannel], _ starts: [Int]
  ) {
    for (index, net) in heights.nets.enumerated() {
      let way = net.channels
      let end = Point(
        x: corners[net.parent].x + (net.side == .left ? 0 : widths[net.parent]),
        y: corners[net.parent].y + DiagramBox.entry(net.side))
      for member in net.members {
        let corner = corners[member.child]
        var y = corner.y + member.offset
        var path = [
          Point(x: corner.x + (member.side == .left ? 0 : widths[member.child]), y: y)
        ]
        let first = member.side == .left ? member.column : member.column + 1
        for channel in way.drop(while: { $0 != first }) {
          let x = starts[channel] + channels[channel].track(of: index)
          let column = net.columnBehind(channel)
          path.append(Point(x: x, y: y))
          y =
            channel == way.last
            ? end.y : net.lanes.first { $0.column == column }?.height ?? y
          path.append(Point(x: x, y: y))
        }
        paths[member.key] = Self.simplified(path + [end])
      }
    }
  }

  /// The same way without corners that are none.
  private static func simplified(_ path: [Point]) -> [Point] {
    var kept: [Point] = []
    for point in path {
      if kept.last == point { continue }
      if kept.count > 1 {
        let (before, last) = (kept[kept.count - 2], kept[kept.count - 1])
        if before.x == last.x && last.x == point.x || before.y == last.y && last.y == point.y {
          kept.removeLast()
        }
      }
      kept.append(point)
    }
    return kept
  }

  private mutating func moveToOrigin(_ boxes: [DiagramBox]) {
    let points = paths.flatMap(\.self)
    let top = (corners + points).map(\.y).min() ?? 0
    let bottoms = zip(corners, boxes).map { $0.y + $1.height } + points.map(\.y)
    height = (bottoms.max() ?? 0) - top
    for index in corners.indices { corners[index].y -= top }
    for index in paths.indices {
      for place in paths[index].indices { paths[index][place].y -= top }
    }
  }
}

extension DiagramHeights {
  /// What runs up and down in a channel.
  fileprivate func bars(in channel: Int) -> [DiagramChannel.Bar] {
    nets.enumerated().compactMap { index, net in
      guard net.channels.contains(channel) else { return nil }
      let members = net.members(in: channel)
      let height = { (member: DiagramNet.Member) in tops[member.child] + member.offset }
      var left = members.filter { $0.side == .right }.map(height)
      var right = members.filter { $0.side == .left }.map(height)
      for lane in net.lanes {
        if lane.column == channel - 1 { left.append(lane.height) }
        if lane.column == channel { right.append(lane.height) }
      }
      if channel == net.channels.last {
        let end = tops[net.parent] + DiagramBox.entry(net.side)
        if net.side == .left { right.append(end) } else { left.append(end) }
      }
      return DiagramChannel.Bar(net: index, parent: net.parent, left: left, right: right)
    }
  }
}
