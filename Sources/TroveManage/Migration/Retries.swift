/// How often, and after which pauses, a transaction is tried again that the locks of others ended.
struct Retries {
  private let limit: Int
  private var count = 0

  /// So many retries at the most, counted over a whole run.
  init(limit: Int) {
    self.limit = limit
  }

  /// The pause before the next try; `nil` when trying again is of no use, or has been done often enough.
  ///
  /// It doubles from try to try, up to ten seconds, and is cut by up to a half at random, so that
  /// two that stood in each other's way do not do so again.
  mutating func pause(after error: DatabaseError) -> Duration? {
    guard error.passesWithTime, count < limit else { return nil }
    let longest = Duration.milliseconds(min(250 << min(count, 10), 10_000))
    count += 1
    return longest * Double.random(in: 0.5...1)
  }
}

extension DatabaseError {
  /// Whether the transaction may succeed when it is tried once more, from its start: PostgreSQL's
  /// `serialization_failure`, `deadlock_detected` and `lock_not_available`.
  fileprivate var passesWithTime: Bool {
    ["40001", "40P01", "55P03"].contains(code)
  }
}
