/// A script of SQL as its author has left it, read for one engine.
struct CheckedScript {
  let path: String
  let version: Int
  let operation: Operation
  let dialect: Dialect
  /// The statements that can be read, in order.
  let statements: [Statement]
  /// What the head asks for.
  let directives: Set<ScriptDirective>
  /// What is wrong with the text.
  let found: [Diagnostic]

  /// Reads `text`, which is the file `path`.
  init(
    path: String, version: Int, operation: Operation, text: [UInt8], dialect: Dialect
  ) {
    self.path = path
    self.version = version
    self.operation = operation
    self.dialect = dialect
    let script = LenientScript(path: path, text: text, dialect: dialect)
    statements = script.statements
    directives = script.directives
    found =
      script.errors.map { Diagnostic($0.reason.rule, at: $0.location, quoting: $0) }
      + script.warnings.map { Diagnostic($0.reason.rule, at: $0.location, quoting: $0) }
  }
}

extension ScriptError.Reason {
  /// The rule that such a script breaks.
  fileprivate var rule: CheckRule {
    switch self {
    case .empty: .emptyScript
    case .draft: .draftScript
    case .utf16, .nul, .invalidUTF8: .notUTF8
    case .unterminated: .unterminatedText
    case .transactionControl: .rollback
    case .harmful: .harmfulStatement
    case .psqlCommand, .shellCommand: .shellCommand
    case .copyFromStandardInput: .copyFromStandardInput
    case .unknownDirective: .unknownDirective
    case .malformedVariable: .malformedVariable
    case .variableNotSet, .variableHasNUL: .variableWithoutDefault
    }
  }
}

extension ScriptWarning.Reason {
  /// The rule that such a script breaks.
  fileprivate var rule: CheckRule {
    switch self {
    case .transactionControl: .transactionControl
    case .variableInString, .variableInBody, .variableInIdentifier, .variablesOff:
      .variableNotReplaced
    case .misplacedDirective: .misplacedDirective
    }
  }
}
