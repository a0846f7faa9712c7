/// Cuts a script into statements in one pass over its tokens.
struct Splitter {
  /// The value of a variable, `nil` when it has none.
  typealias Lookup = (ScriptVariable) -> String?

  /// What is known of the statement that is being read.
  private struct Draft {
    /// The range of its tokens so far; empty when there are none.
    var range = 0..<0
    var line = 0
    var column = 0
    var firstWord: Keyword?
    var literals: [(range: Range<Int>, bytes: [UInt8])] = []

    var isEmpty: Bool { range.isEmpty }
  }

  /// What is certain behind a statement that has ended, whatever comes after it.
  private struct Milestone {
    /// The offset behind its semicolon.
    var end: Int
    /// A place that is not behind it.
    var position: TextPosition
    var warningCount = 0
    var saysVariablesAreOff: Bool
  }

  /// The statements that are complete.
  private(set) var statements: [Statement] = []
  /// What was odd, in the order of the script.
  private(set) var warnings: [ScriptWarning] = []

  private let path: String
  private let dialect: Dialect
  private let replacesVariables: Bool
  private var saysVariablesAreOff: Bool
  private var tokenizer: Tokenizer
  private(set) var position: TextPosition
  private var milestone: Milestone
  private var sqlite = SQLiteBoundary()
  private var postgres = PostgresBoundary()
  private var draft = Draft()

  /// A splitter that begins behind the script's head; `start` is behind a byte order mark.
  init(path: String, dialect: Dialect, head: ScriptHead, start: Int) {
    self.init(
      path: path, dialect: dialect, directives: head.directives, from: head.end,
      at: TextPosition(offset: start))
  }

  /// A splitter that begins at `offset`, where no statement is open; `position` is not behind that.
  private init(
    path: String, dialect: Dialect, directives: Set<ScriptDirective>, from offset: Int,
    at position: TextPosition
  ) {
    self.path = path
    self.dialect = dialect
    replacesVariables = directives.contains(.variables)
    saysVariablesAreOff = !replacesVariables
    tokenizer = Tokenizer(dialect: dialect, from: offset)
    self.position = position
    milestone = Milestone(
      end: offset, position: position, saysVariablesAreOff: saysVariablesAreOff)
  }

  /// Reads `text` to its end.
  mutating func split(_ text: [UInt8], variables: Lookup) throws(ScriptFault) {
    try readTokens(of: text, before: text.count, variables)
    try checkCompleteness()
    try finish(text)
  }

  /// Reads what is complete of `text` in front of `end`, behind which the script goes on.
  ///
  /// What the text's end has cut, or seems to leave open, is left to the next splitter.
  ///
  /// - Parameters:
  ///   - text: What was read.
  ///   - end: Behind a semicolon: what stands behind the last one is not complete.
  ///   - variables: The value of a variable.
  /// - Returns: The offset behind the last statement that is complete; that of ``position``, too.
  /// - Throws: ``ScriptFault`` for what is wrong whatever comes behind the text.
  mutating func split(
    _ text: [UInt8], before end: Int, variables: Lookup
  ) throws(ScriptFault) -> Int {
    do throws(ScriptFault) {
      try readTokens(of: text, before: end, variables)
    } catch {
      guard error.mayComeFromCut(in: text.span.extracting(..<end)) else { throw error }
    }
    warnings.removeSubrange(milestone.warningCount...)
    saysVariablesAreOff = milestone.saysVariablesAreOff
    position = milestone.position
    position.advance(to: milestone.end, in: text.span)
    return milestone.end
  }

  /// The splitter that goes on where this one has ended, in a text that begins there.
  func next() -> Self {
    var next = Self(
      path: path, dialect: dialect, directives: replacesVariables ? [.variables] : [], from: 0,
      at: TextPosition(offset: 0, line: position.line, column: position.column))
    next.saysVariablesAreOff = saysVariablesAreOff
    next.milestone.saysVariablesAreOff = saysVariablesAreOff
    return next
  }

  private mutating func readTokens(
    of text: [UInt8], before end: Int, _ variables: Lookup
  ) throws(ScriptFault) {
    let bytes = text.span.extracting(..<end)
    // An array that grows is there twice meanwhile. Room that is not needed costs nothing but addresses.
    statements.reserveCapacity(bytes.count(of: UInt8(ascii: ";"), in: 0..<end) + 1)
    while true {
      if !draft.isEmpty, !readsWords {
        tokenizer.skipWords(in: bytes)
        extendDraft()
      }
      let token = try tokenizer.next(in: bytes)
      if !tokenizer.directives.isEmpty { warnOfDirectives(in: bytes) }
      switch token {
      case .end: return
      case .semicolon:
        if takeSemicolon() { try finish(text) } else { extendDraft() }
      default:
        try take(token, in: bytes, variables)
      }
    }
  }

  private var readsWords: Bool {
    switch dialect {
    case .sqlite: sqlite.readsWords
    case .postgresql: postgres.readsWords
    }
  }

  private mutating func takeSemicolon() -> Bool {
    switch dialect {
    case .sqlite: sqlite.takeSemicolon()
    case .postgresql: postgres.takeSemicolon()
    }
  }

  private mutating func take(
    _ token: Tokenizer.Token, in text: Span<UInt8>, _ variables: Lookup
  ) throws(ScriptFault) {
    let keyword = token == .word ? Keyword(tokenizer.start..<tokenizer.end, in: text) : nil
    if draft.isEmpty { try begin(with: keyword, in: text) }
    switch token {
    case .variable: try takeVariable(in: text, variables)
    case .quoted where replacesVariables: warnOfVariables(in: text)
    case .backslash:
      throw ScriptFault(.psqlCommand(command(in: text)), at: tokenizer.start)
    default: break
    }
    switch (dialect, token) {
    case (.sqlite, _): sqlite.take(keyword)
    case (.postgresql, .opening): postgres.takeOpening()
    case (.postgresql, .closing): postgres.takeClosing()
    case (.postgresql, _): postgres.take(keyword, at: tokenizer.start)
    }
    if postgres.copiesFromStandardInput {
      throw ScriptFault(.copyFromStandardInput, at: draft.range.lowerBound)
    }
    extendDraft()
  }

  private mutating func extendDraft() {
    draft.range = draft.range.lowerBound..<tokenizer.end
  }

  private mutating func begin(
    with keyword: Keyword?, in text: Span<UInt8>
  ) throws(ScriptFault) {
    let start = tokenizer.start
    // `.5` is no statement either, but the engine says so better.
    if dialect == .sqlite, text[start] == UInt8(ascii: "."), text.byte(at: start + 1).startsWord {
      throw ScriptFault(.shellCommand(command(in: text)), at: start)
    }
    position.advance(to: start, in: text)
    draft.range = start..<start
    draft.line = position.line
    draft.column = position.column
    draft.firstWord = keyword
  }

  private func checkCompleteness() throws(ScriptFault) {
    switch dialect {
    case .sqlite:
      guard let construct = sqlite.unterminated else { return }
      throw ScriptFault(.unterminated(construct), at: draft.range.lowerBound)
    case .postgresql:
      guard let offset = postgres.unterminatedBody else { return }
      throw ScriptFault(.unterminated(.routineBody), at: offset)
    }
  }

  /// Completes the statement that was read, unless it is empty or left out.
  private mutating func finish(_ text: [UInt8]) throws(ScriptFault) {
    defer {
      milestone = Milestone(
        end: tokenizer.end, position: position, warningCount: warnings.count,
        saysVariablesAreOff: saysVariablesAreOff)
    }
    guard !draft.isEmpty else { return }
    defer { draft = Draft() }
    let source = text[draft.range]
    if let word = draft.firstWord, TransactionControl.mayBegin(with: word) {
      switch TransactionControl(source.span, dialect: dialect) {
      case .superfluous(let words):
        let location = TextLocation(path: path, line: draft.line, column: draft.column)
        return warnings.append(ScriptWarning(.transactionControl(words), at: location))
      case .harmful(let words):
        throw ScriptFault(.transactionControl(words), at: draft.range.lowerBound)
      case nil: break
      }
    }
    let role = draft.firstWord.map { TransactionRole(of: source.span, after: $0, dialect: dialect) }
    if case .harmful(let harm) = role { throw ScriptFault(.harmful(harm), at: source.startIndex) }
    statements.append(
      Statement(
        source: source, path: path, line: draft.line, column: draft.column,
        role: role ?? .ordinary,
        substitution: draft.literals.isEmpty
          ? nil : Substitution(source, literals: draft.literals)))
  }
}

extension Splitter {
  private mutating func takeVariable(
    in text: Span<UInt8>, _ variables: Lookup
  ) throws(ScriptFault) {
    let start = tokenizer.start
    let found = ScriptVariable.read(at: start, in: text)
    guard replacesVariables else {
      if saysVariablesAreOff, let found {
        saysVariablesAreOff = false
        warn(.variablesOff(found.variable), at: start, in: text)
      }
      return
    }
    guard let (variable, end) = found else {
      let malformed = ScriptVariable.malformed(at: start, in: text)
      throw ScriptFault(.malformedVariable(malformed), at: start)
    }
    guard let value = variables(variable) ?? variable.fallback else {
      throw ScriptFault(.variableNotSet(variable), at: start)
    }
    guard let literal = try? dialect.quote(literal: value) else {
      throw ScriptFault(.variableHasNUL(variable), at: start)
    }
    draft.literals.append((start..<end, Array(literal.utf8)))
    tokenizer.resume(at: end)
  }

  /// Warns of every variable in the quoted token, which stays as it is.
  private mutating func warnOfVariables(in text: Span<UInt8>) {
    var index = tokenizer.start
    while let dollar = text.firstIndex(of: UInt8(ascii: "$"), from: index, before: tokenizer.end) {
      index = dollar + 1
      guard text.byte(at: index) == UInt8(ascii: "{"),
        let (variable, end) = ScriptVariable.read(at: dollar, in: text), end <= tokenizer.end
      else { continue }
      index = end
      switch text[tokenizer.start] {
      case UInt8(ascii: "$"): warn(.variableInBody(variable), at: dollar, in: text)
      case UInt8(ascii: "\""), UInt8(ascii: "`"), UInt8(ascii: "["):
        warn(.variableInIdentifier(variable), at: dollar, in: text)
      default: warn(.variableInString(variable), at: dollar, in: text)
      }
    }
  }

  private mutating func warnOfDirectives(in text: Span<UInt8>) {
    for offset in tokenizer.directives {
      let list = ScriptDirective.listStart(inCommentAt: offset, in: text)
      if let list, ScriptDirective.isIgnore(at: list, in: text) { continue }
      warn(.misplacedDirective, at: offset, in: text)
    }
    tokenizer.directives = []
  }

  private mutating func warn(
    _ reason: ScriptWarning.Reason, at offset: Int, in text: Span<UInt8>
  ) {
    position.advance(to: offset, in: text)
    let location = TextLocation(path: path, line: position.line, column: position.column)
    warnings.append(ScriptWarning(reason, at: location))
  }

  /// The first word of the line at the current token, for messages.
  private func command(in text: Span<UInt8>) -> String {
    var end = tokenizer.start
    while end < text.count, !text[end].isBlank, text[end] != UInt8(ascii: ";") { end += 1 }
    return text.string(in: tokenizer.start..<end).shortened(to: 40)
  }
}
