/// A place in a file of parameter rules that is wrong.
public struct RulesFault: Hashable, Sendable {
  /// An element of the list of parameters.
  public struct Element: Hashable, Sendable {
    /// Its number, counted from 0 as in JSON paths.
    public let index: Int
    /// The parameter's name, when it is known.
    public let name: String?
  }

  /// What is wrong.
  public enum Reason: Hashable, Sendable {
    case notUTF8(UInt8)
    /// It is no JSON.
    case syntax(String)
    /// Something is missing.
    case missing(String)
    /// Something is of another type; `found` says what it is.
    case wrongType(String?, expected: String, found: String)
    /// The parameter has the name of the element `first`.
    case duplicate(first: Int)
    /// A value does not fit its column.
    case value(ColumnFault)
  }

  /// Where it is.
  public let location: TextLocation
  /// The element, when it is one.
  public let element: Element?
  /// What is wrong.
  public let reason: Reason
}

extension RulesFault: CustomStringConvertible {
  /// One line that starts with the place, the element and its parameter.
  public var description: String {
    guard let element else { return "\(location): \(reason)" }
    let name = element.name.map { " ('\($0)')" } ?? ""
    return "\(location): \(ParameterRules.listName)[\(element.index)]\(name): \(reason)"
  }
}

extension RulesFault.Reason: CustomStringConvertible {
  /// What is wrong, in words.
  public var description: String {
    switch self {
    case .notUTF8(let byte):
      """
      the byte 0x\(String(byte, radix: 16)) is no UTF-8
      hint: save the file as UTF-8
      """
    case .syntax(let text): "this is no JSON: \(text)"
    case .missing(let name): "'\(name)' is missing"
    case .wrongType(let name?, let expected, let found): "'\(name)' is \(found), not \(expected)"
    case .wrongType(nil, let expected, let found): "this is \(found), not \(expected)"
    case .duplicate(let first):
      "the parameter stands there already, as \(ParameterRules.listName)[\(first)]"
    case .value(let fault): "\(fault)"
    }
  }
}
