/// A script that was read and cut into statements; nothing has been run.
///
/// The text is UTF-8; a byte order mark at its start is skipped, line ends stay as they are. Where
/// statements end is what the dialect's engine would say: ``Statement`` tells what one is. Empty
/// statements vanish. Statements that begin or end a transaction are left out with a warning when
/// that is harmless, and are errors when it is not; savepoints are let alone. What only psql or the
/// sqlite3 shell understands, such as `\i` and `.read`, is an error.
public struct Script: Sendable {
  /// The path of the file, for messages.
  public let path: String
  /// The engine that the script is for.
  public let dialect: Dialect
  /// The file as it was read, a byte order mark included: what checksums are made of; empty when the script
  /// is too long to be held in memory.
  public let text: [UInt8]
  /// What is to be run, in order; empty when there are only comments, and when the script is too long to be
  /// held in memory.
  public let statements: [Statement]
  /// What is odd about the script, in the order of its text.
  public let warnings: [ScriptWarning]
  /// What the script's head asks for.
  public let directives: Set<ScriptDirective>
  /// What is known of a script that is too long to be held in memory; `nil` for any other.
  let long: LongScript?

  /// Reads the script `text`.
  ///
  /// - Parameters:
  ///   - path: The file's path, for messages; the disk is not asked.
  ///   - text: The file's bytes.
  ///   - dialect: The engine that the script is for.
  ///   - variables: The value of a variable, `nil` when the option is not set; asked only by
  ///     scripts with the directive ``ScriptDirective/variables``, once per use.
  /// - Throws: ``ScriptError`` when the text is no UTF-8, is empty, does not end what it begins, or
  ///   holds what cannot be run; the first such place counts.
  public init(
    path: String, text: [UInt8], dialect: Dialect,
    variables: (ScriptVariable) -> String? = { _ in nil }
  ) throws(ScriptError) {
    self.path = path
    self.dialect = dialect
    self.text = text
    long = nil
    do throws(ScriptFault) {
      let start = try Self.start(of: text.span)
      let head = try ScriptHead(of: text.span, from: start, dialect: dialect)
      var splitter = Splitter(path: path, dialect: dialect, head: head, start: start)
      try splitter.split(text, variables: variables)
      statements = splitter.statements
      warnings = splitter.warnings
      directives = head.directives
    } catch {
      throw ScriptError(error, path: path, text: text.span)
    }
  }

  /// A script in Python, whose statements are known once they have run.
  init(path: String, text: [UInt8], dialect: Dialect, running statements: [Statement]) {
    self.path = path
    self.dialect = dialect
    self.text = text
    self.statements = statements
    warnings = []
    directives = []
    long = nil
  }

  /// A script that was read in windows, of which nothing is held but what was found.
  init(_ long: LongScript, warnings: [ScriptWarning], directives: Set<ScriptDirective>) {
    path = long.path
    dialect = long.dialect
    text = []
    statements = []
    self.warnings = warnings
    self.directives = directives
    self.long = long
  }

  /// How many statements there are.
  public var statementCount: Int { long?.count ?? statements.count }
}

extension Script {
  /// The offset behind the byte order mark of `text`, which is proven to be UTF-8 and not blank.
  static func start(of text: Span<UInt8>) throws(ScriptFault) -> Int {
    switch (text.byte(at: 0), text.byte(at: 1)) {
    case (0xFF, 0xFE), (0xFE, 0xFF): throw ScriptFault(.utf16, at: 0)
    default: break
    }
    try checkEncoding(of: text)
    let start = text.hasByteOrderMark(at: 0) ? 3 : 0
    for index in start..<text.count where !text[index].isBlank { return start }
    throw ScriptFault(.empty, at: start)
  }

  /// Makes sure that `text` is UTF-8 without a NUL; it begins in the file at the offset `base`.
  static func checkEncoding(of text: Span<UInt8>, from base: Int = 0) throws(ScriptFault) {
    var end = text.count
    var fault: ScriptFault?
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text)
    } catch {
      end = error.byteOffsets.lowerBound
      fault = ScriptFault(.invalidUTF8(byte: text[end], byteOffset: base + end), at: end)
    }
    if text.count(of: 0, in: 0..<end) > 0,
      let nul = text.firstIndex(of: 0, from: 0, before: end)
    {
      fault = ScriptFault(.nul(byteOffset: base + nul), at: nul)
    }
    if let fault { throw fault }
  }
}

extension ScriptError {
  /// The error for `fault` in `text`, whose lines are counted now, from its beginning.
  fileprivate init(_ fault: ScriptFault, path: String, text: Span<UInt8>) {
    let start = TextPosition(offset: text.hasByteOrderMark(at: 0) ? 3 : 0)
    self.init(fault, path: path, text: text, from: start)
  }

  /// The error for `fault` in `text`, whose lines are counted now, from `start` on.
  init(_ fault: ScriptFault, path: String, text: Span<UInt8>, from start: TextPosition) {
    var position = start
    position.advance(to: max(position.offset, fault.offset), in: text)
    let location = TextLocation(path: path, line: position.line, column: position.column)
    self.init(fault.reason, at: location)
  }
}
