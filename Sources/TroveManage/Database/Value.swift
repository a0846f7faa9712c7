/// A value that an engine returned.
///
/// SQLite's storage classes (datatype3.html §2) are the whole of it. PostgreSQL's integer types come as
/// ``integer(_:)``, everything else as ``text(_:)``, the way the server prints it.
public enum Value: Hashable, Sendable {
  case null
  case integer(Int64)
  case real(Double)
  case text(String)
  case blob([UInt8])

  /// The number, when the value is an integer.
  public var integer: Int64? {
    guard case .integer(let number) = self else { return nil }
    return number
  }

  /// The text, when the value is one.
  public var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }
}

/// The values of one row, in the order of the query's columns.
public typealias Row = [Value]
