/// Something in a script that runs, but hardly as its author meant it.
public struct ScriptWarning: Hashable, Sendable, CustomStringConvertible {
  /// What is odd.
  public enum Reason: Hashable, Sendable {
    /// A statement that begins or ends a transaction was left out.
    case transactionControl(String)
    /// A variable in a string is not replaced.
    case variableInString(ScriptVariable)
    /// A variable in a dollar-quoted body is not replaced.
    case variableInBody(ScriptVariable)
    /// A variable in a quoted name is not replaced.
    case variableInIdentifier(ScriptVariable)
    /// A variable is not replaced because the script lacks the directive; told once per script.
    case variablesOff(ScriptVariable)
    /// A `-- migrate:` comment behind the script's head does nothing.
    case misplacedDirective
  }

  /// What is odd.
  public let reason: Reason
  /// The place in the script's file, with a column.
  public let location: TextLocation

  /// Something odd at `location`.
  public init(_ reason: Reason, at location: TextLocation) {
    self.reason = reason
    self.location = location
  }

  /// The location and a sentence, and on a second line what to do about it.
  public var description: String {
    "\(location): \(reason.sentence)\nhint: \(reason.hint)"
  }
}

extension ScriptWarning.Reason {
  fileprivate var sentence: String {
    switch self {
    case .transactionControl(let statement):
      "\(statement) is left out: the run begins and ends transactions"
    case .variableInString(let variable): "\(variable) is not replaced inside a string"
    case .variableInBody(let variable): "\(variable) is not replaced inside a dollar-quoted body"
    case .variableInIdentifier(let variable): "\(variable) is not replaced inside a quoted name"
    case .variablesOff(let variable): "\(variable) is not replaced: the script does not ask for it"
    case .misplacedDirective: "`-- migrate:` does nothing here"
    }
  }

  fileprivate var hint: String {
    switch self {
    case .transactionControl: "delete it from the script"
    case .variableInString(let variable): "write '…' || \(variable)"
    case .variableInBody(let variable):
      "write SELECT set_config('x.y', \(variable), true); before it, current_setting('x.y') inside"
    case .variableInIdentifier: "a variable becomes a string, never a name"
    case .variablesOff: "begin the script with the line `-- migrate: variables`"
    case .misplacedDirective: "move the line to the top of the script"
    }
  }
}
