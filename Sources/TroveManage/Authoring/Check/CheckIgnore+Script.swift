extension CheckIgnore {
  /// Those of a script, as the comments `-- migrate: ignore RULE: reason`.
  ///
  /// In the line before a statement, or in its first line, one is about that statement; elsewhere in the
  /// script's head, about the whole file.
  static func list(
    in text: [UInt8], of script: CheckedScript, noting found: inout [Diagnostic]
  ) -> [Self] {
    let comments = Comment.list(in: text.span, dialect: script.dialect)
    let lines = Set(comments.filter(\.isAlone).map(\.line))
    return comments.map { comment in
      let location = TextLocation(path: script.path, line: comment.line, column: comment.column)
      var target = comment.line
      if comment.isAlone { repeat { target += 1 } while lines.contains(target) }
      let ends = script.statements.filter { $0.line == target }.map(\.lastLine)
      var scopes = [Scope.lines(target...max(target, ends.max() ?? target), of: script.path)]
      if comment.isInHead {
        scopes = ends.isEmpty ? [.file(script.path)] : scopes + [.fileAlone(script.path)]
      }
      return Self(comment.text[...], at: location, about: scopes, noting: &found)
    }
  }

  /// A comment that ignores something.
  private struct Comment {
    /// What stands behind the word `ignore`.
    let text: String
    let line: Int
    let column: Int
    /// Whether nothing stands before it in its line.
    let isAlone: Bool
    /// Whether no statement begins before it.
    let isInHead: Bool

    /// The comments of `text`, as far as it can be read.
    static func list(in text: Span<UInt8>, dialect: Dialect) -> [Self] {
      let start = text.hasByteOrderMark(at: 0) ? 3 : 0
      var tokenizer = Tokenizer(dialect: dialect, from: start)
      var first: Int?
      while let token = try? tokenizer.next(in: text), token != .end {
        first = first ?? tokenizer.start
      }
      var position = TextPosition(offset: start)
      var comments: [Self] = []
      for offset in tokenizer.directives {
        guard let list = ScriptDirective.listStart(inCommentAt: offset, in: text),
          ScriptDirective.isIgnore(at: list, in: text)
        else { continue }
        position.advance(to: offset, in: text)
        let end = dialect.endOfLineComment(from: offset, in: text)
        let words = text.string(in: list..<end).drop { $0.isWhitespace }.dropFirst("ignore".count)
        var before = offset
        while before > start, text[before - 1] == 0x20 || text[before - 1] == 0x09 { before -= 1 }
        comments.append(
          Self(
            text: String(words), line: position.line, column: position.column,
            isAlone: before == start || text[before - 1] == 0x0A,
            isInHead: offset < first ?? text.count))
      }
      return comments
    }
  }
}

extension Statement {
  /// The line of the last byte.
  var lastLine: Int { line + source.span.count(of: 0x0A, in: 0..<source.count) }
}
