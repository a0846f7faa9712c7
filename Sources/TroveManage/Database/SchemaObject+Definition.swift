extension SchemaObject {
  /// The parts as text to be kept: a line each of kind, name and text, parted by tabs.
  ///
  /// Line feeds, carriage returns, tabs and backslashes are written as `\n`, `\r`, `\t` and `\\`.
  public var definition: String {
    parts.map { [$0.kind, $0.name, $0.text].map(\.escaped).joined(separator: "\t") }
      .joined(separator: "\n")
  }

  /// The object whose ``definition`` was kept.
  ///
  /// A line of another shape counts as the text of a part without a kind, which equals no part that a
  /// catalog tells of.
  public init(name: ObjectName, definition: String) {
    let lines = definition.isEmpty ? [] : definition.utf8.split(separator: 0x0A)
    self.init(name: name, parts: lines.map { Part(line: $0) })
  }

  /// A digest over the names and definitions of `objects`, in whatever order they come.
  public static func fingerprint(of objects: [SchemaObject]) -> String {
    let texts = objects.sorted { $0.name < $1.name }.map { object in
      let name = object.name
      let head = [name.kind.rawValue, name.schema, name.table ?? "", name.name].map(\.escaped)
      // Five fields: no part looks like it.
      return (["object"] + head).joined(separator: "\t") + "\n\(object.definition)\n"
    }
    return "sha256:" + SHA256.hexadecimal(of: texts.joined().utf8)
  }
}

extension SchemaObject.Part {
  fileprivate init(line: Substring.UTF8View.SubSequence) {
    let fields = line.split(separator: 0x09, omittingEmptySubsequences: false)
      .map { String(unescaping: $0) }
    if fields.count == 3 {
      self.init(kind: fields[0], name: fields[1], text: fields[2])
    } else {
      self.init(kind: "", text: fields.joined(separator: "\t"))
    }
  }
}

extension String {
  private static let escapes: [(byte: UInt8, letter: UInt8)] = [
    (0x5C, 0x5C), (0x0A, UInt8(ascii: "n")), (0x0D, UInt8(ascii: "r")), (0x09, UInt8(ascii: "t")),
  ]

  /// The text on one line and in one field.
  fileprivate var escaped: String {
    guard utf8.contains(where: { byte in Self.escapes.contains { $0.byte == byte } }) else {
      return self
    }
    var bytes: [UInt8] = []
    for byte in utf8 {
      if let escape = Self.escapes.first(where: { $0.byte == byte }) {
        bytes += [0x5C, escape.letter]
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  fileprivate init(unescaping text: some Sequence<UInt8>) {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in text {
      if isEscaped {
        bytes.append(Self.escapes.first { $0.letter == byte }?.byte ?? byte)
        isEscaped = false
      } else if byte == 0x5C {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    self.init(decoding: bytes, as: UTF8.self)
  }
}
