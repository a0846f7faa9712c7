/// Something in a repository that its author should mend, and how.
public struct Diagnostic: Hashable, Sendable {
  /// How much it matters.
  public enum Severity: String, Sendable, CaseIterable {
    /// It runs, but hardly as it should.
    case warning
    /// A run fails, or rows are lost without a word.
    case error
  }

  /// The rule that is broken.
  public let rule: CheckRule
  /// How much it matters.
  public private(set) var severity: Severity
  /// Where, with a column; the beginning of a file that is to blame as a whole.
  public let location: TextLocation
  /// What is wrong, without an end.
  public let sentence: String
  /// What to do about it.
  public let hint: String

  /// What breaks `rule` at `location`; without a `hint`, the rule's own remedy is it.
  public init(_ rule: CheckRule, at location: TextLocation, _ sentence: String, hint: String? = nil)
  {
    self.rule = rule
    severity = rule.severity
    self.location = TextLocation(
      path: location.path, line: location.line, column: location.column ?? 1)
    self.sentence = sentence
    self.hint = hint ?? rule.remedy
  }

  /// What breaks `rule` in the words of an error, whose place and whose hint are not said twice.
  init(_ rule: CheckRule, at location: TextLocation, quoting error: some CustomStringConvertible) {
    let parts = error.description.split(separator: "\nhint: ", maxSplits: 1)
    var sentence = parts.first ?? ""
    for prefix in ["\(location)", "\(location.path):\(location.line)", location.path]
    where sentence.hasPrefix("\(prefix): ") {
      sentence = sentence.dropFirst(prefix.count + 2)
      break
    }
    self.init(
      rule, at: location, String(sentence), hint: parts.count > 1 ? String(parts[1]) : nil)
  }

  /// The same as an error.
  public var asError: Self {
    var raised = self
    raised.severity = .error
    return raised
  }

  /// Whether it comes before `other` in a report: by file, then by line.
  static func comesBefore(_ first: Self, _ second: Self) -> Bool {
    let places = [first.location, second.location].map { ($0.path, $0.line, $0.column ?? 0) }
    return places[0] == places[1]
      ? first.rule.rawValue < second.rule.rawValue : places[0] < places[1]
  }
}

extension Diagnostic: CustomStringConvertible {
  /// `path:line:column: severity: sentence [rule]`, and on a second line what to do about it.
  public var description: String {
    "\(location): \(severity): \(sentence) [\(rule.rawValue)]\nhint: \(hint)"
  }
}
