extension Plan {
  /// The moves of a run to the latest version: those between versions, with the scripts around them that have
  /// none.
  ///
  /// Hooks run around something: without a version to go to, nor a repeatable script whose text has changed,
  /// there is nothing to do.
  static func syncing(
    _ moves: [Move], from standing: Standing, _ dialect: Dialect
  ) throws(MigrationError) -> [Move] {
    let due = try standing.dueRepeatables(for: dialect)
    let resumed = try interruptedHook(of: standing, dialect)
    let isWhole = moves.isEmpty && due.isEmpty && resumed?.operation != .beforeSync
    let first = resumed?.operation == .afterSync ? [resumed].compactMap(\.self) : []
    if isWhole { return first }
    let start = standing.version ?? 0
    let end = moves.last { $0.staysAt == nil }?.to ?? start
    return first + [standing.hook(.beforeSync, at: start, dialect)].compactMap(\.self) + moves
      + due.map { standing.move(.repeatable, at: end, by: $0) }
      + [standing.hook(.afterSync, at: end, dialect)].compactMap(\.self)
  }

  /// The hook that was interrupted outside a transaction and is gone on with; `nil` when none was.
  private static func interruptedHook(
    of standing: Standing, _ dialect: Dialect
  ) throws(MigrationError) -> Move? {
    guard let progress = standing.progress, !progress.operation.isOfVersion else { return nil }
    guard progress.to == standing.version ?? 0,
      let move = standing.hook(progress.operation, at: progress.to, dialect)
    else { throw .version(.interrupted(standing.repository, progress)) }
    return move
  }
}

extension Standing {
  fileprivate func hook(_ hook: Operation, at version: Int, _ dialect: Dialect) -> Move? {
    repository.hook(hook, for: dialect).map { move(hook, at: version, by: $0) }
  }

  fileprivate func move(_ operation: Operation, at version: Int, by script: Path) -> Move {
    Move(member: member, operation: operation, from: version, to: version, script: script)
  }
}
