/// Why a function of a Python version cannot be left to SQL.
public enum Obstacle: Sendable {
  /// It does something that SQL cannot do in its place.
  case remark(PythonRemark)
  /// It does not run.
  case fails(MigrationError)
  /// A version below it does not run.
  case unreached
  /// It executes something else each time that it runs, first at this place.
  case varies(TextLocation)
  /// What it executes is no script.
  case unwritable(ScriptError)
  /// SQL in its place does not run.
  case failsAsSQL(MigrationError)
  /// SQL in its place leaves another schema.
  case differs(SchemaDifference)
}

extension Obstacle: CustomStringConvertible {
  /// What it is, starting with the place in the script when it is known.
  public var description: String {
    switch self {
    case .remark(let remark): "\(remark)"
    case .fails(let error): "it fails: \(error.firstLine)"
    case .unreached: "it cannot be reached, since a version below it fails"
    case .varies(let location): "\(location): executes something else each time"
    case .unwritable(let error): "what it executes cannot stand in a script: \(error.reason)"
    case .failsAsSQL(let error): "the SQL that it executes fails in its place: \(error.firstLine)"
    case .differs(let difference):
      "the SQL that it executes leaves another schema: \(difference.lines.joined(separator: "; "))"
    }
  }
}

extension MigrationError {
  fileprivate var firstLine: Substring { description.prefix { !$0.isNewline } }
}
