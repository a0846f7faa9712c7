/// A text that SQLite's catalog keeps, cut into tokens: blanks, comments and the style of quotes do not
/// matter any more.
struct CatalogTokens {
  /// A token.
  enum Token: Hashable {
    /// A key word, or a name without quotes.
    case word(String)
    /// A name in quotes, without them.
    case name(String)
    /// A string, a number or a blob, as it is written.
    case literal(String)
    /// An operator, a comma or a parenthesis.
    case symbol(String)
  }

  /// The tokens in order.
  let tokens: [Token]

  /// Cuts `text`; `nil` when it is not SQL.
  init?(_ text: String) {
    let bytes = Array(text.utf8)
    let span = bytes.span
    var tokenizer = Tokenizer(dialect: .sqlite, from: 0)
    var tokens: [Token] = []
    while true {
      guard let kind = try? tokenizer.next(in: span) else { return nil }
      if kind == .end { break }
      var end = tokenizer.end
      if kind == .other || kind == .variable {
        // The tokenizer takes runs of what hides no semicolon together.
        end = span.endOfLexeme(from: tokenizer.start)
        tokenizer.resume(at: end)
      }
      let source = span.string(in: tokenizer.start..<end)
      if kind == .quoted, source.hasPrefix("'"), span.isBlobPrefix(before: tokenizer.start),
        case .word(let prefix) = tokens.last
      {
        tokens[tokens.count - 1] = .literal(prefix.uppercased() + source)
      } else {
        tokens.append(Token(kind, source))
      }
    }
    self.tokens = tokens
  }
}

extension CatalogTokens.Token {
  fileprivate init(_ kind: Tokenizer.Token, _ source: String) {
    switch kind {
    case .word: self = .word(source)
    case .quoted: self = source.hasPrefix("'") ? .literal(source) : .name(source.insideOfQuotes)
    case .other where source.utf8.contains { (0x30...0x39).contains($0) }: self = .literal(source)
    default: self = .symbol(source)
    }
  }

  /// The word in capitals, when it is one without quotes.
  var keyword: String? {
    guard case .word(let word) = self else { return nil }
    return word.uppercased()
  }

  /// The name that the token is where only a name can stand: SQLite takes strings for names there.
  var asName: String? {
    switch self {
    case .word(let name), .name(let name): name
    case .literal(let text) where text.hasPrefix("'"): text.insideOfQuotes
    default: nil
    }
  }
}

extension String {
  /// The text without the quotes around it, with those inside single again.
  fileprivate var insideOfQuotes: String {
    guard let last else { return self }
    let inside = dropFirst().dropLast()
    return last == "]"
      || !inside.utf8.contains(last.utf8.first ?? 0)
      ? String(inside) : String(inside.replacing("\(last)\(last)", with: "\(last)"))
  }
}

extension Span where Element == UInt8 {
  private static let operators = ["->>", "||", "<<", ">>", "<=", ">=", "<>", "!=", "==", "->"]

  /// The offset behind the number or operator at `start`.
  fileprivate func endOfLexeme(from start: Int) -> Int {
    let isNumber =
      self[start].isDigit || self[start] == UInt8(ascii: ".") && byte(at: start + 1).isDigit
    guard isNumber else {
      let found = Self.operators.first { has(Array($0.utf8).span, at: start) }
      return start + (found?.utf8.count ?? 1)
    }
    var end = start + 1
    while end < count {
      let byte = self[end]
      let isSign = byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
      let isExponent = isSign && self[end - 1] | 0x20 == UInt8(ascii: "e") && !isHexadecimal(start)
      guard byte.continuesWord || byte == UInt8(ascii: ".") || isExponent else { break }
      end += 1
    }
    return end
  }

  private func isHexadecimal(_ start: Int) -> Bool {
    byte(at: start + 1) | 0x20 == UInt8(ascii: "x")
  }

  /// Whether the word `X` alone ends at `offset`, as in `X'00'`.
  fileprivate func isBlobPrefix(before offset: Int) -> Bool {
    guard offset > 0, self[offset - 1] | 0x20 == UInt8(ascii: "x") else { return false }
    return offset == 1 || !self[offset - 2].continuesWord
  }
}

extension UInt8 {
  fileprivate var isDigit: Bool { (0x30...0x39).contains(self) }
}
