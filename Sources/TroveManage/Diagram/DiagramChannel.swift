/// The room between two columns, in which lines change their height: each on a track of its own.
struct DiagramChannel {
  /// The upright part of a net.
  struct Bar {
    let net: Int
    /// The box at which the net arrives.
    let parent: Int
    /// The heights at which lines come in or go out on the left.
    let left: [Int]
    /// The heights at which lines come in or go out on the right.
    let right: [Int]

    fileprivate var low: Int { min(left.min() ?? .max, right.min() ?? .max) }
    fileprivate var high: Int { max(left.max() ?? .min, right.max() ?? .min) }
  }

  /// What is free on either side of the tracks, for the ends of lines.
  static let margin = 24
  private static let pitch = 8

  /// The track of each net, from the left.
  private let tracks: [Int: Int]
  private let trackCount: Int

  /// Orders the bars so that lines cross as seldom as possible.
  init(_ bars: [Bar]) {
    let order = Self.order(bars)
    var placed: [(bar: Bar, track: Int)] = []
    for bar in order.map({ bars[$0] }) {
      let before = placed.filter { $0.bar.low <= bar.high + 6 && bar.low <= $0.bar.high + 6 }
      placed.append((bar, (before.map(\.track).max() ?? -1) + 1))
    }
    tracks = Dictionary(placed.map { ($0.bar.net, $0.track) }) { first, _ in first }
    trackCount = (placed.map(\.track).max() ?? -1) + 1
  }

  /// How wide the channel is.
  var width: Int {
    trackCount == 0 ? 0 : 2 * Self.margin + (trackCount - 1) * Self.pitch
  }

  /// Where the track of a net is, from the left of the channel.
  func track(of net: Int) -> Int { Self.margin + (tracks[net] ?? 0) * Self.pitch }

  // MARK: - The order

  /// The numbers of the bars from the left: an order that no move of a single one makes better.
  private static func order(_ bars: [Bar]) -> [Int] {
    let costs = bars.map { one in bars.map { crossings(one, leftOf: $0) } }
    var order = bars.indices.sorted {
      (bars[$0].low + bars[$0].high, $0) < (bars[$1].low + bars[$1].high, $1)
    }
    for _ in 0..<12 {
      var isBetter = false
      for bar in bars.indices {
        guard let place = order.firstIndex(of: bar) else { continue }
        var rest = order
        rest.remove(at: place)
        // What it costs to stand in front of all, and then behind one more each time.
        var sum = rest.reduce(0) { $0 + costs[bar][$1] }
        var sums = [sum]
        for other in rest {
          sum += costs[other][bar] - costs[bar][other]
          sums.append(sum)
        }
        guard let best = sums.indices.min(by: { sums[$0] < sums[$1] }), sums[best] < sums[place]
        else { continue }
        rest.insert(bar, at: best)
        order = rest
        isBetter = true
      }
      if !isBetter { break }
    }
    return order
  }

  /// How often lines cross when one bar is on the left of the other; lines that would lie on each other
  /// count as many.
  private static func crossings(_ one: Bar, leftOf other: Bar) -> Int {
    var count = one.right.count { other.low <= $0 && $0 <= other.high }
    count += other.left.count { one.low <= $0 && $0 <= one.high }
    if one.parent != other.parent {
      for height in one.right { count += 1000 * other.left.count { abs($0 - height) < 3 } }
    }
    return count
  }
}
