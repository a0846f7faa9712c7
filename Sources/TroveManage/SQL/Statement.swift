/// One statement of a script.
///
/// It begins with its first byte that is neither blank nor comment and ends with its last: comments
/// around it and the semicolon are no part of it, so that statements may be joined with `;`.
/// Comments inside, line ends and everything in quotes are kept byte for byte.
public struct Statement: Sendable, Hashable {
  /// The statement as it stands in the file.
  ///
  /// A slice of ``Script/text``: its indices are byte offsets in the file, its storage is shared. Of a script
  /// that is too long to be held in memory, it is a slice of a piece of the file.
  public let source: ArraySlice<UInt8>
  /// The path of the script's file.
  public let path: String
  /// The line of the first byte, counted from 1.
  public let line: Int
  /// The column of the first byte in Unicode scalars, counted from 1; `nil` for a statement of a program,
  /// which has a line alone.
  public let column: Int?
  /// How the statement stands to transactions.
  public let role: TransactionRole

  private let substitution: Substitution?

  init(
    source: ArraySlice<UInt8>, path: String, line: Int, column: Int?,
    role: TransactionRole = .ordinary, substitution: Substitution? = nil
  ) {
    self.source = source
    self.role = role
    self.path = path
    self.line = line
    self.column = column
    self.substitution = substitution
  }

  /// The statement for the engine: ``source``, with literals for its variables.
  ///
  /// It may hold a conf option's value, a password even; messages show ``excerpt`` instead.
  public var text: ArraySlice<UInt8> {
    substitution.map { $0.text[...] } ?? source
  }

  /// The number of Unicode scalars in ``text``: what PostgreSQL's error positions count.
  public var characterCount: Int {
    let text = text
    return text.span.scalarCount(in: 0..<text.count)
  }

  /// The place of the first byte.
  public var location: TextLocation {
    TextLocation(path: path, line: line, column: column)
  }

  /// The place in the file of the byte at `offset` of ``text``.
  ///
  /// - Parameter offset: Counted from 0, as `sqlite3_error_offset()` does. What lies outside of the
  ///   statement counts as its start or its end.
  /// - Returns: The place with a column. What lies in a literal that stands for a variable is at the
  ///   place of the variable.
  public func location(ofByte offset: Int) -> TextLocation {
    guard let column else { return location }
    let offset = min(max(offset, 0), text.count)
    let target = substitution?.sourceOffset(of: offset) ?? offset
    var position = TextPosition(offset: 0, line: line, column: column)
    position.advance(to: target, in: source.span)
    return TextLocation(path: path, line: position.line, column: position.column)
  }

  /// The place in the file of a character of ``text``.
  ///
  /// - Parameter position: In Unicode scalars, counted from 1, as PostgreSQL's
  ///   `PG_DIAG_STATEMENT_POSITION` does ("PQresultErrorField"). What lies outside of the statement
  ///   counts as its start or its end.
  /// - Returns: The place with a column. What lies in a literal that stands for a variable is at the
  ///   place of the variable.
  public func location(ofCharacter position: Int) -> TextLocation {
    var left = position
    var offset = 0
    for byte in text {
      if byte & 0xC0 != 0x80 {
        left -= 1
        if left <= 0 { break }
      }
      offset += 1
    }
    return location(ofByte: offset)
  }

  /// The statement's first lines as written, for messages.
  ///
  /// Five lines and a hundred columns at most, cut with `…`. Control characters other than tabs are
  /// shown as `�`, so that a script cannot talk to the terminal.
  public var excerpt: String {
    var lines: [String] = []
    var rest = source
    while !rest.isEmpty {
      let line = rest.prefix { $0 != 0x0A }
      rest = rest[line.endIndex...].dropFirst()
      lines.append(Self.visible(line.last == 0x0D ? line.dropLast() : line))
      if lines.count == 5, !rest.isEmpty { return lines.joined(separator: "\n") + "\n…" }
    }
    return lines.joined(separator: "\n")
  }

  private static func visible(_ line: ArraySlice<UInt8>) -> String {
    // No more than four bytes make a scalar; one is left over to show that something is cut.
    let text = String(decoding: line.prefix(4 * 101), as: UTF8.self)
    let scalars = text.unicodeScalars.map { scalar in
      let isControl = scalar.isControl && scalar != "\t"
      return isControl ? "\u{FFFD}" : scalar
    }
    let visible = String(String.UnicodeScalarView(scalars))
    return visible.shortened(to: 100)
  }
}

extension String {
  /// The text itself, or so many Unicode scalars of it that `…` makes `limit` of them.
  func shortened(to limit: Int) -> String {
    let scalars = unicodeScalars
    guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
      end != scalars.endIndex
    else { return self }
    return String(scalars[..<scalars.index(before: end)]) + "…"
  }
}
