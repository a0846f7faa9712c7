/// The directives of a script and where they end.
struct ScriptHead {
  /// What the script asks for.
  private(set) var directives: Set<ScriptDirective> = []
  /// The offset of the first byte behind the head.
  private(set) var end: Int

  /// Reads the head of `text`, which begins at `start`: behind a byte order mark.
  init(of text: Span<UInt8>, from start: Int, dialect: Dialect) throws(ScriptFault) {
    end = start
    while end < text.count {
      if dialect.isBlank(text[end]) {
        end += 1
      } else if text[end] == UInt8(ascii: "-"), text.byte(at: end + 1) == UInt8(ascii: "-") {
        let lineEnd = dialect.endOfLineComment(from: end, in: text)
        if let list = ScriptDirective.listStart(inCommentAt: end, in: text),
          !ScriptDirective.isIgnore(at: list, in: text)
        {
          try read(list..<lineEnd, in: text)
        }
        end = lineEnd
      } else {
        return
      }
    }
  }

  private mutating func read(_ list: Range<Int>, in text: Span<UInt8>) throws(ScriptFault) {
    var start = list.lowerBound
    while start <= list.upperBound {
      var stop = start
      while stop < list.upperBound, text[stop] != UInt8(ascii: ",") { stop += 1 }
      var (first, last) = (start, stop)
      while first < last, text[first].isBlank { first += 1 }
      while first < last, text[last - 1].isBlank { last -= 1 }
      let name = text.string(in: first..<last)
      if name == ScriptDirective.draft { throw ScriptFault(.draft, at: first) }
      guard let directive = ScriptDirective(rawValue: name) else {
        throw ScriptFault(.unknownDirective(name), at: first)
      }
      directives.insert(directive)
      start = stop + 1
    }
  }
}
