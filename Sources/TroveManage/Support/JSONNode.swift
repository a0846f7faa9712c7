/// A value of a JSON text and where it begins.
struct JSONNode {
  enum Value {
    case null
    case boolean(Bool)
    /// A number as it was written, whatever its size.
    case number(String)
    case string(String)
    case array([JSONNode])
    case object([Member])
  }

  /// A name of an object and the value that it has.
  struct Member {
    let name: String
    let node: JSONNode
  }

  let value: Value
  /// The byte with which the value begins, counted from 0.
  let offset: Int

  /// What kind of value it is, in words.
  var kind: String {
    switch value {
    case .null: "null"
    case .boolean: "a boolean"
    case .number: "a number"
    case .string: "a string"
    case .array: "a list"
    case .object: "an object"
    }
  }

  /// The text, when the value is one.
  var string: String? {
    guard case .string(let text) = value else { return nil }
    return text
  }

  /// The value that the object has for `name`; `nil` when it has none, or is no object.
  subscript(name: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.name == name }?.node
  }
}

/// A place at which a text is no JSON.
struct JSONFault: Error {
  /// The byte, counted from 0.
  let offset: Int
  /// What is wrong there.
  let text: String
}
