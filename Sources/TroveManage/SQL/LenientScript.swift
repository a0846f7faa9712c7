/// A script that is read to its end, whatever is wrong with it: for whoever mends it, not for a run.
///
/// What cannot be read is taken for blanks, so that what stands around it can be.
struct LenientScript {
  /// The statements that can be read.
  private(set) var statements: [Statement] = []
  /// What is odd.
  private(set) var warnings: [ScriptWarning] = []
  /// What a run would refuse, in the order in which it was met.
  private(set) var errors: [ScriptError] = []
  /// What the head asks for.
  private(set) var directives: Set<ScriptDirective> = []

  /// More than anybody reads.
  private static let limit = 100

  /// Reads the script `text`, in which variables have no values but their defaults.
  init(path: String, text: [UInt8], dialect: Dialect) {
    var text = text
    var holes: [Int] = []
    while errors.count < Self.limit {
      do throws(ScriptError) {
        let script = try Script(path: path, text: text, dialect: dialect)
        // Half a statement says what nobody has written.
        statements = script.statements.filter { statement in
          !holes.contains { hole in
            statement.source.startIndex <= hole
              && !text[min(statement.source.endIndex, hole)..<hole].contains(UInt8(ascii: ";"))
          }
        }
        warnings = script.warnings
        directives = script.directives
        return
      } catch {
        // What was taken for blanks leaves nothing.
        if error.reason == .empty, !errors.isEmpty { return }
        errors.append(error)
        if error.reason.leavesHole { holes.append(text.offset(of: error.location)) }
        guard text.blank(error) else { return }
      }
    }
  }
}

extension ScriptError.Reason {
  /// Whether what is wrong may be a part of a statement, which then cannot be read.
  fileprivate var leavesHole: Bool {
    switch self {
    case .unterminated, .psqlCommand, .shellCommand: true
    default: false
    }
  }
}

extension [UInt8] {
  /// Puts blanks in the place of what `error` is about.
  ///
  /// - Returns: whether the rest can be read.
  fileprivate mutating func blank(_ error: ScriptError) -> Bool {
    let start = offset(of: error.location)
    switch error.reason {
    case .empty, .utf16: return false
    case .nul: replace(in: 0..<count) { $0 == 0 ? 0x20 : $0 }
    case .invalidUTF8: replace(in: 0..<count) { $0 < 0x80 ? $0 : UInt8(ascii: "?") }
    case .unterminated: blank(start..<count)
    case .psqlCommand, .shellCommand: blank(start..<end(of: 0x0A, from: start))
    case .copyFromStandardInput: blank(start..<endOfData(from: start))
    case .transactionControl, .harmful:
      blank(start..<end(of: UInt8(ascii: ";"), from: start))
    case .unknownDirective, .draft:
      let begin = self[..<start].lastIndex(of: 0x0A) ?? 0
      blank(begin..<end(of: 0x0A, from: start))
    case .malformedVariable: blank(start..<Swift.min(start + 2, count))
    case .variableNotSet, .variableHasNUL:
      let end = Swift.min(end(of: UInt8(ascii: "}"), from: start) + 1, count)
      blank(start..<end)
      // A literal stands there otherwise.
      if end - start > 1 { replaceSubrange(start..<start + 2, with: "''".utf8) }
    }
    return true
  }

  private mutating func blank(_ range: Range<Int>) {
    replace(in: range) { $0 == 0x0A ? $0 : 0x20 }
  }

  private mutating func replace(in range: Range<Int>, by change: (UInt8) -> UInt8) {
    for index in range { self[index] = change(self[index]) }
  }

  private func end(of byte: UInt8, from start: Int) -> Int {
    self[start...].firstIndex(of: byte) ?? count
  }

  /// Behind the line `\.`, with which the data of `COPY` ends in a dump; else behind the statement.
  private func endOfData(from start: Int) -> Int {
    var index = start
    while let line = self[index...].firstIndex(of: 0x0A) {
      index = line + 1
      guard self[index...].starts(with: "\\.".utf8) else { continue }
      return index + 2
    }
    return end(of: UInt8(ascii: ";"), from: start)
  }

  /// The offset of a place, whose column counts Unicode scalars.
  fileprivate func offset(of location: TextLocation) -> Int {
    var (line, index) = (1, starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    while line < location.line, index < count {
      if self[index] == 0x0A { line += 1 }
      index += 1
    }
    var column = 1
    while index < count {
      if self[index] & 0xC0 != 0x80 {
        if column == location.column { break }
        column += 1
      }
      index += 1
    }
    return index
  }
}
