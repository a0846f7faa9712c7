extension ConfValue {
  /// True for `true`, `yes`, `on` and `1`, false for `false`, `no`, `off` and `0`, in any case.
  public func boolean() throws(ConfError) -> Bool {
    switch trimmedText.lowercased() {
    case "true", "yes", "on", "1": true
    case "false", "no", "off", "0": false
    default: throw .invalid(self, .boolean)
    }
  }

  /// A whole number in decimal digits.
  public func integer(in range: ClosedRange<Int>) throws(ConfError) -> Int {
    guard let number = Int(trimmedText), range.contains(number) else {
      throw .invalid(self, .integer(range))
    }
    return number
  }

  /// A time in seconds, zero or more, with or without a fraction: `60`, `0.5`.
  ///
  /// It is at most 2147483, because both engines count milliseconds in 32 bits.
  public func seconds() throws(ConfError) -> Duration {
    guard let duration = Duration(secondsText: trimmedText) else { throw .invalid(self, .seconds) }
    return duration
  }

  /// One of the words of `type`.
  public func choice<Choice: RawRepresentable<String> & CaseIterable>(
    of type: Choice.Type
  ) throws(ConfError) -> Choice {
    guard let choice = Choice(rawValue: trimmedText) else {
      throw .invalid(self, .choice(Choice.allCases.map(\.rawValue)))
    }
    return choice
  }

  /// A path, relative to ``folder``.
  public func path() -> Path { folder.appending(trimmedText) }

  /// The items of a comma list, without the blanks around them.
  ///
  /// Commas at the end add none; an empty item before another one is an item. Each is placed at
  /// its own line.
  public func list() -> [ConfValue] {
    let bytes = Array(text.utf8)
    let all = bytes.withoutBlanks(0..<bytes.count)
    let count = bytes[all].reversed().prefix { $0 == UInt8(ascii: ",") }.count
    let content = all.dropLast(count)
    guard !content.isEmpty else { return [] }
    var items: [ConfValue] = []
    var line = 0
    var end = 0
    for part in bytes[content].split(separator: UInt8(ascii: ","), omittingEmptySubsequences: false)
    {
      let item = bytes.withoutBlanks(part.indices)
      line += bytes[end..<item.lowerBound].count { $0 == UInt8(ascii: "\n") }
      end = item.lowerBound
      let text = String(decoding: bytes[item], as: UTF8.self)
      items.append(self.item(text, line: line, isFirst: items.isEmpty))
    }
    return items
  }

  private func item(_ text: String, line: Int, isFirst: Bool) -> ConfValue {
    var origin = origin
    if case .file(let start) = origin, keepsLines {
      let column = isFirst && line == 0 ? start.column : nil
      origin = .file(TextLocation(path: start.path, line: start.line + line, column: column))
    }
    return ConfValue(name: name, text: text, origin: origin, folder: folder, isSecret: isSecret)
  }

  /// The text without blanks around it.
  var trimmedText: String {
    let bytes = Array(text.utf8)
    return String(decoding: bytes[bytes.withoutBlanks(0..<bytes.count)], as: UTF8.self)
  }
}

extension Duration {
  /// The longest time that an option can say.
  static let longestOption: Int64 = 2_147_483

  /// The time that `text` says in seconds, with or without a fraction, or `nil` when it is none.
  public init?(secondsText text: String) {
    let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), parts.contains(where: { !$0.isEmpty }),
      parts.allSatisfy({ $0.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } })
    else { return nil }
    // An attosecond is the eighteenth digit; what lies behind it is nothing.
    let fraction = parts.count == 2 ? parts[1].prefix(18) : ""[...].utf8
    guard let seconds = parts[0].isEmpty ? 0 : Int64(Substring(parts[0])),
      seconds < Self.longestOption || seconds == Self.longestOption && fraction.isEmpty
    else { return nil }
    var attoseconds: Int64 = 0
    for digit in fraction { attoseconds = attoseconds * 10 + Int64(digit - UInt8(ascii: "0")) }
    for _ in fraction.count..<18 { attoseconds *= 10 }
    self.init(secondsComponent: seconds, attosecondsComponent: attoseconds)
  }
}
