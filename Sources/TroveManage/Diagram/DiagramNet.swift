/// The lines that arrive at one side of a box and share their way, as far as it is the same.
///
/// Lines of several owners to the same table keep apart, for they have different colours.
struct DiagramNet {
  /// A line of the net.
  struct Member {
    /// The number of the key in the component.
    let key: Int
    /// The box that it leaves.
    let child: Int
    /// Where it leaves, below the top of the box.
    let offset: Int
    /// The column of the box.
    let column: Int
    /// The side on which it leaves.
    let side: DiagramSide
  }

  /// A way past a column, between two of its boxes.
  struct Lane {
    let column: Int
    /// The number of the box below it; that of the column's boxes behind the last.
    var gap: Int
    var height: Int
  }

  /// The box at which all of it arrives.
  let parent: Int
  /// The column of that box.
  let column: Int
  /// The side on which it arrives.
  let side: DiagramSide
  let members: [Member]
  /// From the farthest column on.
  var lanes: [Lane] = []

  /// The channels in which it runs, from the farthest on; channel `n` is on the left of column `n`.
  var channels: [Int] {
    let columns = members.map(\.column) + [column]
    switch side {
    case .left: return Array(min((columns.min() ?? column) + 1, column)...column)
    case .right: return (column + 1...max(columns.max() ?? column, column + 1)).reversed()
    }
  }

  /// The column between a channel and the next one that is nearer to the end.
  func columnBehind(_ channel: Int) -> Int { side == .left ? channel : channel - 1 }

  /// The members that enter the channel.
  func members(in channel: Int) -> [Member] {
    members.filter { channel == ($0.side == .left ? $0.column : $0.column + 1) }
  }

  /// The nets of `keys`; each box is in a column.
  static func nets(of keys: [DiagramComponent.Line], columns: [Int], count: Int) -> [Self] {
    var groups: [[Int]] = []
    var numbers: [[Int]: Int] = [:]
    for (index, key) in keys.enumerated() {
      let name = [key.parent, key.tint]
      if let number = numbers[name] {
        groups[number].append(index)
      } else {
        numbers[name] = groups.count
        groups.append([index])
      }
    }
    return groups.flatMap { group -> [Self] in
      guard let first = group.first.map({ keys[$0] }) else { return [] }
      let home = columns[first.parent]
      let far = group.filter { columns[keys[$0].child] != home }
      let left = far.filter { columns[keys[$0].child] < home }
      let right = far.filter { columns[keys[$0].child] > home }
      let near = group.filter { columns[keys[$0].child] == home }
      // Lines of the same column go where there are others, or else into the picture.
      let nearGoesLeft = right.isEmpty && (!left.isEmpty || home > 0 && home == count - 1)
      let sides: [(DiagramSide, [Int])] = [
        (.left, left + (nearGoesLeft ? near : [])), (.right, right + (nearGoesLeft ? [] : near)),
      ]
      return sides.filter { !$0.1.isEmpty }.map { side, group in
        Self(
          parent: first.parent, column: home, side: side,
          members: group.map { member(keys[$0], $0, columns, home: home, side) })
      }
    }
  }

  private static func member(
    _ key: DiagramComponent.Line, _ index: Int, _ columns: [Int], home: Int, _ side: DiagramSide
  ) -> Member {
    let column = columns[key.child]
    let exit: DiagramSide = column == home ? side : column < home ? .right : .left
    return Member(
      key: index, child: key.child,
      offset: DiagramBox.exit(of: key.rows.first ?? -1, exit), column: column, side: exit)
  }
}
