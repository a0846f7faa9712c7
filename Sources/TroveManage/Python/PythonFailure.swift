/// An exception that has ended a script.
public struct PythonFailure: Hashable, Sendable {
  /// The exception's class.
  public let type: String
  /// What it says.
  public let message: String
  /// The file, and the line when it is known, of the repository's innermost frame.
  public let path: String
  /// The line in it, from 1.
  public let line: Int?
  /// The whole traceback.
  public let traceback: String
  /// The package that is missing, when that is the reason.
  public let missingPackage: String?
  /// The path of the script that it has ended.
  let script: String
  /// The number of the database's error that the exception stands for.
  let error: Int64?

  /// Reads what the interpreter says about an exception of `script`.
  init(_ node: JSONNode, of script: PythonScript) {
    type = node["type"]?.string ?? "Exception"
    message = node["message"]?.string ?? ""
    path = node["file"]?.string ?? script.path.text
    line = node["line"]?.integer.map { Int($0) }
    traceback = node["traceback"]?.string ?? ""
    missingPackage = node["missing"]?.string
    self.script = script.path.text
    error = node["error"]?.integer
  }

  /// The place in the file.
  var place: String { line.map { "\(path):\($0)" } ?? path }

  /// The class and the message's first line.
  var words: String {
    let first = message.prefix { !$0.isNewline }
    return first.isEmpty ? type : "\(type): \(first)"
  }
}

extension JSONNode {
  /// The number, when the value is one within 64 bits.
  var integer: Int64? {
    guard case .number(let text) = value else { return nil }
    return Int64(text)
  }

  /// The values, when the value is a list.
  var elements: [JSONNode]? {
    guard case .array(let elements) = value else { return nil }
    return elements
  }
}
