/// A token of a statement, for whoever reads all of it.
///
/// ``StatementWords`` tells what a statement is by its first words.
struct StatementToken {
  enum Kind {
    /// A key word, or a name without quotes.
    case word
    /// A name in quotes.
    case name
    /// A string, or a body in dollar quotes.
    case string
    case number
    /// A single character of an operator, a comma, a parenthesis.
    case symbol
  }

  let kind: Kind
  /// Words and names in small letters and without quotes: both engines' names are compared so often enough.
  let text: String
  /// Where it begins, in bytes from the start of the statement.
  let offset: Int
  /// In how many parentheses it stands; these themselves stand outside.
  let depth: Int

  /// Whether it is the key word, or the character.
  func isWord(_ word: String) -> Bool { (kind == .word || kind == .symbol) && text == word }

  /// Whether a name can be meant.
  var isName: Bool { kind == .word || kind == .name }
}

extension StatementToken {
  /// The tokens of `statement`, as far as it can be read.
  static func list(_ statement: Span<UInt8>, dialect: Dialect) -> [Self] {
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    var tokens: [Self] = []
    var depth = 0
    while let kind = try? tokenizer.next(in: statement), kind != .end {
      let text = statement.string(in: tokenizer.start..<tokenizer.end)
      let start = tokenizer.start
      switch kind {
      case .word:
        tokens.append(Self(kind: .word, text: text.lowercased(), offset: start, depth: depth))
      case .quoted:
        let isName = text.isQuotedName
        let inside = isName ? text.withoutQuotes.lowercased() : text
        tokens.append(
          Self(kind: isName ? .name : .string, text: inside, offset: start, depth: depth))
      case .opening:
        tokens.append(Self(kind: .symbol, text: "(", offset: start, depth: depth))
        depth += 1
      case .closing:
        depth = max(0, depth - 1)
        tokens.append(Self(kind: .symbol, text: ")", offset: start, depth: depth))
      default: tokens += others(text, at: start, depth: depth)
      }
    }
    return tokens
  }

  /// The numbers and the characters of `text`, which the tokenizer takes together.
  private static func others(_ text: String, at start: Int, depth: Int) -> [Self] {
    var tokens: [Self] = []
    var number = ""
    for (index, byte) in text.utf8.enumerated() {
      let isDigit = (0x30...0x39).contains(byte)
      if isDigit || byte == UInt8(ascii: ".") && !number.isEmpty {
        number.append(Character(Unicode.Scalar(byte)))
        continue
      }
      if !number.isEmpty {
        let offset = start + index - number.utf8.count
        tokens.append(Self(kind: .number, text: number, offset: offset, depth: depth))
        number = ""
      }
      let symbol = String(Character(Unicode.Scalar(byte)))
      tokens.append(Self(kind: .symbol, text: symbol, offset: start + index, depth: depth))
    }
    guard !number.isEmpty else { return tokens }
    let offset = start + text.utf8.count - number.utf8.count
    return tokens + [Self(kind: .number, text: number, offset: offset, depth: depth)]
  }
}

/// The tokens of a statement, or of a part of it, taken one by one.
struct StatementCursor {
  private(set) var rest: ArraySlice<StatementToken>

  init(_ tokens: ArraySlice<StatementToken>) {
    rest = tokens
  }

  /// Takes the key words, when all of them are next.
  mutating func take(_ words: String...) -> Bool {
    guard begins(with: words) else { return false }
    rest = rest.dropFirst(words.count)
    return true
  }

  /// Takes whichever of the key words is next, as often as one is.
  mutating func skip(_ words: Set<String>) {
    rest = rest.drop { $0.kind == .word && words.contains($0.text) }
  }

  /// Whether all of the key words are next.
  func begins(with words: String...) -> Bool { begins(with: words) }

  private func begins(with words: [String]) -> Bool {
    rest.count >= words.count && zip(rest, words).allSatisfy { $0.isWord($1) }
  }

  /// Takes a name; of one with a schema before it, the name in the schema.
  mutating func name() -> StatementToken? {
    guard var token = rest.first, token.isName else { return nil }
    rest.removeFirst()
    while rest.first?.isWord(".") == true, let next = rest.dropFirst().first, next.isName {
      token = next
      rest = rest.dropFirst(2)
    }
    return token
  }
}

extension ArraySlice<StatementToken> {
  /// The parts between the commas that stand in as many parentheses as the first token.
  var parts: [Self] {
    guard let depth = first?.depth else { return [] }
    return split { $0.depth == depth && $0.isWord(",") }
  }

  /// The index behind the key words, where they stand one behind the other; those in more parentheses than the
  /// first token do not count.
  func index(behind words: String...) -> Index? {
    guard let depth = first?.depth else { return nil }
    let own = indices.filter { self[$0].depth == depth }
    guard own.count >= words.count else { return nil }
    for start in 0...(own.count - words.count)
    where zip(own[start...], words).allSatisfy({ self[$0].isWord($1) }) {
      return own[start + words.count - 1] + 1
    }
    return nil
  }

  /// What stands in the first parentheses.
  var inParentheses: Self {
    guard let start = firstIndex(where: { $0.isWord("(") }) else { return self[endIndex...] }
    let depth = self[start].depth
    return self[(start + 1)...].prefix { $0.depth > depth }
  }
}
