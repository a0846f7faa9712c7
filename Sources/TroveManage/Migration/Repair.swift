/// A script that is not any more what ran, with what there is to see of that.
public struct Repair: Sendable {
  /// The script.
  public let script: EditedScript
  /// The lines that differ, as `diff -u` shows them; `nil` when they cannot be compared.
  public let difference: [String]?

  /// Whether what the file holds now can be accepted.
  public var isAcceptable: Bool { script.state == .edited }

  /// The most lines of a difference.
  static let longestDifference = 200

  init(_ script: EditedScript, texts: [String: String]) {
    self.script = script
    guard script.state == .edited, let text = script.text, let ran = texts[script.ranChecksum]
    else {
      difference = nil
      return
    }
    let now = Array(NormalizedText(text[...]))
    difference = LineDifference(from: Array(ran.utf8), to: now)
      .lines(limit: Self.longestDifference)
  }
}

extension Migrator {
  /// The scripts that are not any more what ran; nothing is locked or written.
  public func repairs() throws(MigrationError) -> [Repair] {
    let state = try state(for: .reading)
    let connection = try connection(for: .reading)
    let scripts = try state.inspectedStandings(on: connection).flatMap { $0.edited ?? [] }
    guard !scripts.isEmpty else { return [] }
    var texts: [String: String] = [:]
    if let query = state.texts.query(for: Set(scripts.map(\.ranChecksum))) {
      let rows = try MigrationError.catching { () throws(DatabaseError) in
        try connection.rows(query)
      }
      for row in rows { texts[row[0].text ?? ""] = row[1].text }
    }
    return scripts.map { Repair($0, texts: texts) }
  }

  /// Takes what the files hold now for what ran: the journal says so from now on, no script runs.
  ///
  /// All of it is one transaction under the runners' lock.
  ///
  /// - Parameter repairs: those that were shown and are acceptable.
  /// - Throws: ``MigrationError/changedMeanwhile(_:)`` when a file, or what the journal knows of it, is not
  ///   any more what was shown.
  public func accept(_ repairs: [Repair]) throws(MigrationError) {
    try underLock { (connection) throws(MigrationError) in
      let state = try state(for: .writing)
      let now = try state.inspectedStandings(on: connection).flatMap { $0.edited ?? [] }
      for repair in repairs where !now.contains(where: repair.script.isSame) {
        throw .changedMeanwhile(repair.script)
      }
      let bookkeeping = Bookkeeping(state: state, identity: options.identity())
      try MigrationError.catching { () throws(DatabaseError) in
        try connection.execute(bookkeeping.commands(accepting: repairs.map(\.script)))
      }
    }
  }
}
