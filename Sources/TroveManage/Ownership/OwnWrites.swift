/// What our own bookkeeping has done to one of our tables while scripts ran.
struct OwnWrites: Hashable {
  /// How many rows it has written.
  private(set) var rows = 0...0
  /// Whether it has made or changed the table itself.
  private(set) var isRemade = false

  /// Counts a statement of ours.
  mutating func add(_ command: Command, isRemade: Bool) {
    if isRemade {
      self.isRemade = true
    } else if let required = command.requiredChanges {
      rows = rows.lowerBound + required...rows.upperBound + required
    } else {
      // It writes a row unless that is there already.
      rows = rows.lowerBound...rows.upperBound + 1
    }
  }
}
