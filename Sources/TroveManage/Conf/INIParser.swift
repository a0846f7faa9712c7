/// What the grammars of an ``INIFile`` have in common: lines, blanks, and the sections found so far.
struct INIParser {
  typealias Record = INIFile.Record

  let bytes: [UInt8]
  let path: String
  let grammar: INIFile.Grammar

  /// The sections read so far, by the names that ``INIFile/Grammar`` gives them.
  private(set) var sections: [String: [String: Record]] = [:]
  /// The line that is read, counted from 1; 0 before the first.
  private(set) var lineNumber = 0

  private var lineStart: Int
  private var next: Int

  init(_ bytes: [UInt8], path: String, grammar: INIFile.Grammar) throws(ConfError) {
    self.bytes = bytes
    self.path = path
    self.grammar = grammar
    lineStart = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    next = lineStart
    if let offset = invalidOffset {
      while nextLine() != nil, next <= offset {}
      throw problem(.notUTF8(bytes[offset]), at: offset)
    }
  }

  /// The next line up to the blanks that it ends with, or `nil` behind the last one.
  mutating func nextLine() -> Range<Int>? {
    guard next < bytes.count else { return nil }
    lineStart = next
    lineNumber += 1
    while next < bytes.count, bytes[next] != UInt8(ascii: "\n"), bytes[next] != UInt8(ascii: "\r") {
      next += 1
    }
    let line = lineStart..<next
    let isPair = next + 1 < bytes.count && bytes[next...].starts(with: "\r\n".utf8)
    next = min(next + (isPair ? 2 : 1), bytes.count)
    return line.lowerBound..<bytes.endWithoutBlanks(of: line)
  }

  /// Makes the section `name` known; it may be already.
  mutating func open(_ name: String) {
    if sections[name] == nil { sections[name] = [:] }
  }

  /// Sets `key` in `section`, which must be known.
  ///
  /// - Returns: what the key was set to before.
  @discardableResult
  mutating func set(_ key: String, to record: Record, in section: String) -> Record? {
    sections[section]?.updateValue(record, forKey: key)
  }

  /// The text of `range`, which must not cut a character.
  func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The first of the two separators in `line`.
  func separator(in line: Range<Int>) -> Int? {
    bytes[line].firstIndex { $0 == UInt8(ascii: "=") || $0 == UInt8(ascii: ":") }
  }

  /// The column of the byte at `offset` of the line that is read.
  func column(of offset: Int) -> Int {
    1 + bytes[lineStart..<offset].count { $0 & 0b1100_0000 != 0b1000_0000 }
  }

  /// The error that `problem` is, at `offset` of the line that is read.
  func problem(_ problem: INIFile.Problem, at offset: Int) -> ConfError {
    .syntax(TextLocation(path: path, line: lineNumber, column: column(of: offset)), problem)
  }

  private var invalidOffset: Int? {
    do {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return error.byteOffsets.lowerBound
    }
  }
}

extension [UInt8] {
  /// Where the blanks at the start of `range` end.
  func startWithoutBlanks(of range: Range<Int>) -> Int {
    var start = range.lowerBound
    while start < range.upperBound,
      let length = (1...3).first(where: { isBlank(start, $0, in: range) })
    {
      start += length
    }
    return start
  }

  /// Where the blanks at the end of `range` start.
  func endWithoutBlanks(of range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound,
      let length = (1...3).first(where: { isBlank(end - $0, $0, in: range) })
    {
      end -= length
    }
    return end
  }

  /// `range` without the blanks around it.
  func withoutBlanks(_ range: Range<Int>) -> Range<Int> {
    let start = startWithoutBlanks(of: range)
    return start..<endWithoutBlanks(of: start..<range.upperBound)
  }

  /// Whether the `length` bytes from `offset` on are one blank.
  ///
  /// The longer encodings are whole: none ends with the bytes of a shorter one.
  private func isBlank(_ offset: Int, _ length: Int, in range: Range<Int>) -> Bool {
    guard offset >= range.lowerBound, offset + length <= range.upperBound else { return false }
    switch length {
    case 1: return (0x09...0x0D).contains(self[offset]) || (0x1C...0x20).contains(self[offset])
    case 2: return self[offset] == 0xC2 && [0x85, 0xA0].contains(self[offset + 1])
    default:
      switch (self[offset], self[offset + 1], self[offset + 2]) {
      case (0xE1, 0x9A, 0x80), (0xE2, 0x80, 0x80...0x8A), (0xE2, 0x80, 0xA8...0xA9),
        (0xE2, 0x80, 0xAF), (0xE2, 0x81, 0x9F), (0xE3, 0x80, 0x80):
        return true
      default: return false
      }
    }
  }
}
