/// The words of a whole statement, level by level of its parentheses.
///
/// ``StatementWords`` tells what a statement is by its first words; this, what is anywhere in it.
struct StatementOutline {
  /// The words of each pair of parentheses in the order in which they begin, those outside of any first: key
  /// words and names without quotes in small letters, `"` for what is in quotes, `,` for whatever holds a comma,
  /// operators as they are.
  private(set) var levels: [[String]] = [[]]

  init(_ statement: Span<UInt8>, dialect: Dialect) {
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    var open = [0]
    while let token = try? tokenizer.next(in: statement), token != .end {
      let current = open.last ?? 0
      switch token {
      case .opening:
        open.append(levels.count)
        levels.append([])
      case .closing:
        if open.count > 1 { open.removeLast() }
      case .quoted: levels[current].append("\"")
      default:
        let text = statement.string(in: tokenizer.start..<tokenizer.end).lowercased()
        levels[current].append(text.utf8.contains(UInt8(ascii: ",")) ? "," : text)
      }
    }
  }
}
