internal import FoundationEssentials

extension MappedTable {
  /// The value as the column's engine takes it, to be kept.
  ///
  /// SQLite would take any value in any column (datatype3.html §3): a value of another kind than the column's is
  /// refused on both engines alike, as are a text that is too long and a time that is none. How large a number may be
  /// is left to the engines.
  ///
  /// - Throws: ``ServiceError/valueType(_:column:type:)`` or ``ServiceError/value(_:)``.
  func value(
    _ value: (any ColumnValue)?, for column: Column
  ) throws(ServiceError) -> Value {
    try checked(value, for: column, limit: column.limit)
  }

  /// The value as the column's engine takes it, to be compared: a text may be longer than any that is kept.
  ///
  /// - Throws: ``ServiceError/valueType(_:column:type:)`` or ``ServiceError/value(_:)``.
  func operand(
    _ value: any ColumnValue, for column: Column
  ) throws(ServiceError) -> Value {
    try checked(value, for: column, limit: nil)
  }

  private func checked(
    _ value: (any ColumnValue)?, for column: Column, limit: Int?
  ) throws(ServiceError) -> Value {
    guard let value = value?.columnValue else { return .null }
    guard column.family.takes(value) else {
      throw .valueType(value, column: "\(name).\(column.name)", type: column.type)
    }
    guard case .text(let text) = value else { return value }
    // To libpq, a NUL would end the text.
    let limited = DatastoreSession.Column(name: "\(name).\(column.name)", limit: limit)
    if let fault = limited.fault(in: text) { throw .value(fault) }
    return .text(timeText(text, for: column))
  }

  /// A time as the column keeps it; any other text as it is.
  private func timeText(_ text: String, for column: Column) -> String {
    guard let time = ColumnTime(text) else { return text }
    // As Trove writes times: SQLite compares the texts.
    let plain = text.utf8.count == 10 ? "\(text) 00:00:00" : text.replacing("T", with: " ")
    switch column.family {
    // PostgreSQL takes the day of a time for a DATE.
    case .date: return String(text.prefix(10))
    // PostgreSQL takes a time without an offset for one of the session's time zone.
    case .timestamp where column.hasZone:
      return time.hasZone || session.dialect == .sqlite ? plain : time.date.datastoreText + "+00"
    // PostgreSQL takes no notice of the offset (8.5.1.3 "Time Stamps").
    case .timestamp: return time.hasZone ? time.date.datastoreText : plain
    default: return text
    }
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
    // SQLite would make NULL of it (c3ref/bind_blob.html).
    case (_, .real(let number)) where number.isNaN: false
    case (_, .null), (.other, _): true
    case (.integer, .integer), (.bytes, .blob): true
    case (.boolean, .integer(let number)): number == 0 || number == 1
    case (.text, .text), (.time, .text): true
    case (.timestamp, .text), (.date, .text): Date(value) != nil
    case (.float, .real), (.decimal, .real), (.float, .integer), (.decimal, .integer): true
    case (.decimal, .text(let text)): Decimal.significantDigits(of: text) != nil
    default: false
    }
  }
}
