/// A statement that begins or ends a transaction, which is the run's business and not a script's.
enum TransactionControl {
  /// Does nothing that the run would not do: left out.
  case superfluous(String)
  /// Would undo or hand over what the run has done: refused.
  case harmful(String)

  /// Reads `statement`; `nil` when it leaves the run's transaction alone, as `ROLLBACK TO` does, and
  /// when it is none that `dialect` knows, so that the engine says what is wrong with it.
  init?(_ statement: Span<UInt8>, dialect: Dialect) {
    var words = Words(statement, dialect: dialect)
    let text = words.text
    let control: Self?
    switch dialect {
    case .sqlite: control = Self.sqlite(&words, text)
    case .postgresql: control = Self.postgresql(&words, text)
    }
    guard let control else { return nil }
    self = control
  }

  /// Whether a statement that begins with `keyword` is worth a closer look.
  static func mayBegin(with keyword: Keyword) -> Bool {
    switch keyword {
    case .begin, .start, .end, .commit, .rollback, .abort, .prepare: true
    default: false
    }
  }

  // "BEGIN TRANSACTION" and "SAVEPOINT" of SQLite's documentation; its grammar takes a name behind
  // TRANSACTION, too.
  private static func sqlite(_ words: inout Words, _ text: String) -> Self? {
    if words.take(.begin) {
      _ = words.take(.deferred, .immediate, .exclusive)
      if words.take(.transaction) { words.takeName() }
      return words.isEmpty ? .superfluous(text) : nil
    }
    if words.take(.commit, .end) {
      if words.take(.transaction) { words.takeName() }
      return words.isEmpty ? .superfluous(text) : nil
    }
    guard words.take(.rollback) else { return nil }
    if words.take(.transaction), !words.begins(with: .to) { words.takeName() }
    return words.begins(with: .to) ? nil : .harmful(text)
  }

  // TransactionStmt and TransactionStmtLegacy of PostgreSQL's grammar.
  private static func postgresql(_ words: inout Words, _ text: String) -> Self? {
    if words.take(.begin) {
      _ = words.take(.work, .transaction)
      return words.takeModes() ? .superfluous(text) : nil
    }
    if words.take(.start) {
      return words.take(.transaction) && words.takeModes() ? .superfluous(text) : nil
    }
    if words.take(.commit, .end) {
      if words.take(.prepared) { return .harmful(text) }
      _ = words.take(.work, .transaction)
      return words.takeChain() ? .superfluous(text) : nil
    }
    if words.take(.rollback) {
      _ = words.take(.work, .transaction)
      return words.begins(with: .to) ? nil : .harmful(text)
    }
    if words.take(.prepare) { return words.take(.transaction) ? .harmful(text) : nil }
    return words.take(.abort) ? .harmful(text) : nil
  }
}

/// The tokens of a short statement, taken from its front.
private struct Words {
  private enum Word {
    case keyword(Keyword)
    case name
    case comma
    case other
  }

  /// The words as written, with one blank between them.
  private(set) var text = ""
  private var words: [Word] = []
  private var next = 0

  /// Reads `statement` up to the first token that no such statement has, and not too far.
  init(_ statement: Span<UInt8>, dialect: Dialect) {
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    while words.count < 64, let token = try? tokenizer.next(in: statement), token != .end {
      let range = tokenizer.start..<tokenizer.end
      switch token {
      case .word:
        words.append(Keyword(range, in: statement).map(Word.keyword) ?? .name)
        text += (text.isEmpty ? "" : " ") + statement.string(in: range)
      case .quoted:
        words.append(.name)
      case .other where range.count == 1 && statement[range.lowerBound] == UInt8(ascii: ","):
        words.append(.comma)
      default:
        words.append(.other)
        return
      }
    }
  }

  var isEmpty: Bool { next == words.count }

  func begins(with keyword: Keyword) -> Bool {
    guard next < words.count, case .keyword(keyword) = words[next] else { return false }
    return true
  }

  mutating func take(_ keywords: Keyword...) -> Bool {
    guard keywords.contains(where: { begins(with: $0) }) else { return false }
    next += 1
    return true
  }

  mutating func takeName() {
    guard next < words.count else { return }
    switch words[next] {
    case .keyword, .name: next += 1
    case .comma, .other: break
    }
  }

  /// Takes modes such as `ISOLATION LEVEL REPEATABLE READ, READ ONLY` and returns whether nothing
  /// else is left.
  mutating func takeModes() -> Bool {
    while take(
      .isolation, .level, .serializable, .repeatable, .read, .committed, .uncommitted, .write,
      .only, .not, .deferrable) || takeComma()
    {}
    return isEmpty
  }

  /// Takes `AND [NO] CHAIN`, if it is there, and returns whether nothing else is left.
  mutating func takeChain() -> Bool {
    if take(.and) {
      _ = take(.no)
      guard take(.chain) else { return false }
    }
    return isEmpty
  }

  private mutating func takeComma() -> Bool {
    guard next < words.count, case .comma = words[next] else { return false }
    next += 1
    return true
  }
}
