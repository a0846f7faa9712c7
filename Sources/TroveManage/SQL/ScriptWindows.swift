/// Reads a script from its file window by window, each of them cut into whole statements.
///
/// A window ends with the last statement that is complete in what was read, and grows until there is one.
/// No window ends inside of a line end, a character or anything else that belongs together, since each ends
/// with the semicolon of a statement.
///
/// The file is opened for each window. Whether it was the same all the time, ``checksum`` tells.
struct ScriptWindows: Sendable {
  /// What was odd so far, in the order of the script.
  private(set) var warnings: [ScriptWarning] = []
  /// What the script's head asks for.
  private(set) var directives: Set<ScriptDirective> = []

  private let path: String
  private let dialect: Dialect
  private let size: Int
  /// What was read and not split yet.
  private var text: [UInt8] = []
  /// The offset of `text` in the file.
  private var base = 0
  /// How the next window is split; `nil` before the first.
  private var splitter: Splitter?
  private var isAtEnd = false
  private var isOver = false
  private var digest = NormalizedDigest()

  /// The windows of the file at `path`, for which `size` bytes are read at a time.
  init(path: String, dialect: Dialect, size: Int) {
    self.path = path
    self.dialect = dialect
    // A byte order mark is not read in parts.
    self.size = max(size, 3)
  }

  /// `sha256:` and the digest of the text, as ``NormalizedText`` has it, once there is no window left.
  var checksum: String {
    var digest = digest
    return digest.finish()
  }

  /// The next statements.
  ///
  /// - Parameter variables: The value of a variable, `nil` when it has none.
  /// - Returns: At least one; `nil` when there are no more.
  /// - Throws: ``ScriptReadingError`` when the file cannot be read, or holds what cannot be run.
  mutating func next(
    _ variables: (ScriptVariable) -> String?
  ) throws(ScriptReadingError) -> [Statement]? {
    while !isOver {
      do throws(FileError) { try read() } catch { throw .file(error) }
      // What stands behind the last semicolon is not complete.
      let last = text.lastIndex(of: UInt8(ascii: ";"))
      guard let end = isAtEnd ? text.count : last.map({ $0 + 1 }) else { continue }
      let statements: [Statement]
      do throws(ScriptFault) {
        statements = try split(before: end, variables)
      } catch {
        throw .script(
          ScriptError(error, path: path, text: text.span, from: splitter?.position ?? beginning))
      }
      if !statements.isEmpty { return statements }
    }
    return nil
  }

  /// Reads on; as much again as there is of a statement that is longer than a window.
  private mutating func read() throws(FileError) {
    let known = text.count
    let count = max(size, known)
    let text = try FileSystem.read(path, from: base + known, atMost: count, behind: text)
    digest.update(text.span.extracting(known...))
    isAtEnd = text.count - known < count
    self.text = text
  }

  private mutating func split(
    before end: Int, _ variables: (ScriptVariable) -> String?
  ) throws(ScriptFault) -> [Statement] {
    var splitter: Splitter
    if let next = self.splitter {
      try Script.checkEncoding(of: text.span.extracting(..<end), from: base)
      splitter = next
    } else {
      guard let first = try begin(before: end) else { return [] }
      splitter = first
    }
    if isAtEnd {
      try splitter.split(text, variables: variables)
      isOver = true
      warnings += splitter.warnings
      text = []
      return splitter.statements
    }
    let used = try splitter.split(text, before: end, variables: variables)
    warnings += splitter.warnings
    text = Array(text[used...])
    base += used
    self.splitter = splitter.next()
    return splitter.statements
  }

  /// The first splitter; `nil` when the script's head may go on behind `end`.
  private mutating func begin(before end: Int) throws(ScriptFault) -> Splitter? {
    let text = text
    let bytes = text.span.extracting(..<end)
    let start = try Script.start(of: bytes)
    let head = try ScriptHead(of: bytes, from: start, dialect: dialect)
    if head.end == end, !isAtEnd { return nil }
    directives = head.directives
    return Splitter(path: path, dialect: dialect, head: head, start: start)
  }

  private var beginning: TextPosition {
    TextPosition(offset: text.span.hasByteOrderMark(at: 0) ? 3 : 0)
  }
}
