/// How far a script that runs outside a transaction has come: its statements one by one.
///
/// Only a script that was interrupted has one in the database.
public struct Progress: Hashable, Sendable {
  /// A statement that was begun.
  struct Entry: Hashable, Sendable {
    /// The statement's digest, by which an edited one is known.
    let checksum: String
    let state: State

    var isDone: Bool { state == .done }
  }

  /// How far a statement has come.
  enum State: Hashable, Sendable {
    case done
    /// Begun, with what was there before (``OutsideTransaction/mark(before:)``).
    case begun(since: String)
  }

  /// What the script does.
  public let operation: Operation
  /// The version before the script.
  public let from: Int
  /// The version after the script.
  public let to: Int
  /// The statements in order; only the last may not be done.
  private(set) var entries: [Entry]

  /// What the script was doing to the repository with the id, in a sentence.
  func deed(on id: String) -> String { operation.deed(on: id, from: from, to: to) }

  /// How many statements are done.
  public var doneCount: Int { entries.count { $0.isDone } }

  /// Where it was interrupted, in a few words.
  public var place: String {
    guard entries.last?.isDone == false else {
      return "after \(doneCount) statement\(doneCount == 1 ? "" : "s")"
    }
    return "in statement \(entries.count)"
  }

  /// Remembers the statement `index`, or forgets it, and what stands behind it.
  mutating func set(_ entry: Entry?, at index: Int) {
    entries.removeSubrange(index...)
    if let entry { entries.append(entry) }
  }
}

extension Progress {
  /// The progress that rows of ``ProgressTable/query`` tell.
  ///
  /// - Throws: ``ProgressError/damagedRows(table:repository:)`` when they make no sense.
  init?(_ rows: [Row], of repository: Repository, in table: ProgressTable) throws(MigrationError) {
    guard !rows.isEmpty else { return nil }
    guard let progress = Self(rows) else {
      throw .progress(.damagedRows(table: table.name, repository: repository))
    }
    self = progress
  }

  private init?(_ rows: [Row]) {
    var entries: [Entry] = []
    var scripts: Set<[String]> = []
    for row in rows.sorted(by: { $0[2].integer ?? 0 < $1[2].integer ?? 0 }) {
      guard row[2].integer == Int64(entries.count + 1), entries.last?.isDone != false,
        let to = row[3].integer,
        let words = row[4].text?.split(
          separator: " ", maxSplits: 3, omittingEmptySubsequences: false
        ).map(String.init), words.count >= 3
      else { return nil }
      scripts.insert([words[0], words[1], "\(to)"])
      let state = words.count > 3 ? State.begun(since: words[3]) : .done
      entries.append(Entry(checksum: words[2], state: state))
    }
    guard scripts.count == 1, let script = scripts.first,
      let operation = Operation(rawValue: script[0]), let from = Int(script[1]),
      let to = Int(script[2])
    else { return nil }
    self.init(operation: operation, from: from, to: to, entries: entries)
  }
}
