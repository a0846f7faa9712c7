/// A conf option that a script names: `${option}`, `${group.option}`, `${group.option:default}`.
public struct ScriptVariable: Sendable, Hashable, CustomStringConvertible {
  /// The option's group as the script writes it; `nil` for `[DEFAULT]`.
  public let group: String?
  /// The option's name.
  public let option: String
  /// The text between `:` and `}`, which counts when the option has no value; may be empty.
  public let fallback: String?

  /// The variable that a script would write as `${group.option:fallback}`.
  public init(group: String? = nil, option: String, fallback: String? = nil) {
    self.group = group
    self.option = option
    self.fallback = fallback
  }

  /// The variable as a script writes it, without its default: `${group.option}`.
  public var description: String {
    guard let group else { return "${\(option)}" }
    return "${\(group).\(option)}"
  }

  /// The name with its group, as it stands between the braces.
  var name: String { (group.map { "\($0)." } ?? "") + option }

  /// The option as a conf file would show it: `[group] option`.
  var optionName: String { "[\(group ?? "DEFAULT")] \(option)" }
}

extension ScriptVariable {
  /// The variable whose `${` stands at `start`, and the offset behind its `}`.
  ///
  /// Names are ASCII letters, digits, `_` and `-`, with at most one `.` between group and option. A
  /// default runs to the first `}`, stays in its line and holds no other variable. Returns `nil` when
  /// the text at `start` does not keep to this.
  static func read(at start: Int, in text: Span<UInt8>) -> (variable: Self, end: Int)? {
    var end = start + 2
    guard let first = name(at: &end, in: text) else { return nil }
    var second: String?
    if text.byte(at: end) == UInt8(ascii: ".") {
      end += 1
      guard let option = name(at: &end, in: text) else { return nil }
      second = option
    }
    var fallback: String?
    if text.byte(at: end) == UInt8(ascii: ":") {
      let begin = end + 1
      end = limit(from: begin, in: text)
      fallback = text.string(in: begin..<end)
    }
    guard text.byte(at: end) == UInt8(ascii: "}") else { return nil }
    let variable = Self(
      group: second == nil ? nil : first, option: second ?? first, fallback: fallback)
    return (variable, end + 1)
  }

  /// The `${…` at `start` that is no variable, for messages: up to `}`, or what fits a message.
  static func malformed(at start: Int, in text: Span<UInt8>) -> String {
    let end = limit(from: start + 2, in: text)
    let closed = text.byte(at: end) == UInt8(ascii: "}") ? end + 1 : end
    return text.string(in: start..<closed).shortened(to: 60)
  }

  private static func name(at end: inout Int, in text: Span<UInt8>) -> String? {
    let start = end
    while text.byte(at: end).isName { end += 1 }
    return end == start ? nil : text.string(in: start..<end)
  }

  /// The offset of the first `}` from `start` on, or of the next `${` or the end of the line.
  private static func limit(from start: Int, in text: Span<UInt8>) -> Int {
    var end = start
    while end < text.count {
      switch text[end] {
      case UInt8(ascii: "}"), 0x0A, 0x0D: return end
      case UInt8(ascii: "$") where text.isVariable(at: end): return end
      default: end += 1
      }
    }
    return end
  }
}

extension UInt8 {
  fileprivate var isName: Bool {
    self < 0x80 && self != UInt8(ascii: "$") && continuesWord || self == UInt8(ascii: "-")
  }
}
