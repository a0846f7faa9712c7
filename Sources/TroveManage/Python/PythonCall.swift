/// What a script asks of the database, by way of the interpreter.
struct PythonCall {
  enum Request {
    /// Run the statements; each of them once for every list of values, if there are any.
    case execute(texts: [String], parameters: [[Value]])
    case commit
    case rollback
    /// The script looks at what an execution has returned; ``PythonSetup/records`` asks for it.
    case note(Look, of: Int)
  }

  /// What of an execution a script looks at.
  enum Look: String {
    case rows
    /// The key that an inserted row was given.
    case key
    /// How many rows were changed.
    case count
  }

  let request: Request
  /// Which of the script's connections asks.
  let connection: Int64
  /// Whether the connection is in no transaction, so that what it executes is committed at once.
  let commits: Bool
  /// The place in the script, when it is known.
  let file: String?
  let line: Int?

  /// Reads a call; `nil` for what is none.
  init?(_ node: JSONNode) {
    guard let connection = node["connection"]?.integer else { return nil }
    switch node["call"]?.string {
    case "commit": request = .commit
    case "rollback": request = .rollback
    case "note":
      guard let look = node["look"]?.string.flatMap(Look.init), let number = node["of"]?.integer
      else { return nil }
      request = .note(look, of: Int(number))
    case "execute":
      guard let texts = node["texts"]?.elements, let lists = node["parameters"]?.elements else {
        return nil
      }
      let call = (
        texts: texts.compactMap(\.string),
        parameters: lists.compactMap { $0.elements?.compactMap(Value.init) }
      )
      // One that cannot be read must not let those behind it move up.
      guard call.texts.count == texts.count,
        call.parameters.map(\.count) == lists.map({ $0.elements?.count ?? -1 })
      else { return nil }
      request = .execute(texts: call.texts, parameters: call.parameters)
    default: return nil
    }
    self.connection = connection
    if case .boolean(true) = node["commit"]?.value { commits = true } else { commits = false }
    file = node["file"]?.string
    line = node["line"]?.integer.map { Int($0) }
  }
}

extension Value {
  /// The value that the interpreter has written.
  fileprivate init?(_ node: JSONNode) {
    switch node.value {
    case .null: self = .null
    case .number(let text):
      guard let number = Int64(text) else { return nil }
      self = .integer(number)
    case .string(let text): self = .text(text)
    case .object:
      if let text = node["f"]?.string, let number = Double(text) {
        self = .real(number)
      } else if let text = node["b"]?.string, let bytes = [UInt8](hexadecimal: text) {
        self = .blob(bytes)
      } else {
        return nil
      }
    case .boolean, .array: return nil
    }
  }

  /// The value as the interpreter reads it.
  fileprivate var json: JSONText {
    switch self {
    case .null: .null
    case .integer(let number): .integer(number)
    case .real(let number): .real(number)
    case .text(let text): .string(text)
    case .blob(let bytes): .object([("b", .string(bytes.hexadecimal))])
    }
  }
}

extension QueryResult {
  /// The answer to a call; `number` is that of the execution when looks at it are to be noted.
  func answer(number: Int?) -> JSONText {
    let names = columns?.map { JSONText.array([.string($0.name), .integer(Int64($0.type))]) }
    return .object([
      ("columns", names.map { .array($0) } ?? .null),
      ("rows", .array(rows.map { .array($0.map(\.json)) })),
      ("count", .integer(Int64(count ?? -1))),
      ("last", lastRow.map { .integer($0) } ?? .null),
      ("number", number.map { .integer(Int64($0)) } ?? .null),
    ])
  }
}

extension DatabaseError {
  /// The answer to a call that has failed; `id` tells it from others.
  func answer(id: Int64) -> JSONText {
    func text(_ text: String?) -> JSONText { text.map { .string($0) } ?? .null }
    return .object([
      (
        "error",
        .object([
          ("id", .integer(id)), ("code", text(code)), ("message", .string(message)),
          ("detail", text(detail)), ("hint", text(hint)),
        ])
      )
    ])
  }
}
