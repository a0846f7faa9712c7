extension Conf {
  /// One look-up, with the values that it came by on its way.
  struct Substitution {
    /// How many names may lie between a value and the last one that it leads to.
    static let depthLimit = 64
    /// How many bytes a value may have once names in it are replaced.
    static let sizeLimit = 1 << 20

    private let conf: Conf
    private var done: [ConfOption.Name: ConfValue] = [:]
    /// The options whose text is being looked at, each named by the one before it.
    private var open: [ConfOption.Name] = []

    init(in conf: Conf) {
      self.conf = conf
    }

    /// The value of `name`, or `nil` when nothing sets it.
    mutating func value(of name: ConfOption.Name) throws(ConfError) -> ConfValue? {
      guard let value = conf.unsubstituted(name) else { return nil }
      return try substituted(value, as: name)
    }

    /// The value of `name` or else its default.
    mutating func valueOrDefault(of name: ConfOption.Name) throws(ConfError) -> ConfValue? {
      if let value = try value(of: name) { return value }
      guard let text = ConfOption.named(name)?.defaultText else { return nil }
      return try substituted(.init(defaultText: text, of: name), as: name)
    }

    private mutating func substituted(
      _ value: ConfValue, as name: ConfOption.Name
    ) throws(ConfError) -> ConfValue {
      if let done = done[name] { return done }
      guard value.text.utf8.contains(UInt8(ascii: "$")) else { return value }
      if let start = open.firstIndex(of: name) {
        throw .cycle(open[start...] + [name], place: value.place)
      }
      guard open.count < Self.depthLimit else {
        throw .nestedTooDeep(place: value.place, limit: Self.depthLimit)
      }
      open.append(name)
      let result = try replacingNames(in: value, group: name.group)
      open.removeLast()
      done[name] = result
      return result
    }

    private mutating func replacingNames(
      in value: ConfValue, group: String
    ) throws(ConfError) -> ConfValue {
      var text: [UInt8] = []
      var isSecret = value.isSecret
      var keepsLines = true
      for part in Self.parts(of: value.text) {
        switch part {
        case .text(let bytes): text += bytes
        case .name(let name):
          guard let inserted = try self.inserted(name, group: group) else {
            throw .unknownName(value.isSecret ? nil : name, place: value.place)
          }
          text += inserted.text.utf8
          isSecret = isSecret || inserted.isSecret
          keepsLines = keepsLines && !inserted.text.utf8.contains(UInt8(ascii: "\n"))
          guard text.count <= Self.sizeLimit else {
            throw .tooLong(place: value.place, limit: Self.sizeLimit)
          }
        }
      }
      return ConfValue(
        name: value.name, text: String(decoding: text, as: UTF8.self), origin: value.origin,
        folder: value.folder, isSecret: isSecret, keepsLines: keepsLines)
    }

    /// What `name` stands for in a value of `group`.
    private mutating func inserted(
      _ name: String, group: String
    ) throws(ConfError) -> ConfValue? {
      if let dot = name.firstIndex(of: ".") {
        let other = ConfOption.Name(
          String(name[name.index(after: dot)...]), group: String(name[..<dot]))
        if let value = try valueOrDefault(of: other) { return value }
      } else if let value = try valueOrDefault(of: ConfOption.Name(name, group: group)) {
        return value
      }
      return try valueOrDefault(of: ConfOption.Name(name))
    }
  }
}

extension Conf.Substitution {
  private enum Part {
    case text(ArraySlice<UInt8>)
    case name(String)
  }

  /// `text` cut at the names that it holds.
  private static func parts(of text: String) -> [Part] {
    let bytes = unescaped(text)
    var parts: [Part] = []
    var start = 0
    var next = 0
    while next < bytes.count {
      guard bytes[next] == UInt8(ascii: "$"), next + 1 < bytes.count else {
        next += 1
        continue
      }
      if bytes[next + 1] == UInt8(ascii: "$") {
        parts.append(.text(bytes[start...next]))
        next += 2
        start = next
      } else if let (name, end) = name(in: bytes, after: next) {
        parts.append(.text(bytes[start..<next]))
        parts.append(.name(String(decoding: bytes[name], as: UTF8.self)))
        next = end
        start = next
      } else {
        next += 1
      }
    }
    return parts + [.text(bytes[start...])]
  }

  /// The name behind the dollar sign at `dollar`, and where its text ends.
  private static func name(in bytes: [UInt8], after dollar: Int) -> (Range<Int>, end: Int)? {
    let isBraced = bytes[dollar + 1] == UInt8(ascii: "{")
    let start = dollar + (isBraced ? 2 : 1)
    guard start < bytes.count, bytes[start].startsName else { return nil }
    let end = bytes[start...].firstIndex { !$0.continuesName } ?? bytes.count
    guard isBraced else { return (start..<end, end) }
    guard end < bytes.count, bytes[end] == UInt8(ascii: "}") else { return nil }
    return (start..<end, end + 1)
  }

  /// `text` with `$$` for every `\$`.
  ///
  /// That comes before all else, so `$\$` is three dollar signs in a row.
  private static func unescaped(_ text: String) -> [UInt8] {
    var bytes = Array(text.utf8)
    for next in bytes.indices.dropLast() where bytes[next] == UInt8(ascii: "\\") {
      if bytes[next + 1] == UInt8(ascii: "$") { bytes[next] = UInt8(ascii: "$") }
    }
    return bytes
  }
}

extension UInt8 {
  fileprivate var startsName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "_"):
      true
    default: false
    }
  }

  fileprivate var continuesName: Bool {
    startsName || self == UInt8(ascii: ".")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self)
  }
}
