/// Tells where a statement of PostgreSQL ends.
///
/// A semicolon ends a statement unless it stands in parentheses (`CREATE RULE … DO (a; b)`), as in
/// psql, or in a body `BEGIN ATOMIC … END` of `CREATE [OR REPLACE] FUNCTION|PROCEDURE`. In such a
/// body every statement ends with a semicolon (`routine_body_stmt_list` of the grammar), so its END
/// is the one that follows ATOMIC or a semicolon: `CASE … END` and a label `AS end` need no care.
struct PostgresBoundary {
  private enum Phase {
    case start
    case normal
    case create
    case createOr
    case createOrReplace
    case routine
    case routineBegin
    case body
    /// Between two statements of a body.
    case bodyStart
    case copy
    case copyFrom
    case copyFromStandardInput
  }

  private var phase = Phase.start
  private var depth = 0
  private var bodyOffset = 0

  /// Whether the meaning of the next word matters.
  var readsWords: Bool { phase != .normal && depth == 0 }

  /// Whether the statement is `COPY … FROM STDIN`.
  ///
  /// The grammar takes STDOUT for the same (`copy_file_name`), and so does psql.
  var copiesFromStandardInput: Bool { phase == .copyFromStandardInput }

  /// Where the body begins that is open when the script ends here.
  ///
  /// An open parenthesis is left to the engine, which names the place where one is missing.
  var unterminatedBody: Int? {
    depth == 0 && (phase == .body || phase == .bodyStart) ? bodyOffset : nil
  }

  /// Takes in a semicolon and returns whether the statement ends with it.
  mutating func takeSemicolon() -> Bool {
    if depth > 0 { return false }
    switch phase {
    case .body, .bodyStart:
      phase = .bodyStart
      return false
    default:
      self = Self()
      return true
    }
  }

  /// Takes in an opening parenthesis.
  mutating func takeOpening() {
    if depth == 0 { advance(nil, at: 0) }
    depth += 1
  }

  /// Takes in a closing parenthesis.
  mutating func takeClosing() {
    if depth > 0 { depth -= 1 }
  }

  /// Takes in any other token, which begins at `offset`; `keyword` is `nil` for what is no keyword.
  mutating func take(_ keyword: Keyword?, at offset: Int) {
    if depth == 0 { advance(keyword, at: offset) }
  }

  private mutating func advance(_ keyword: Keyword?, at offset: Int) {
    switch (phase, keyword) {
    case (.normal, _): break
    case (.start, .create): phase = .create
    case (.create, .or): phase = .createOr
    case (.createOr, .replace): phase = .createOrReplace
    case (.create, .function), (.create, .procedure): phase = .routine
    case (.createOrReplace, .function), (.createOrReplace, .procedure): phase = .routine
    case (.routine, .begin), (.routineBegin, .begin):
      phase = .routineBegin
      bodyOffset = offset
    case (.routineBegin, .atomic): phase = .bodyStart
    case (.routine, _), (.routineBegin, _): phase = .routine
    case (.bodyStart, .end): phase = .normal
    case (.bodyStart, _), (.body, _): phase = .body
    case (.start, .copy): phase = .copy
    case (.copy, .from), (.copyFrom, .from): phase = .copyFrom
    case (.copy, _): break
    case (.copyFrom, .stdin), (.copyFrom, .stdout): phase = .copyFromStandardInput
    default: phase = .normal
    }
  }
}
