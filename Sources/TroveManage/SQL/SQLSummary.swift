/// A statement for a log: on one line, and without the values in it.
enum SQLSummary {
  private static let limit = 160

  /// The first tokens of `statement` with one blank between what blanks or comments part, and `'…'` for
  /// every string and every body.
  static func of(_ statement: ArraySlice<UInt8>, dialect: Dialect) -> String {
    let text = statement.span
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    var summary = ""
    var behind = 0
    while let token = next(&tokenizer, in: text) {
      guard summary.utf8.count < limit else { return "\(summary) …" }
      if tokenizer.start > behind, !summary.isEmpty { summary += " " }
      behind = tokenizer.end
      let source = text.string(in: tokenizer.start..<tokenizer.end)
      summary += token == .quoted && !source.isQuotedName ? "'…'" : source
    }
    return summary
  }

  private static func next(_ tokenizer: inout Tokenizer, in text: Span<UInt8>) -> Tokenizer.Token? {
    guard let token = try? tokenizer.next(in: text), token != .end else { return nil }
    return token
  }
}
