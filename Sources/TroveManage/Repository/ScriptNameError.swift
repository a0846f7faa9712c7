/// Why a name is none that we can use.
public enum ScriptNameError: Error, Hashable, Sendable {
  /// It starts with fewer than three digits but otherwise looks like a script.
  case tooFewDigits
  /// It is not meant to be a script.
  case notScript
  case versionOutOfRange
  case malformed
  case controlCharacter
  case unknownDialect(String)
  case unknownOperation(String)
  /// A file of `repeatable/` or `hooks/` whose name has no two parts.
  case unnamed
  /// A file of `hooks/` that is none of them.
  case unknownHook(String)
  /// Another file leads to the same version on the same dialect.
  case duplicate(of: String)
}

extension ScriptNameError: CustomStringConvertible {
  /// What is wrong with the name, and what it should be.
  public var description: String {
    switch self {
    case .notScript: "not a script"
    case .tooFewDigits: "the version needs three digits, as in 007"
    case .versionOutOfRange: "the version is not a number from 1 to \(Int.max)"
    case .controlCharacter: "the name holds a line break or another control character"
    case .malformed: "the name is not NNN_description_DIALECT_OPERATION.sql"
    case .unknownDialect(let word):
      """
      '\(word)' is no dialect that we know
      hint: use \(Self.nearestDialect(to: word)) in the file's name
      """
    case .unknownOperation(let word):
      """
      '\(word)' is neither upgrade nor downgrade
      hint: name the file NNN_description_DIALECT_upgrade.sql
      """
    case .unnamed: "the name is not NAME_DIALECT.sql"
    case .unknownHook(let name):
      """
      '\(name)' is no hook
      hint: the hooks are \(Operation.hooks.map(\.rawValue).joined(separator: " and "))
      """
    case .duplicate(let other):
      """
      \(other) leads to the same version on the same dialect
      hint: renumber or remove one of the two
      """
    }
  }

  private static func nearestDialect(to word: String) -> String {
    let word = word.lowercased()
    if word.contains("pg") || word.contains("post") || word == "psql" { return "postgresql" }
    if word.contains("lite") { return "sqlite" }
    return "sqlite, postgresql or default"
  }
}
