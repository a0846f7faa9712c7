internal import CSQLite

/// What SQLite calls back while it runs: how long to wait for another process's lock, and whether a
/// signal asks to stop.
final class SQLiteWait {
  var interruption: Interruption?
  var limit = Duration.seconds(60)
  /// How long a statement of a script may run.
  var statementLimit: Duration?
  /// When the running statement began; `nil` for one of our own.
  var statementStart: ContinuousClock.Instant?
  /// Called once for a wait that lasts.
  var notice: ((LockHolder?) -> Void)?
  /// Finds who holds the lock that is waited for.
  var findHolder: () -> LockHolder? = { nil }
  private var start = ContinuousClock.now

  /// Installs itself on `handle`, which must not outlive it.
  func attach(to handle: OpaquePointer) {
    let context = unsafe Unmanaged.passUnretained(self).toOpaque()
    unsafe sqlite3_busy_handler(
      handle,
      { context, attempt in
        guard let context = unsafe context else { return 0 }
        let wait = unsafe Unmanaged<SQLiteWait>.fromOpaque(context).takeUnretainedValue()
        return wait.goesOn(after: Int(attempt)) ? 1 : 0
      }, context)
    // Every few thousand steps of the virtual machine: soon enough for a person, too seldom to cost.
    unsafe sqlite3_progress_handler(
      handle, 10_000,
      { context in
        guard let context = unsafe context else { return 0 }
        let wait = unsafe Unmanaged<SQLiteWait>.fromOpaque(context).takeUnretainedValue()
        return wait.mustStop ? 1 : 0
      }, context)
  }

  private var mustStop: Bool {
    if let statementLimit, let statementStart, .now - statementStart > statementLimit {
      return true
    }
    return interruption?.signal != nil
  }

  /// Sleeps before another try.
  private func goesOn(after attempt: Int) -> Bool {
    let now = ContinuousClock.now
    if attempt == 0 { start = now }
    guard now - start < limit else { return false }
    if now - start > LockWait.silence, let notice {
      notice(findHolder())
      self.notice = nil
    }
    let pause = min(LockWait.pause(attempt: attempt), limit - (now - start))
    guard let interruption else {
      Interruption.rest(pause)
      return true
    }
    return interruption.sleep(pause)
  }
}
