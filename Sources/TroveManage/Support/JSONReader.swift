/// Reads a JSON text as RFC 8259 has it, and no more: no comments, no comma before a bracket, no `NaN`.
///
/// A byte order mark is skipped. The text must have been proven to be UTF-8.
struct JSONReader {
  /// How deep values may lie in each other: far below what the stack holds.
  private static let depthLimit = 100

  private let text: [UInt8]
  private var index: Int
  private var depth = 0

  /// The value that `text` is.
  static func read(_ text: [UInt8]) throws(JSONFault) -> JSONNode {
    var reader = Self(text)
    let node = try reader.value()
    reader.skipBlanks()
    guard reader.byte == nil else { throw reader.fault("expected the end of the text") }
    return node
  }

  private init(_ text: [UInt8]) {
    self.text = text
    index = text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private var byte: UInt8? { index < text.count ? text[index] : nil }

  private func fault(_ words: String, at offset: Int? = nil) -> JSONFault {
    let end = index >= text.count && offset == nil
    return JSONFault(offset: offset ?? index, text: end ? "\(words), but the text ends" : words)
  }

  private mutating func skipBlanks() {
    while index < text.count {
      switch text[index] {
      case 0x20, 0x0A, 0x0D, 0x09: index += 1
      default: return
      }
    }
  }

  /// Steps over `byte`, which must come next.
  ///
  /// - Returns: whether it did.
  private mutating func skip(_ byte: UInt8) -> Bool {
    guard self.byte == byte else { return false }
    index += 1
    return true
  }

  private mutating func value() throws(JSONFault) -> JSONNode {
    skipBlanks()
    guard let byte else { throw fault("expected a value") }
    let start = index
    let value: JSONNode.Value
    switch byte {
    case UInt8(ascii: "{"):
      value = .object(try nested { (reader) throws(JSONFault) in try reader.members() })
    case UInt8(ascii: "["):
      value = .array(try nested { (reader) throws(JSONFault) in try reader.elements() })
    case UInt8(ascii: "\""): value = .string(try string())
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): value = .number(try number())
    case UInt8(ascii: "t"): value = try word("true", .boolean(true))
    case UInt8(ascii: "f"): value = try word("false", .boolean(false))
    case UInt8(ascii: "n"): value = try word("null", .null)
    default: throw fault("expected a value")
    }
    return JSONNode(value: value, offset: start)
  }

  private mutating func word(
    _ word: String, _ value: JSONNode.Value
  ) throws(JSONFault) -> JSONNode.Value {
    let start = index
    for letter in word.utf8 {
      guard skip(letter) else { throw fault("expected a value", at: start) }
    }
    return value
  }

  private mutating func nested<Content>(
    _ content: (inout Self) throws(JSONFault) -> Content
  ) throws(JSONFault) -> Content {
    guard depth < Self.depthLimit else {
      throw fault("more than \(Self.depthLimit) values lie in each other")
    }
    depth += 1
    index += 1
    let content = try content(&self)
    depth -= 1
    return content
  }
}

// MARK: - Lists and objects

extension JSONReader {
  private mutating func elements() throws(JSONFault) -> [JSONNode] {
    var elements: [JSONNode] = []
    skipBlanks()
    if skip(UInt8(ascii: "]")) { return elements }
    repeat {
      elements.append(try value())
      skipBlanks()
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "]")) else { throw fault("expected ',' or ']'") }
    return elements
  }

  private mutating func members() throws(JSONFault) -> [JSONNode.Member] {
    var members: [JSONNode.Member] = []
    skipBlanks()
    if skip(UInt8(ascii: "}")) { return members }
    repeat {
      skipBlanks()
      let start = index
      guard byte == UInt8(ascii: "\"") else { throw fault("expected a name in double quotes") }
      let name = try string()
      guard !members.contains(where: { $0.name == name }) else {
        throw fault("the object has the name '\(name)' twice", at: start)
      }
      skipBlanks()
      guard skip(UInt8(ascii: ":")) else { throw fault("expected ':'") }
      members.append(JSONNode.Member(name: name, node: try value()))
      skipBlanks()
    } while skip(UInt8(ascii: ","))
    guard skip(UInt8(ascii: "}")) else { throw fault("expected ',' or '}'") }
    return members
  }
}

// MARK: - Numbers

extension JSONReader {
  private mutating func number() throws(JSONFault) -> String {
    let start = index
    _ = skip(UInt8(ascii: "-"))
    if !skip(UInt8(ascii: "0")) { try digits() }
    if skip(UInt8(ascii: ".")) { try digits() }
    if skip(UInt8(ascii: "e")) || skip(UInt8(ascii: "E")) {
      if !skip(UInt8(ascii: "+")) { _ = skip(UInt8(ascii: "-")) }
      try digits()
    }
    return String(decoding: text[start..<index], as: UTF8.self)
  }

  private mutating func digits() throws(JSONFault) {
    let start = index
    while let byte, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { index += 1 }
    guard index > start else { throw fault("expected a digit") }
  }
}

// MARK: - Strings

extension JSONReader {
  private mutating func string() throws(JSONFault) -> String {
    index += 1
    var content: [UInt8] = []
    while true {
      let run = index
      index = text[run...].firstIndex(where: \.isEscapedInJSON) ?? text.count
      if byte == UInt8(ascii: "\""), content.isEmpty {
        index += 1
        return String(decoding: text[run..<index - 1], as: UTF8.self)
      }
      content += text[run..<index]
      guard let byte else { throw fault("expected '\"'") }
      switch byte {
      case UInt8(ascii: "\""):
        index += 1
        return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content += String(try escape()).utf8
      default: throw fault("a string holds a control character, which must be written as \\u00XX")
      }
    }
  }

  /// The character that the escape stands for.
  private mutating func escape() throws(JSONFault) -> Unicode.Scalar {
    let start = index
    index += 1
    defer { index += 1 }
    switch byte {
    case UInt8(ascii: "\""): return "\""
    case UInt8(ascii: "\\"): return "\\"
    case UInt8(ascii: "/"): return "/"
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape(from: start)
    default: throw fault("an unknown escape", at: start)
    }
  }

  /// The character of `\u` and its four digits, or of two that are a surrogate pair; ends at the last digit.
  private mutating func unicodeEscape(from start: Int) throws(JSONFault) -> Unicode.Scalar {
    let unit = try codeUnit(from: start)
    if let scalar = Unicode.Scalar(unit) { return scalar }
    guard UTF16.isLeadSurrogate(unit), index + 2 < text.count,
      text[index + 1] == UInt8(ascii: "\\"), text[index + 2] == UInt8(ascii: "u")
    else { throw fault("half of a surrogate pair", at: start) }
    index += 2
    let second = try codeUnit(from: start)
    guard UTF16.isTrailSurrogate(second) else { throw fault("half of a surrogate pair", at: start) }
    return UTF16.decode(UTF16.EncodedScalar([unit, second]))
  }

  private mutating func codeUnit(from start: Int) throws(JSONFault) -> UInt16 {
    var unit: UInt16 = 0
    for _ in 0..<4 {
      index += 1
      guard let digit = byte.flatMap({ Character(Unicode.Scalar($0)).hexDigitValue }) else {
        throw fault("expected four hexadecimal digits behind \\u", at: start)
      }
      unit = unit << 4 | UInt16(digit)
    }
    return unit
  }
}
