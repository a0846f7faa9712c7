extension Plan {
  /// The moves of a run to the latest version: those between versions, with the scripts around them that have
  /// none.
  ///
  /// Hooks run around something: without a version to go to, nor a repeatable script whose text has changed,
  /// there is nothing to do, unless a run ended before the hook behind what it had done.
  static func syncing(
    _ moves: [Move], from standing: Standing, _ dialect: Dialect
  ) throws(MigrationError) -> [Move] {
    let due = try standing.dueRepeatables(for: dialect)
    let resumed = try interruptedHook(of: standing, dialect)
    let start = standing.version ?? 0
    let end = moves.last { $0.staysAt == nil }?.to ?? start
    let before = standing.hook(.beforeSync, at: start, dialect)
    let after = standing.hook(.afterSync, at: end, dialect)
    let own = moves + due.map { standing.move(.repeatable, at: end, by: $0) }
    if own.isEmpty, resumed?.operation != .beforeSync {
      return resumed.map { [$0] } ?? (standing.isHookOwed == true ? after.map { [$0] } ?? [] : [])
    }
    // Of a version that is gone on with, the hook before has run.
    let isGoingOn = standing.progress?.operation.isOfVersion == true
    let first = [resumed?.operation == .afterSync ? resumed : nil, isGoingOn ? nil : before]
    return first.compactMap(\.self) + own + [after].compactMap(\.self)
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
