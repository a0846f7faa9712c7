import Testing
import TroveManage

/// A conf file or an option's text, and what is expected of it.
struct ConfCase: Sendable, CustomTestStringConvertible {
  let text: String
  let expected: String?

  init(_ text: String, _ expected: String?) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text.debugDescription }
}

/// The whole message of the error that `body` throws, or `nil` when it throws none.
func message(_ body: () throws -> Void) -> String? {
  do {
    try body()
    return nil
  } catch {
    return "\(error)"
  }
}
