/// Tells where a statement of SQLite ends: the state machine that `sqlite3_complete()` documents.
///
/// A semicolon ends a statement, except in `CREATE [TEMP|TEMPORARY] TRIGGER`, which ends with a
/// semicolon, the word END and another semicolon. Nothing else in a trigger can look like that, so
/// `CASE … END` and columns called `end` need no care. EXPLAIN may stand in front.
struct SQLiteBoundary {
  private enum State {
    case start
    case normal
    case explain
    case create
    case trigger
    case triggerSemicolon
    case triggerEnd
  }

  private var state = State.start

  /// Whether the meaning of the next word matters.
  var readsWords: Bool { state != .normal }

  /// What is open when the script ends here.
  var unterminated: ScriptError.Construct? {
    switch state {
    case .trigger, .triggerSemicolon: .trigger
    default: nil
    }
  }

  /// Takes in a semicolon and returns whether the statement ends with it.
  mutating func takeSemicolon() -> Bool {
    switch state {
    case .trigger, .triggerSemicolon:
      state = .triggerSemicolon
      return false
    default:
      state = .start
      return true
    }
  }

  /// Takes in any other token; `keyword` is `nil` for what is no keyword.
  mutating func take(_ keyword: Keyword?) {
    switch (state, keyword) {
    case (.start, .explain): state = .explain
    case (.start, .create), (.explain, .create): state = .create
    case (.explain, .explain), (.explain, .temp), (.explain, .temporary): state = .normal
    case (.explain, .trigger), (.explain, .end): state = .normal
    case (.explain, _): break
    case (.create, .temp), (.create, .temporary): break
    case (.create, .trigger): state = .trigger
    case (.triggerSemicolon, .end): state = .triggerEnd
    case (.trigger, _), (.triggerSemicolon, _), (.triggerEnd, _): state = .trigger
    default: state = .normal
    }
  }
}
