extension MappedTable {
  /// The value as the column's engine takes it.
  ///
  /// SQLite would take any value in any column (datatype3.html §3); both engines refuse the same here.
  ///
  /// - Throws: ``ServiceError/valueType(_:column:)`` or ``ServiceError/value(_:)``.
  func value(
    _ value: (any ColumnValue)?, for column: Column
  ) throws(ServiceError) -> Value {
    guard let value = value?.columnValue else { return .null }
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
    case (.text, .text), (.timestamp, .text), (.date, .text), (.time, .text): true
    case (.float, .real), (.float, .integer): true
    case (.decimal, .text), (.decimal, .integer), (.decimal, .real): true
    default: false
    }
  }
}
