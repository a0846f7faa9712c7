/// A statement's text with literals where its variables were, and the way back to the file.
struct Substitution: Hashable, Sendable {
  /// A variable and what stands for it.
  struct Replacement: Hashable, Sendable {
    /// The range of `${…}` in bytes, counted from the statement's first.
    let source: Range<Int>
    /// The range of the literal in bytes of the text.
    let literal: Range<Int>
  }

  /// The statement as the engine reads it.
  private(set) var text: [UInt8] = []
  /// What was replaced, in the order of the text.
  private(set) var replacements: [Replacement] = []

  /// Replaces the ranges of `source` by literals; the ranges are offsets in the script, ascending.
  ///
  /// A literal is kept apart from what it touches: a word before it would become its prefix, and a
  /// quote beside it would make one string of two.
  init(_ source: ArraySlice<UInt8>, literals: [(range: Range<Int>, bytes: [UInt8])]) {
    let blank = UInt8(ascii: " ")
    var offset = source.startIndex
    for literal in literals {
      text += source[offset..<literal.range.lowerBound]
      offset = literal.range.upperBound
      let start = text.count
      if let last = text.last, last.continuesWord || last.isQuote { text.append(blank) }
      text += literal.bytes
      if offset < source.endIndex, source[offset].isQuote { text.append(blank) }
      let first = literal.range.lowerBound - source.startIndex
      replacements.append(
        Replacement(
          source: first..<first + literal.range.count, literal: start..<text.count))
    }
    text += source[offset...]
  }

  /// The offset in the statement as written of the byte at `offset` of the text.
  ///
  /// All of a literal comes from the first byte of its variable.
  func sourceOffset(of offset: Int) -> Int {
    var shift = 0
    for replacement in replacements {
      if offset < replacement.literal.lowerBound { break }
      if offset < replacement.literal.upperBound { return replacement.source.lowerBound }
      shift = replacement.source.upperBound - replacement.literal.upperBound
    }
    return offset + shift
  }
}

extension UInt8 {
  fileprivate var isQuote: Bool { self == UInt8(ascii: "'") || self == UInt8(ascii: "\"") }
}
