extension INIParser {
  /// A value whose lines are still coming.
  private struct Pending {
    var key: String
    var record: Record
    var value: [UInt8]
    var indent: Int

    mutating func addLine(_ text: ArraySlice<UInt8>, number: Int) {
      value.append(UInt8(ascii: "\n"))
      value.append(contentsOf: text)
      record.laterLines.append(number)
    }
  }

  /// Reads the rest of the file by ``INIFile/Grammar/configParser``.
  mutating func parseConfigParser() throws(ConfError) {
    var section: String?
    var pending: Pending?
    while let line = nextLine() {
      let start = bytes.startWithoutBlanks(of: line)
      guard start < line.upperBound else {
        pending?.addLine(bytes[start..<start], number: lineNumber)
        continue
      }
      guard bytes[start] != UInt8(ascii: "#"), bytes[start] != UInt8(ascii: ";") else { continue }
      let indent = column(of: start) - 1
      if let key = pending, indent > key.indent {
        pending?.addLine(bytes[start..<line.upperBound], number: lineNumber)
        continue
      }
      try flush(&pending, into: section)
      let content = start..<line.upperBound
      if bytes[start] == UInt8(ascii: "[") {
        section = try openSectionOnce(content)
      } else {
        pending = try assignment(content, indent: indent, section: section)
      }
    }
    try flush(&pending, into: section)
  }

  private mutating func flush(_ pending: inout Pending?, into section: String?) throws(ConfError) {
    guard var done = pending, let section else { return }
    pending = nil
    let end = done.value.endWithoutBlanks(of: 0..<done.value.count)
    done.record.value = try percentText(done.value[..<end], of: done.record)
    if let earlier = set(done.key, to: done.record, in: section) {
      throw .syntax(
        TextLocation(path: path, line: done.record.line, column: done.record.keyColumn),
        .repeatedKey(done.key, firstLine: earlier.line))
    }
  }

  private mutating func openSectionOnce(_ line: Range<Int>) throws(ConfError) -> String {
    guard let end = bytes[line].firstIndex(of: UInt8(ascii: "]")) else {
      throw problem(.unclosedSection, at: line.lowerBound)
    }
    let name = text(line.lowerBound + 1..<end)
    guard !name.isEmpty else { throw problem(.emptySectionName, at: line.lowerBound) }
    guard name == "DEFAULT" || sections[name] == nil else {
      throw problem(.repeatedSection(name), at: line.lowerBound)
    }
    open(name)
    return name
  }

  private func assignment(
    _ line: Range<Int>, indent: Int, section: String?
  ) throws(ConfError) -> Pending {
    guard section != nil else { throw problem(.keyOutsideSection, at: line.lowerBound) }
    guard let separator = separator(in: line) else {
      throw problem(.noSeparator, at: line.lowerBound)
    }
    let key = bytes.withoutBlanks(line.lowerBound..<separator)
    guard !key.isEmpty else { throw problem(.emptyKey, at: line.lowerBound) }
    let value = bytes.withoutBlanks(separator + 1..<line.upperBound)
    let record = Record(
      value: "", line: lineNumber, keyColumn: column(of: key.lowerBound),
      valueColumn: column(of: value.isEmpty ? separator + 1 : value.lowerBound))
    return Pending(
      key: grammar.keyName(text(key)), record: record, value: Array(bytes[value]), indent: indent)
  }

  /// The text of `value` with `%%` read as a percent sign.
  private func percentText(
    _ value: ArraySlice<UInt8>, of record: Record
  ) throws(ConfError) -> String {
    guard value.contains(UInt8(ascii: "%")) else { return String(decoding: value, as: UTF8.self) }
    var text: [UInt8] = []
    var rest = value
    while let byte = rest.popFirst() {
      text.append(byte)
      guard byte == UInt8(ascii: "%") else { continue }
      if rest.first == UInt8(ascii: "%") {
        rest.removeFirst()
      } else if rest.first == UInt8(ascii: "(") {
        let location = TextLocation(path: path, line: record.line, column: record.valueColumn)
        throw .syntax(location, .interpolation)
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
