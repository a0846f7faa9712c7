/// Something that a Python version does and no SQL in its place can be trusted to do.
public struct PythonRemark: Hashable, Sendable {
  /// What it does.
  public enum Reason: Hashable, Sendable {
    /// It looks at rows of these tables, which may decide what it does.
    case readsRows(of: [String])
    /// It looks at rows that a statement has returned which changed them.
    case readsChangedRows
    /// It asks a sequence.
    case asksSequence
    /// It uses the key that an inserted row was given.
    case usesKey
    /// It uses the number of rows that were changed.
    case usesCount
    /// It goes on after a statement that failed.
    case outlivesError(String)
  }

  /// What it does.
  public let reason: Reason
  /// The place in the script.
  public let location: TextLocation
}

extension PythonRemark: CustomStringConvertible {
  /// What it does, starting with the place.
  public var description: String { "\(location): \(words)" }

  /// What it does.
  public var words: String {
    switch reason {
    case .readsRows(let tables):
      "reads rows of \(tables.joined(separator: ", ")), which may decide what it does"
    case .readsChangedRows: "reads the rows that it changes, which may decide what it does"
    case .asksSequence: "asks a sequence, whose numbers differ from database to database"
    case .usesKey: "uses the key that the database gives to a row"
    case .usesCount: "uses the number of rows that it changes"
    case .outlivesError(let message): "goes on after a statement that fails: \(message)"
    }
  }
}
