import TroveManage

extension HumanReporter {
  func finishGraph(_ history: History) {
    if !history.hasJournal {
      output.result("There is no journal in this database: what ran is not known")
    }
    let graph = HistoryGraph(of: history)
    guard !graph.rows.isEmpty else { return }
    let palette = GraphPalette(isColored: Output.isColored)
    for line in graph.headings(palette) { output.result(line) }
    for line in graph.lines(palette) { output.result(line) }
  }
}

/// The colours of lanes on a terminal.
private struct GraphPalette {
  let isColored: Bool

  private static let colors = [34, 33, 36, 35, 32, 94, 93, 96]

  /// `text` in the colour of a lane.
  func paint(_ text: String, lane: Int) -> String {
    isColored ? "\u{1B}[\(Self.colors[lane % Self.colors.count])m\(text)\u{1B}[0m" : text
  }

  /// `text` in the colour of a failure.
  func paintFailure(_ text: String) -> String {
    isColored ? "\u{1B}[1;31m\(text)\u{1B}[0m" : text
  }
}

extension HistoryGraph {
  /// The names of the lanes, each above its own.
  fileprivate func headings(_ palette: GraphPalette) -> [String] {
    lanes.enumerated().map { index, key in
      let before = (0..<index).map { palette.paint("|", lane: $0) + " " }
      let isAlone = lanes.count { $0.id == key.id } == 1
      let name = isAlone ? key.id : "\(key.id) (\(key.versionTable))"
      return before.joined() + palette.paint(name, lane: index)
    } + [lanes.indices.map { palette.paint("|", lane: $0) }.joined(separator: " ")]
  }

  /// The rows with what happened, in columns.
  fileprivate func lines(_ palette: GraphPalette) -> [String] {
    var table = TextTable("", "", "", "")
    for row in rows {
      guard let move = row.move else {
        table.add("", "", "", "")
        continue
      }
      table.add(
        String(move.last.time.prefix(19)).replacing("T", with: " "), move.last.runBy,
        move.last.repository, move.words)
    }
    return zip(rows, table.lines.dropFirst()).map { row, words in
      let graph = row.text(palette)
      let isFailure = row.move?.isFailure == true
      return words.isEmpty
        ? graph : "\(graph)  \(isFailure ? palette.paintFailure(words) : words)"
    }
  }
}

extension HistoryGraph.Row {
  /// The lanes, two columns for each.
  fileprivate func text(_ palette: GraphPalette) -> String {
    var text = ""
    // A row without words ends with its last lane.
    let end = move == nil ? cells.lastIndex { $0 != .empty } ?? 0 : cells.count - 1
    for (lane, cell) in cells[...end].enumerated() {
      let isJoined = join?.contains(lane) == true
      let sign =
        switch cell {
        case .move: move?.sign ?? "*"
        case .line: "|"
        case .end: "+"
        case .empty: isJoined ? "-" : " "
        }
      let isFailure = cell == .move && move?.isFailure == true
      text += isFailure ? palette.paintFailure(sign) : palette.paint(sign, lane: lane)
      guard lane < end else { break }
      text += isJoined && join?.contains(lane + 1) == true ? "-" : " "
    }
    return text
  }
}

extension HistoryGraph.Move {
  fileprivate var isFailure: Bool {
    if case .failed = last.outcome { return true }
    return false
  }

  /// What it looks like in its lane.
  fileprivate var sign: String {
    if isFailure { return "x" }
    return switch last.operation {
    case "upgrade": "*"
    case "downgrade": "v"
    case "drop", "detach": "0"
    default: "="
    }
  }

  /// What happened, in a few words.
  fileprivate var words: String {
    if case .failed(let line, let message) = last.outcome {
      let place = line.map { " in line \($0)" } ?? ""
      return "\(last.what) failed\(place): \(message)"
    }
    let steps = entries.count == 1 ? "" : ", \(HumanReporter.count(entries.count, "version"))"
    let what = "\(first.what(upTo: last))\(steps)"
    let milliseconds = entries.reduce(Int64(0)) { sum, entry in
      guard case .done(let milliseconds) = entry.outcome else { return sum }
      return sum &+ milliseconds
    }
    return "\(what), \(Duration.milliseconds(milliseconds).words)"
  }
}

extension HistoryEntry {
  /// The same, as far as the last of several steps.
  fileprivate func what(upTo last: Self) -> String {
    switch operation {
    case "upgrade", "downgrade": "\(operation) \(from) -> \(last.to)"
    default: what
    }
  }
}
