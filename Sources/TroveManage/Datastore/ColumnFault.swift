/// A value that its column cannot hold, or should not.
public struct ColumnFault: Hashable, Sendable {
  /// What is wrong with the value.
  public enum Reason: Hashable, Sendable {
    case empty
    /// It has that many characters.
    case tooLong(Int)
    /// It holds the character NUL, which no SQL text can.
    case nul
  }

  /// The column with its table, `table.column`.
  public let column: String
  /// How many characters the column holds; `nil` for any number.
  public let limit: Int?
  /// What is wrong with the value.
  public let reason: Reason
}

extension ColumnFault: CustomStringConvertible {
  /// One line that names the column and what it takes.
  public var description: String {
    switch reason {
    case .empty:
      "\(column) must not be empty; it takes \(limit.map { "1 to \($0)" } ?? "some") characters"
    case .tooLong(let count): "\(column) takes at most \(limit ?? 0) characters, not \(count)"
    case .nul: "\(column) cannot hold a NUL character"
    }
  }
}
