extension INIParser {
  /// Reads the rest of the file by ``INIFile/Grammar/oslo``.
  mutating func parseOslo() throws(ConfError) {
    var section: String?
    var pending: (key: String, record: Record, value: [UInt8])?
    while let line = nextLine() {
      if let first = line.first.map({ bytes[$0] }), first == UInt8(ascii: " ") || first == 0x09 {
        let start = bytes.startWithoutBlanks(of: line)
        guard pending != nil else { throw problem(.unexpectedContinuation, at: start) }
        pending?.value.append(UInt8(ascii: "\n"))
        pending?.value.append(contentsOf: bytes[start..<line.upperBound])
        continue
      }
      flush(&pending, into: section)
      guard let first = line.first.map({ bytes[$0] }) else { continue }
      switch first {
      case UInt8(ascii: "#"), UInt8(ascii: ";"): continue
      case UInt8(ascii: "["): section = try openSection(line)
      default: pending = try osloAssignment(line, section: section)
      }
    }
    flush(&pending, into: section)
  }

  private mutating func flush(
    _ pending: inout (key: String, record: Record, value: [UInt8])?, into section: String?
  ) {
    guard var done = pending, let section else { return }
    pending = nil
    done.record.value = String(decoding: done.value, as: UTF8.self)
    set(done.key, to: done.record, in: section)
  }

  private mutating func openSection(_ line: Range<Int>) throws(ConfError) -> String {
    guard line.last.map({ bytes[$0] }) == UInt8(ascii: "]") else {
      throw problem(.unclosedSection, at: line.lowerBound)
    }
    guard line.count > 2 else { throw problem(.emptySectionName, at: line.lowerBound) }
    let name = grammar.sectionName(text(line.dropFirst().dropLast()))
    open(name)
    return name
  }

  private func osloAssignment(
    _ line: Range<Int>, section: String?
  ) throws(ConfError) -> (key: String, record: Record, value: [UInt8]) {
    guard let separator = separator(in: line) else {
      throw problem(.noSeparator, at: line.lowerBound)
    }
    let key = bytes.withoutBlanks(line.lowerBound..<separator)
    guard !key.isEmpty else { throw problem(.emptyKey, at: line.lowerBound) }
    guard section != nil else { throw problem(.keyOutsideSection, at: key.lowerBound) }
    var value = bytes.withoutBlanks(separator + 1..<line.upperBound)
    let record = Record(
      value: "", line: lineNumber, keyColumn: column(of: key.lowerBound),
      valueColumn: column(of: value.isEmpty ? separator + 1 : value.lowerBound))
    if let first = value.first, let last = value.last, bytes[first] == bytes[last],
      bytes[first] == UInt8(ascii: "\"") || bytes[first] == UInt8(ascii: "'")
    {
      // A quote character alone is both ends of the pair.
      value = first == last ? first..<first : first + 1..<last
    }
    return (text(key), record, Array(bytes[value]))
  }
}
