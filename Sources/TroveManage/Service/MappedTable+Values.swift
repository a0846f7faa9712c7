internal import FoundationEssentials

extension MappedTable {
  /// The value as the column's engine takes it.
  ///
  /// SQLite would take any value in any column (datatype3.html §3): a value of another kind than the column's is
  /// refused on both engines alike, as are a text that is too long and a time that is none. How large a number may be
  /// is left to the engines.
  ///
  /// - Throws: ``ServiceError/valueType(_:column:type:)`` or ``ServiceError/value(_:)``.
  func value(
    _ value: (any ColumnValue)?, for column: Column
  ) throws(ServiceError) -> Value {
    guard var value = value?.columnValue else { return .null }
    // PostgreSQL takes the day of a time for a DATE.
    if column.family == .date, case .text(let text) = value, Date(value) != nil {
      value = .text(String(text.prefix(10)))
    }
    guard column.family.takes(value) else {
      throw .valueType(value, column: "\(name).\(column.name)", type: column.type)
    }
    if case .text(let text) = value {
      let limited = DatastoreSession.Column(name: "\(name).\(column.name)", limit: column.limit)
      if let fault = limited.fault(in: text) { throw .value(fault) }
    }
    return value
  }

  /// The value that the engine returned for the column, the same on both engines.
  ///
  /// PostgreSQL tells what is no integer as text.
  static func value(_ value: Value, of column: Column) -> Value {
    switch (column.family, value) {
    case (.boolean, .text("t")): return .integer(1)
    case (.boolean, .text("f")): return .integer(0)
    case (.float, .text(let text)):
      return Double(text.lowercased().replacing("infinity", with: "inf")).map(Value.real) ?? value
    case (.float, .integer(let number)): return .real(Double(number))
    case (.decimal, .integer(let number)): return .text(String(number))
    case (.decimal, .real(let number)): return .text(String(number))
    case (.bytes, .text(let text)) where text.hasPrefix("\\x"):
      return [UInt8](hexadecimal: String(text.dropFirst(2))).map(Value.blob) ?? value
    // PostgreSQL fills these up with blanks, which mean nothing (8.3 "Character Types").
    case (.text, .text(let text)) where column.type.hasPrefix("char("):
      return .text(String(text.reversed().drop { $0 == " " }.reversed()))
    default: return value
    }
  }
}

extension TypeFamily {
  /// Whether a column of this family is meant to hold the value.
  fileprivate func takes(_ value: Value) -> Bool {
    switch (self, value) {
    case (_, .null), (.other, _): true
    case (.integer, .integer), (.bytes, .blob): true
    case (.boolean, .integer(let number)): number == 0 || number == 1
    case (.text, .text), (.time, .text): true
    case (.timestamp, .text), (.date, .text): Date(value) != nil
    case (.float, .real(let number)), (.decimal, .real(let number)): !number.isNaN
    case (.float, .integer), (.decimal, .integer): true
    case (.decimal, .text): Decimal(value) != nil
    default: false
    }
  }
}
