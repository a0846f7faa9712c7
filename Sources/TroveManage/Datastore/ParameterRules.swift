/// The rules for the parameters of a datastore version's configuration groups, as a file gives them.
///
/// The file is a JSON object whose `configuration-parameters` is a list of objects with a `name`, a
/// `type`, `restart_required` (`true`, `false`, 1 or 0) and, where there are limits, the numbers `max`
/// and `min`. Other names are let alone.
public struct ParameterRules: Sendable {
  /// The name of the list in the file.
  static let listName = "configuration-parameters"

  /// The path of the file.
  public let path: String
  /// The rules, in the order of the file.
  let rules: [ParameterRule]
  private let text: [UInt8]

  /// How many parameters there are.
  public var count: Int { rules.count }

  /// Reads the file at `path`.
  ///
  /// - Throws: ``DatastoreError/file(_:)``, or ``DatastoreError/rules(_:)`` with the first place that is
  ///   wrong.
  public init(contentsOf path: String) throws(DatastoreError) {
    let text: [UInt8]
    do {
      text = try FileSystem.read(path)
    } catch {
      throw .file(error)
    }
    try self.init(path: path, text: text)
  }

  /// Reads the rules in `text`.
  init(path: String, text: [UInt8]) throws(DatastoreError) {
    self.path = path
    self.text = text
    do throws(RulesProblem) {
      rules = try Self.rules(in: text)
    } catch {
      throw .rules(RulesFault(error, path: path, text: text))
    }
  }

  /// The error that the rule with the number `index` has a value that does not fit its column.
  func error(_ fault: ColumnFault, at index: Int) -> DatastoreError {
    let rule = rules[index]
    let problem = RulesProblem(
      .value(fault), at: rule.offset, in: .init(index: index, name: rule.name))
    return .rules(RulesFault(problem, path: path, text: text))
  }
}

/// What the file says about one parameter.
struct ParameterRule {
  let name: String
  let effect: ConfigurationParameter.Effect
  let dataType: String
  let maximum: String?
  let minimum: String?
  /// Where the file says it: the byte, counted from 0.
  let offset: Int
}

// MARK: - Reading

/// A fault by its offset, before anyone has counted lines.
private struct RulesProblem: Error {
  let reason: RulesFault.Reason
  let offset: Int
  let element: RulesFault.Element?

  init(_ reason: RulesFault.Reason, at offset: Int, in element: RulesFault.Element? = nil) {
    self.reason = reason
    self.offset = offset
    self.element = element
  }
}

extension RulesFault {
  fileprivate init(_ problem: RulesProblem, path: String, text: [UInt8]) {
    var position = TextPosition(offset: text.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    position.advance(to: max(problem.offset, position.offset), in: text.span)
    location = TextLocation(path: path, line: position.line, column: position.column)
    element = problem.element
    reason = problem.reason
  }
}

extension ParameterRules {
  private static func rules(in text: [UInt8]) throws(RulesProblem) -> [ParameterRule] {
    let document = try document(text)
    guard case .object = document.value else {
      throw RulesProblem(
        .wrongType(nil, expected: "an object", found: document.kind), at: document.offset)
    }
    guard let list = document[listName] else {
      throw RulesProblem(.missing(listName), at: document.offset)
    }
    guard case .array(let elements) = list.value else {
      throw RulesProblem(
        .wrongType(listName, expected: "a list", found: list.kind), at: list.offset)
    }
    var rules: [ParameterRule] = []
    var indexes: [ExactText: Int] = [:]
    rules.reserveCapacity(elements.count)
    indexes.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      let rule = try ElementReader(element, at: index).rule()
      if let first = indexes.updateValue(index, forKey: ExactText(rule.name)) {
        throw RulesProblem(
          .duplicate(first: first), at: rule.offset, in: .init(index: index, name: rule.name))
      }
      rules.append(rule)
    }
    return rules
  }

  private static func document(_ text: [UInt8]) throws(RulesProblem) -> JSONNode {
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: text.span)
    } catch {
      let offset = error.byteOffsets.lowerBound
      throw RulesProblem(.notUTF8(text[offset]), at: offset)
    }
    do {
      return try JSONReader.read(text)
    } catch {
      throw RulesProblem(.syntax(error.text), at: error.offset)
    }
  }
}

/// Reads an element of the list.
private struct ElementReader {
  private let node: JSONNode
  private let element: RulesFault.Element

  init(_ node: JSONNode, at index: Int) {
    self.node = node
    element = .init(index: index, name: node["name"]?.string)
  }

  func rule() throws(RulesProblem) -> ParameterRule {
    guard case .object = node.value else {
      throw RulesProblem(
        .wrongType(nil, expected: "an object", found: node.kind), at: node.offset, in: element)
    }
    return ParameterRule(
      name: try text("name"), effect: try effect(), dataType: try text("type"),
      maximum: try number("max"), minimum: try number("min"), offset: node.offset)
  }

  private func required(_ name: String) throws(RulesProblem) -> JSONNode {
    guard let value = node[name] else {
      throw RulesProblem(.missing(name), at: node.offset, in: element)
    }
    return value
  }

  private func text(_ name: String) throws(RulesProblem) -> String {
    let value = try required(name)
    guard let text = value.string else { throw wrong(name, value, expected: "a string") }
    return text
  }

  private func effect() throws(RulesProblem) -> ConfigurationParameter.Effect {
    let value = try required("restart_required")
    switch value.value {
    case .boolean(true), .number("1"): return .afterRestart
    case .boolean(false), .number("0"): return .atOnce
    default: throw wrong("restart_required", value, expected: "true or false")
    }
  }

  /// The number as it was written; `nil` when there is none.
  private func number(_ name: String) throws(RulesProblem) -> String? {
    guard let value = node[name] else { return nil }
    switch value.value {
    case .null: return nil
    case .number(let text): return text
    default: throw wrong(name, value, expected: "a number")
    }
  }

  private func wrong(_ name: String, _ value: JSONNode, expected: String) -> RulesProblem {
    RulesProblem(
      .wrongType(name, expected: expected, found: value.kind), at: value.offset, in: element)
  }
}
