internal import Glibc

/// The wish of a person or a supervisor, sent as SIGINT or SIGTERM, that the program stops.
///
/// The signals are held back from the process and looked for between and during statements: a session
/// can then cancel, roll back and close in order, which a signal handler could not do.
public struct Interruption: Sendable {
  private static let signals = [SIGINT, SIGTERM]

  private let heartbeat: @Sendable () -> Void

  /// Holds SIGINT and SIGTERM back for the rest of the process's life.
  ///
  /// - Parameter heartbeat: called whenever somebody looks for a signal, which is several times a second while
  ///   a session waits for its server or SQLite computes; it must come back at once.
  public init(heartbeat: @escaping @Sendable () -> Void = {}) {
    self.heartbeat = heartbeat
    var set = sigset_t()
    unsafe sigemptyset(&set)
    for signal in Self.signals { unsafe sigaddset(&set, signal) }
    unsafe pthread_sigmask(SIG_BLOCK, &set, nil)
  }

  /// The signal that waits to be heard, or `nil`.
  public var signal: Int32? {
    heartbeat()
    var set = sigset_t()
    unsafe sigpending(&set)
    return Self.signals.first { unsafe sigismember(&set, $0) == 1 }
  }

  /// Lets the process sleep; a signal ends the sleep within a tenth of a second.
  ///
  /// - Returns: whether the whole time passed.
  func sleep(_ duration: Duration) -> Bool {
    let end = ContinuousClock.now + duration
    while signal == nil {
      let left = end - ContinuousClock.now
      guard left > .zero else { return true }
      let slice = min(left, .milliseconds(100))
      Self.rest(slice)
    }
    return false
  }

  /// Lets the process sleep; a signal that `interruption` hears ends the sleep with an error.
  static func pause(
    _ duration: Duration, heeding interruption: Interruption?
  ) throws(DatabaseError) {
    guard let interruption else { return rest(duration) }
    _ = interruption.sleep(duration)
    if let signal = interruption.signal { throw .interrupted(by: signal) }
  }

  /// Lets the process sleep, deaf to signals.
  static func rest(_ duration: Duration) {
    usleep(UInt32(max(0, duration / .microseconds(1))))
  }
}

extension DatabaseError {
  static func interrupted(by signal: Int32) -> Self {
    Self(.interrupted(signal: signal), message: signal == SIGINT ? "interrupted" : "terminated")
  }
}
