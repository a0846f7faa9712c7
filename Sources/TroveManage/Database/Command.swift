/// One SQL statement on its way to an engine.
public struct Command: Sendable {
  /// The statement, without a `;` at its end.
  public let text: ArraySlice<UInt8>
  /// How many rows the statement must change for the run to go on; `nil` when any number is right.
  public let requiredChanges: Int?

  /// A statement of a script, as it was written.
  public init(_ text: ArraySlice<UInt8>) {
    self.text = text
    requiredChanges = nil
  }

  /// A statement of our own.
  public init(_ sql: String, requiredChanges: Int? = nil) {
    text = Array(sql.utf8)[...]
    self.requiredChanges = requiredChanges
  }

  /// The statement on one line, cut, with every string in it hidden.
  func summary(dialect: Dialect) -> String {
    SQLSummary.of(text, dialect: dialect)
  }
}
