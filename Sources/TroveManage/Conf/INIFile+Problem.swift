extension INIFile {
  /// What the grammar does not allow in a line.
  ///
  /// None carries the line's text: it may be a part of a URL with a password.
  public enum Problem: Hashable, Sendable {
    /// The byte there is no UTF-8.
    case notUTF8(UInt8)
    /// A line is neither section nor comment and has no `=` or `:`.
    case noSeparator
    /// Nothing stands before the `=` or `:`.
    case emptyKey
    /// A key stands above the first section.
    case keyOutsideSection
    /// An indented line continues no value.
    case unexpectedContinuation
    /// A line starts with `[` but does not end with `]`.
    case unclosedSection
    /// A section is `[]`.
    case emptySectionName
    /// ``Grammar/configParser`` allows a section only once.
    case repeatedSection(String)
    /// ``Grammar/configParser`` allows a key only once in a section.
    case repeatedKey(String, firstLine: Int)
    /// A value has `%(`.
    case interpolation
  }
}

extension INIFile.Problem: CustomStringConvertible {
  /// What is wrong, and a `hint:` line where one helps.
  public var description: String {
    switch self {
    case .notUTF8(let byte):
      """
      the byte 0x\(String(byte, radix: 16)) is no UTF-8
      hint: save the file as UTF-8
      """
    case .noSeparator:
      """
      neither a section, a comment nor 'key = value'
      hint: indent the line when it continues the value above it
      """
    case .emptyKey: "the name of an option is missing before the '=' or ':'"
    case .keyOutsideSection:
      """
      an option stands above the first section
      hint: put a section above it, such as [DEFAULT]
      """
    case .unexpectedContinuation:
      """
      an indented line that continues no value
      hint: remove the indent, or the blank line or comment between it and its value
      """
    case .unclosedSection:
      """
      a section's name must end with ']', and the line with it
      hint: put a comment on a line of its own
      """
    case .emptySectionName: "a section needs a name between '[' and ']'"
    case .repeatedSection(let name): "the section [\(name)] comes a second time"
    case .repeatedKey(let key, let line): "'\(key)' is set a second time, first in line \(line)"
    case .interpolation:
      """
      '%(' would insert another value, which is not supported
      hint: write the value out, or '%%(' for the characters themselves
      """
    }
  }
}
