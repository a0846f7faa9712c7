/// A place in a text that only moves forward, so that the lines of all statements cost one pass.
struct TextPosition {
  /// The offset in bytes.
  private(set) var offset: Int
  /// The line, counted from 1; a line ends with a line feed.
  private(set) var line: Int
  /// The column in Unicode scalars, counted from 1.
  private(set) var column: Int

  /// The place at `offset`, which is known to be at `line` and `column`.
  init(offset: Int, line: Int = 1, column: Int = 1) {
    self.offset = offset
    self.line = line
    self.column = column
  }

  /// Moves on to `target`, which must not lie behind this place.
  mutating func advance(to target: Int, in text: Span<UInt8>) {
    let newlines = text.count(of: 0x0A, in: offset..<target)
    if newlines > 0 {
      var start = target
      while text[start - 1] != 0x0A { start -= 1 }
      line += newlines
      column = 1
      offset = start
    }
    column += text.scalarCount(in: offset..<target)
    offset = target
  }
}
