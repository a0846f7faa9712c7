/// Who holds a lock that somebody waits for, as far as that can be known.
public struct LockHolder: Hashable, Sendable {
  /// The number of its process: the server's on PostgreSQL, its own on SQLite.
  public var process: Int?
  /// What it calls itself.
  public var program: String?
  /// The user that it is to the server, or to this machine.
  public var user: String?
  /// Where it is: an address, or words.
  public var place: String?
  /// What it is doing: `idle in transaction`.
  public var state: String?
  /// Since when it has held the lock, or has at least been there, or in ``state`` when that is known.
  public var since: Moment?
  /// What it did last, on one line, strings hidden.
  public var statement: String?

  /// A holder of whom nothing is known yet.
  public init() {}
}

extension LockHolder: CustomStringConvertible {
  /// What is known, on one line:
  /// `pid 4711 (trove-manage, user trove, from 10.0.0.7), since 03:12:10 UTC (12 s ago)`.
  public var description: String {
    let begun = since.map { "since \(state == nil ? $0.description : $0.time)" }
    let activity = state.map { state in begun.map { "\(state) \($0)" } ?? state }
    let facts = [
      program, user.map { "user \($0)" }, place.map { "from \($0)" }, activity,
    ].compactMap(\.self)
    var text = process.map { "pid \($0)" } ?? "somebody"
    if !facts.isEmpty { text += " (\(facts.joined(separator: ", ")))" }
    if state == nil, let begun { text += ", \(begun)" }
    if let statement { text += ": \(statement)" }
    return text
  }

  /// The holder as an error's detail.
  var detail: String { "the lock is held by \(self)" }
}
