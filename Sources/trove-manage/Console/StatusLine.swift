import Glibc
import Synchronization
import TroveManage

/// The line at the bottom of a terminal that says how far a run has come.
///
/// It is drawn by whoever comes by: the run's events, its statements, and whoever looks for a signal while
/// something takes its time. Between two drawings the cursor waits, visible, at the start of the line: whatever
/// ends the program leaves the terminal as it was.
final class StatusLine: Sendable {
  private struct State {
    var progress = RunProgress()
    var isShown = false
    /// When it was drawn last; it never is at once, for most runs are over before anybody could read it.
    var lastDrawing = ContinuousClock.now
  }

  private let state = Mutex(State())
  private let isColored = Terminal.isColored(STDERR_FILENO)

  /// The time between two drawings.
  private static let pause = Duration.milliseconds(100)

  /// A status line, when standard error is a terminal that can show one.
  init?() {
    guard Terminal.canRedraw(STDERR_FILENO) else { return nil }
  }

  /// Takes in what happens.
  func note(_ event: MigrationEvent) {
    change { state in
      if state.progress.isIdle { state.lastDrawing = .now }
      state.progress.note(event)
    }
  }

  /// Takes in that the engine has run `command`.
  func note(ran command: Command) {
    change { $0.progress.note(ran: command) }
  }

  /// Takes in how far a trial of a repository's scripts is.
  func note(_ trial: TrialCheck.Progress) {
    change { state in
      if state.progress.isIdle { state.lastDrawing = .now }
      state.progress.note(trial)
    }
  }

  /// Takes in that a trial is over.
  func finishTrial() {
    erase()
    change { $0.progress.finishTrial() }
  }

  /// Draws the line anew, when it is time to.
  func tick() {
    change { _ in }
  }

  /// Takes the line away, because something else is about to be written; it comes back by itself.
  func erase() {
    state.withLock { state in
      guard state.isShown else { return }
      Output.write("\r\u{1B}[K", to: STDERR_FILENO)
      state.isShown = false
    }
  }

  private func change(_ body: (inout State) -> Void) {
    state.withLock { state in
      body(&state)
      let now = ContinuousClock.now
      guard !state.progress.isIdle, now - state.lastDrawing >= Self.pause else { return }
      state.lastDrawing = now
      // A character in the last column makes some terminals wrap.
      let columns = Terminal.width(STDERR_FILENO) - 1
      let text = state.progress.line().fitted(columns, isColored: isColored)
      Output.write("\r\(text)\u{1B}[K\r", to: STDERR_FILENO)
      state.isShown = true
    }
  }
}
