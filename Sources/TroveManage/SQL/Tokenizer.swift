/// Cuts a script into tokens, as far as the ends of statements depend on them.
///
/// The rules are those of the engines' own scanners: SQLite's `sqlite3GetToken()`, and
/// PostgreSQL's, of which psql has a copy to find the ends of statements (chapter 4.1 "Lexical
/// Structure"). One pass, no recursion, nothing allocated.
struct Tokenizer {
  /// A kind of token.
  enum Token {
    /// A key word or a name without quotes.
    case word
    /// A string, a quoted name or a dollar-quoted body.
    case quoted
    case semicolon
    case opening
    case closing
    /// A backslash outside of quotes, in PostgreSQL's dialect.
    case backslash
    /// `${`, outside of quotes.
    case variable
    /// Operators, digits, parameters.
    case other
    /// Nothing is left.
    case end
  }

  let dialect: Dialect
  /// The offset of the token's first byte.
  private(set) var start: Int
  /// The offset behind the token's last byte.
  private(set) var end: Int
  /// The offsets of comments skipped so far that begin with `migrate:`.
  var directives: [Int] = []

  /// A tokenizer that begins at `offset`.
  init(dialect: Dialect, from offset: Int) {
    self.dialect = dialect
    start = offset
    end = offset
  }

  /// Goes on at `offset` instead of behind the current token.
  mutating func resume(at offset: Int) {
    end = offset
  }

  /// Reads the next token; blanks and comments before it are skipped.
  mutating func next(in text: Span<UInt8>) throws(ScriptFault) -> Token {
    try skipBlanks(in: text)
    start = end
    guard start < text.count else { return .end }
    let byte = text[start]
    if byte.startsWord { return try word(in: text) }
    end = start + 1
    switch byte {
    case UInt8(ascii: ";"): return .semicolon
    case UInt8(ascii: "("): return .opening
    case UInt8(ascii: ")"): return .closing
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return try quoted(until: byte, in: text)
    case UInt8(ascii: "$"): return try dollar(in: text)
    default: break
    }
    switch (dialect, byte) {
    case (.postgresql, UInt8(ascii: "\\")): return .backslash
    case (.sqlite, UInt8(ascii: "`")): return try quoted(until: byte, in: text)
    case (.sqlite, UInt8(ascii: "[")): return try quoted(until: UInt8(ascii: "]"), in: text)
    case (.sqlite, UInt8(ascii: ":")), (.sqlite, UInt8(ascii: "@")), (.sqlite, UInt8(ascii: "#")):
      return parameter(in: text)
    default: break
    }
    while end < text.count, text[end].isPlain { end += 1 }
    return .other
  }

  /// Skips words, operators and blanks, as long as nothing among them could hide a semicolon.
  ///
  /// Afterwards ``end`` is behind the last word or operator that was skipped, if there was one. This
  /// is the fast way through the rest of a statement whose words do not matter.
  mutating func skipWords(in text: Span<UInt8>) {
    var index = end
    while index < text.count {
      let byte = text[index]
      if byte.startsWord {
        let first = index
        repeat { index += 1 } while index < text.count && text[index].continuesWord
        if isPrefix(first..<index, in: text) { return }
        if text.isVariable(at: index - 1) { index -= 1 }
        end = index
      } else if byte.isPlain {
        index += 1
        end = index
      } else if byte.isBlank, byte != 0x0B {
        index += 1
      } else {
        return
      }
    }
  }

  /// Whether `word` is the E of a string with backslash escapes.
  private func isPrefix(_ word: Range<Int>, in text: Span<UInt8>) -> Bool {
    word.count == 1 && dialect == .postgresql && text.byte(at: word.upperBound) == UInt8(ascii: "'")
      && text[word.lowerBound] | 0x20 == UInt8(ascii: "e")
  }

  private mutating func skipBlanks(in text: Span<UInt8>) throws(ScriptFault) {
    while end < text.count {
      switch text[end] {
      case 0x20, 0x09, 0x0A, 0x0C, 0x0D:
        end += 1
      case 0x0B:
        guard dialect.isBlank(0x0B) else { return }
        end += 1
      case UInt8(ascii: "-"):
        guard text.byte(at: end + 1) == UInt8(ascii: "-") else { return }
        if ScriptDirective.listStart(inCommentAt: end, in: text) != nil { directives.append(end) }
        end = dialect.endOfLineComment(from: end, in: text)
      case UInt8(ascii: "/"):
        guard text.byte(at: end + 1) == UInt8(ascii: "*") else { return }
        guard let next = dialect.endOfBlockComment(from: end, in: text) else {
          throw ScriptFault(.unterminated(.comment), at: end)
        }
        end = next
      case 0xEF:
        // SQLite skips a byte order mark wherever a token may begin.
        guard dialect == .sqlite, text.hasByteOrderMark(at: end) else { return }
        end += 3
      default:
        return
      }
    }
  }

  private mutating func word(in text: Span<UInt8>) throws(ScriptFault) -> Token {
    var index = start + 1
    while index < text.count, text[index].continuesWord { index += 1 }
    // No engine knows braces, so that a `$` before one is not a part of the word.
    end = text.isVariable(at: index - 1) ? index - 1 : index
    guard isPrefix(start..<index, in: text) else { return .word }
    guard let next = text.endOfEscapeString(from: index + 1) else {
      throw ScriptFault(.unterminated(.string), at: start)
    }
    end = next
    return .quoted
  }

  private mutating func quoted(
    until quote: UInt8, in text: Span<UInt8>
  ) throws(ScriptFault) -> Token {
    // A doubled quote is one inside; brackets have no such thing.
    while let last = text.firstIndex(of: quote, from: end) {
      end = last + 1
      if text.byte(at: end) != quote || quote == UInt8(ascii: "]") { return .quoted }
      end += 1
    }
    let construct: ScriptError.Construct =
      quote == UInt8(ascii: "'") ? .string : .identifier(Character(UnicodeScalar(quote)))
    throw ScriptFault(.unterminated(construct), at: start)
  }

  private mutating func dollar(in text: Span<UInt8>) throws(ScriptFault) -> Token {
    if text.isVariable(at: start) {
      end = start + 2
      return .variable
    }
    guard dialect == .postgresql else { return parameter(in: text) }
    guard let tagEnd = text.endOfDollarTag(from: start) else { return .other }
    guard let last = text.endOfDollarQuote(tag: start..<tagEnd) else {
      let tag = text.string(in: start..<tagEnd)
      throw ScriptFault(.unterminated(.dollarQuote(tag)), at: start)
    }
    end = last
    return .quoted
  }

  /// Reads a parameter of SQLite: `:name`, `@name`, `$name`, which may go on with `::` and with
  /// parentheses as Tcl's variables do, and then hides a semicolon.
  private mutating func parameter(in text: Span<UInt8>) -> Token {
    var isNamed = false
    while end < text.count {
      let byte = text[end]
      if byte.continuesWord {
        isNamed = true
        end += 1
      } else if byte == UInt8(ascii: ":"), text.byte(at: end + 1) == byte {
        end += 2
      } else {
        if isNamed, byte == UInt8(ascii: "(") { skipIndex(in: text) }
        break
      }
    }
    return .other
  }

  private mutating func skipIndex(in text: Span<UInt8>) {
    while end < text.count, !text[end].isBlank, text[end] != UInt8(ascii: ")") { end += 1 }
    if text.byte(at: end) == UInt8(ascii: ")") { end += 1 }
  }
}
