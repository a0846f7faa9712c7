/// A text with a NUL character, which neither engine can read as part of a statement.
public struct QuotingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The text that was to be quoted.
  public let text: String

  /// A failure to quote `text`.
  public init(text: String) {
    self.text = text
  }

  /// One line that shows the text with its NULs as `\0`.
  public var description: String {
    let visible = text.split(separator: "\0", omittingEmptySubsequences: false)
    return "a text with a NUL cannot stand in SQL: \(visible.joined(separator: "\\0"))"
  }
}
