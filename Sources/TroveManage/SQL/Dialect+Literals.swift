extension Dialect {
  /// Whether `byte` parts tokens; a vertical tab does on PostgreSQL, since version 16.
  func isBlank(_ byte: UInt8) -> Bool {
    byte.isBlank && (byte != 0x0B || self == .postgresql)
  }

  /// The end of the `--` comment at `start`, which the line's end is no part of.
  ///
  /// To PostgreSQL a carriage return alone ends the line too, to SQLite it does not.
  func endOfLineComment(from start: Int, in text: Span<UInt8>) -> Int {
    var index = start + 2
    while index < text.count, text[index] != 0x0A {
      if self == .postgresql, text[index] == 0x0D { break }
      index += 1
    }
    return index
  }

  /// The offset behind the `/*` comment at `start`; `nil` when it does not end.
  ///
  /// PostgreSQL's comments nest (4.1.5 "Comments"), SQLite's do not.
  func endOfBlockComment(from start: Int, in text: Span<UInt8>) -> Int? {
    let (slash, star) = (UInt8(ascii: "/"), UInt8(ascii: "*"))
    var depth = 1
    var index = start + 2
    while index + 1 < text.count {
      let (byte, next) = (text[index], text[index + 1])
      if byte == star, next == slash {
        depth -= 1
        index += 2
        if depth == 0 { return index }
      } else if byte == slash, next == star, self == .postgresql {
        depth += 1
        index += 2
      } else {
        index += 1
      }
    }
    return nil
  }
}

extension Span where Element == UInt8 {
  /// Whether `${` stands at `offset`.
  func isVariable(at offset: Int) -> Bool {
    byte(at: offset) == UInt8(ascii: "$") && byte(at: offset + 1) == UInt8(ascii: "{")
  }

  /// Whether a UTF-8 byte order mark stands at `offset`.
  func hasByteOrderMark(at offset: Int) -> Bool {
    byte(at: offset) == 0xEF && byte(at: offset + 1) == 0xBB && byte(at: offset + 2) == 0xBF
  }

  /// The offset behind a string with backslash escapes that goes on at `start`; `nil` when it does
  /// not end.
  func endOfEscapeString(from start: Int) -> Int? {
    var index = start
    while index < count {
      switch self[index] {
      case UInt8(ascii: "\\"):
        index += 2
      case UInt8(ascii: "'"):
        if byte(at: index + 1) == UInt8(ascii: "'") {
          index += 2
        } else if let next = endOfContinuation(from: index + 1) {
          index = next
        } else {
          return index + 1
        }
      default:
        index += 1
      }
    }
    return nil
  }

  /// The offset behind the quote with which a string goes on that paused at `start`.
  ///
  /// Strings with a line's end between them are one, and the first decides whether backslashes
  /// escape in all of them (4.1.2.1 "String Constants").
  private func endOfContinuation(from start: Int) -> Int? {
    var index = start
    var hasNewline = false
    while index < count {
      let byte = self[index]
      if byte.isBlank {
        hasNewline = hasNewline || byte == 0x0A || byte == 0x0D
        index += 1
      } else if byte == UInt8(ascii: "-"), self.byte(at: index + 1) == byte {
        index = Dialect.postgresql.endOfLineComment(from: index, in: self)
      } else {
        return byte == UInt8(ascii: "'") && hasNewline ? index + 1 : nil
      }
    }
    return nil
  }

  /// The offset behind the tag `$…$` at `start`; `nil` when there is none.
  ///
  /// A tag keeps to the rules of a name without `$` (4.1.2.4 "Dollar-Quoted String Constants").
  func endOfDollarTag(from start: Int) -> Int? {
    var index = start + 1
    guard byte(at: index).startsWord || byte(at: index) == UInt8(ascii: "$") else { return nil }
    while byte(at: index) != UInt8(ascii: "$") {
      guard byte(at: index).continuesWord else { return nil }
      index += 1
    }
    return index + 1
  }

  /// The offset behind the body that `tag` opens; `nil` when it does not end.
  ///
  /// A tag has no `$` inside, so that a comparison never reaches beyond the next one: linear.
  func endOfDollarQuote(tag: Range<Int>) -> Int? {
    let opening = extracting(tag)
    var index = tag.upperBound
    while let dollar = firstIndex(of: UInt8(ascii: "$"), from: index) {
      if has(opening, at: dollar) { return dollar + tag.count }
      index = dollar + 1
    }
    return nil
  }
}
