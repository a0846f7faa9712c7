/// What a script asks for in the comment lines at its head: `-- migrate: variables, no-transaction`.
///
/// The head is everything before the first line that is neither blank nor a `--` comment.
public enum ScriptDirective: String, Sendable, CaseIterable {
  /// `${option}` outside of quotes and comments stands for a conf option's value.
  case variables
  /// The statements run one by one, not in a transaction.
  case noTransaction = "no-transaction"

  /// The word by which a new script says that nobody has written it yet: it is no script for any run.
  ///
  /// Comments alone would count as a finished version that has nothing to do.
  static let draft = "draft"

  /// The directives' names as a script writes them, for messages.
  static var names: String {
    allCases.map { "`\($0.rawValue)`" }.joined(separator: " and ")
  }

  /// The offset behind `migrate:` when the `--` comment at `start` begins with it.
  static func listStart(inCommentAt start: Int, in text: Span<UInt8>) -> Int? {
    end(of: "migrate:", behindBlanksFrom: start + 2, in: text)
  }

  /// Whether the list at `start`, which ends with the line, is `ignore RULE: reason`: words for whoever
  /// checks the script, and none for a run.
  static func isIgnore(at start: Int, in text: Span<UInt8>) -> Bool {
    guard let end = end(of: "ignore", behindBlanksFrom: start, in: text) else { return false }
    let next = text.byte(at: end)
    return next == 0 || next.isBlank || next == UInt8(ascii: ":")
  }

  /// The offset behind `word`, when it is what stands behind the blanks at `start`.
  private static func end(
    of word: String, behindBlanksFrom start: Int, in text: Span<UInt8>
  ) -> Int? {
    var index = start
    while text.byte(at: index) == 0x20 || text.byte(at: index) == 0x09 { index += 1 }
    for byte in word.utf8 {
      guard text.byte(at: index) == byte else { return nil }
      index += 1
    }
    return index
  }
}
