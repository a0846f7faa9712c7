/// The first words and names of a statement, taken one by one.
struct StatementWords {
  private enum Part {
    /// A word without quotes, in small letters.
    case word(String)
    /// A name in quotes, without them.
    case quoted(String)
    case other(String)
  }

  private var parts: [Part] = []
  private var next = 0

  /// The words of `statement`, of which no more than `limit` are looked at.
  init(_ statement: Span<UInt8>, dialect: Dialect, atMost limit: Int = 24) {
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    parts.reserveCapacity(limit)
    while parts.count < limit, let token = try? tokenizer.next(in: statement), token != .end {
      let text = statement.string(in: tokenizer.start..<tokenizer.end)
      switch token {
      case .word: parts.append(.word(dialect.folded(text)))
      case .quoted: parts.append(.quoted(dialect.cut(text.withoutQuotes)))
      default: parts.append(.other(text))
      }
    }
  }

  /// Takes the key word if it is next.
  mutating func take(_ keyword: String) -> Bool {
    guard next < parts.count, case .word(let word) = parts[next], word.lowercased() == keyword
    else {
      return false
    }
    next += 1
    return true
  }

  /// Takes a name, with or without a schema before it.
  mutating func name() -> CatalogName? {
    guard let first = part() else { return nil }
    guard next < parts.count, case .other(".") = parts[next] else {
      return CatalogName(schema: nil, name: first)
    }
    next += 1
    return part().map { CatalogName(schema: first, name: $0) }
  }

  /// Takes all of the key words, if they are next in this order.
  mutating func take(_ first: String, _ second: String) -> Bool {
    let start = next
    if take(first), take(second) { return true }
    next = start
    return false
  }

  /// Whether all of the key words are next in this order.
  func begins(with keywords: String...) -> Bool {
    var copy = self
    return keywords.allSatisfy { copy.take($0) }
  }

  /// Takes `( … )`, if it is next.
  ///
  /// - Returns: the words inside, in small letters; `nil` when it is not next or does not end in time.
  mutating func options() -> [String]? {
    guard next < parts.count, case .other("(") = parts[next] else { return nil }
    let inside = parts[(next + 1)...].prefix { part in
      if case .other(")") = part { false } else { true }
    }
    next = min(inside.endIndex + 1, parts.count)
    return inside.compactMap { part in
      if case .word(let word) = part { word.lowercased() } else { nil }
    }
  }

  /// Whether the word is anywhere in what is left, be it in quotes.
  func contains(_ keyword: String) -> Bool {
    parts[next...].contains { part in
      switch part {
      case .word(let word), .quoted(let word): word.lowercased() == keyword
      case .other: false
      }
    }
  }

  /// Whether nothing is left.
  var isEmpty: Bool { next == parts.count }

  private mutating func part() -> String? {
    guard next < parts.count else { return nil }
    switch parts[next] {
    case .word(let name), .quoted(let name):
      // U&"…" has escapes of its own (4.1.2.3); nobody is to take it for another name.
      if name == "u", next + 1 < parts.count, case .other("&") = parts[next + 1] { return nil }
      next += 1
      return name
    case .other: return nil
    }
  }
}

extension String {
  /// Whether a token in quotes is a name, and no string.
  var isQuotedName: Bool { ["\"", "`", "["].contains { hasPrefix($0) } }

  /// A token in quotes without them: those inside that are doubled stand for one.
  var withoutQuotes: String {
    guard let first = utf8.first, let last = utf8.last else { return self }
    let inside = Substring(utf8.dropFirst().dropLast())
    guard first != UInt8(ascii: "["), inside.utf8.contains(last) else { return String(inside) }
    let quote = String(Unicode.Scalar(last))
    return String(inside.replacing(quote + quote, with: quote))
  }
}

extension Dialect {
  /// The name that a word without quotes stands for: PostgreSQL takes ASCII's capitals for small letters
  /// (4.1.1 "Identifiers and Key Words").
  fileprivate func folded(_ word: String) -> String {
    guard self == .postgresql else { return word }
    if word.utf8.allSatisfy({ $0 < 0x80 }) { return cut(word.lowercased()) }
    let bytes = word.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return cut(String(decoding: bytes, as: UTF8.self))
  }

  /// The part of a name that the engine keeps: 63 bytes on PostgreSQL, and no character in part.
  fileprivate func cut(_ name: String) -> String {
    guard self == .postgresql, name.utf8.count > 63 else { return name }
    var end = name.utf8.index(name.startIndex, offsetBy: 63)
    while end.samePosition(in: name.unicodeScalars) == nil { end = name.utf8.index(before: end) }
    return String(name[..<end])
  }
}
