/// What happened to the versions, as a graph: a lane for each repository, and what one run did to several
/// joined.
///
/// What a run did to a repository step by step is one move.
public struct HistoryGraph: Sendable {
  /// What a run did to a repository.
  public struct Move: Sendable {
    /// Its steps, of which there is at least one; they follow each other.
    public fileprivate(set) var entries: [HistoryEntry]

    /// The first step.
    public var first: HistoryEntry { entries[0] }
    /// The last step.
    public var last: HistoryEntry { entries[entries.count - 1] }

    /// The version at which the repository stands afterwards; `nil` when it stands where it did.
    var version: Int64? {
      switch last.outcome {
      case .failed: nil
      case .done: last.to
      }
    }

    /// Whether the move takes the next step, too.
    fileprivate func goesOn(with next: HistoryEntry) -> Bool {
      guard case .done = last.outcome, case .done = next.outcome else { return false }
      return next.isOfSameRun(as: last) && next.isOfSameRepository(as: last)
        && next.operation == last.operation && next.from == last.to && next.from != next.to
    }
  }

  /// What a lane shows in a row.
  public enum Cell: Hashable, Sendable {
    /// The repository is not there: its version is not known yet, or 0.
    case empty
    /// The repository is there, and nothing happens to it.
    case line
    /// The row's move.
    case move
    /// The end of a join.
    case end
  }

  /// A row of the graph.
  public struct Row: Sendable {
    /// What happened; `nil` in a row that joins the one above with the one below.
    public let move: Move?
    /// What each lane shows.
    public let cells: [Cell]
    /// The lanes that are joined, and those between them.
    public let join: ClosedRange<Int>?
  }

  /// The repositories, in the order in which they appear.
  public let lanes: [RepositoryKey]
  /// The rows, the newest last.
  public let rows: [Row]

  /// The graph of `history`.
  public init(of history: History) {
    self.init(of: history.entries)
  }

  /// The graph of what happened, the newest last.
  init(of entries: [HistoryEntry]) {
    var moves: [Move] = []
    for entry in entries {
      if let last = moves.indices.last, moves[last].goesOn(with: entry) {
        moves[last].entries.append(entry)
      } else {
        moves.append(Move(entries: [entry]))
      }
    }
    var lanes: [RepositoryKey] = []
    // What a repository's first entry starts from tells whether it was there before.
    var cells: [Cell] = []
    for move in moves where !lanes.contains(move.first.key) {
      lanes.append(move.first.key)
      cells.append(move.first.from > 0 && move.first.operation != "stamp" ? .line : .empty)
    }
    var rows: [Row] = []
    var last: (move: Move, lane: Int)?
    for move in moves {
      let lane = lanes.firstIndex(of: move.first.key) ?? 0
      if let last, last.lane != lane, last.move.last.isOfSameRun(as: move.first) {
        var joined = cells
        joined[last.lane] = .end
        joined[lane] = .end
        rows.append(
          Row(move: nil, cells: joined, join: min(last.lane, lane)...max(last.lane, lane)))
      }
      var row = cells
      row[lane] = .move
      rows.append(Row(move: move, cells: row, join: nil))
      if let version = move.version { cells[lane] = version > 0 ? .line : .empty }
      last = (move, lane)
    }
    self.lanes = lanes
    self.rows = rows
  }
}

extension HistoryEntry {
  /// The repository that it happened to.
  fileprivate var key: RepositoryKey { RepositoryKey(id: repository, versionTable: versionTable) }

  fileprivate func isOfSameRun(as other: Self) -> Bool { runID == other.runID }

  fileprivate func isOfSameRepository(as other: Self) -> Bool { key == other.key }
}
