public import FoundationEssentials

/// A type of Swift's whose values columns hold.
public protocol ColumnValue {
  /// The value that a column holds; `nil` when it is no value of this type.
  init?(_ value: Value)

  /// The value for a column.
  var columnValue: Value { get }
}

extension Int: ColumnValue {
  /// An integer that fits.
  public init?(_ value: Value) {
    guard let number = value.integer else { return nil }
    self.init(exactly: number)
  }

  /// An integer.
  public var columnValue: Value { .integer(Int64(self)) }
}

extension Int64: ColumnValue {
  /// An integer.
  public init?(_ value: Value) {
    guard let number = value.integer else { return nil }
    self = number
  }

  /// An integer.
  public var columnValue: Value { .integer(self) }
}

extension Bool: ColumnValue {
  /// 0 is false, 1 is true.
  public init?(_ value: Value) {
    switch value.integer {
    case 0: self = false
    case 1: self = true
    default: return nil
    }
  }

  /// 0 or 1, as SQLite has it.
  public var columnValue: Value { .integer(self ? 1 : 0) }
}

extension Double: ColumnValue {
  /// A number.
  public init?(_ value: Value) {
    switch value {
    case .real(let number): self = number
    case .integer(let number): self.init(number)
    default: return nil
    }
  }

  /// A number.
  public var columnValue: Value { .real(self) }
}

extension String: ColumnValue {
  /// A text; exact numbers and times are texts, too.
  public init?(_ value: Value) {
    guard let text = value.text else { return nil }
    self = text
  }

  /// A text.
  public var columnValue: Value { .text(self) }
}

extension [UInt8]: ColumnValue {
  /// Bytes.
  public init?(_ value: Value) {
    guard case .blob(let bytes) = value else { return nil }
    self = bytes
  }

  /// Bytes.
  public var columnValue: Value { .blob(self) }
}

extension Decimal: ColumnValue {
  /// An exact number; one of more than 38 digits would be cut, and is none.
  public init?(_ value: Value) {
    switch value {
    case .integer(let number): self.init(number)
    case .text(let text):
      guard let digits = Self.significantDigits(of: text), digits <= 38,
        let number = Decimal(string: text)
      else { return nil }
      self = number
    default: return nil
    }
  }

  /// A text, for SQLite has no exact numbers: of one that is no integer it keeps 15 digits in a column that is
  /// called `NUMERIC` or `DECIMAL` (datatype3.html §3).
  public var columnValue: Value { .text(description) }

  /// How many digits the number has, zeros at both ends left out; `nil` for a text that is no number.
  ///
  /// Foundation reads as far as it understands, `12-5` as 12.
  static func significantDigits(of text: String) -> Int? {
    let parts = text.split(separator: /[eE]/, maxSplits: 1, omittingEmptySubsequences: false)
    guard let mantissa = parts.first?.wholeMatch(of: /[+-]?([0-9]*)\.?([0-9]*)/),
      !mantissa.1.isEmpty || !mantissa.2.isEmpty,
      parts.count == 1 || parts[1].wholeMatch(of: /[+-]?[0-9]+/) != nil
    else { return nil }
    let digits = (mantissa.1 + mantissa.2).drop { $0 == "0" }
    return digits.reversed().drop { $0 == "0" }.count
  }
}

extension Date: ColumnValue {
  /// A time: `2026-11-22 21:39:10.639574`, in UTC unless an offset stands behind it; or a day, which begins in UTC.
  public init?(_ value: Value) {
    guard let time = value.text.flatMap(ColumnTime.init) else { return nil }
    self = time.date
  }

  /// The time in UTC to the microsecond, as Trove writes it.
  public var columnValue: Value { .text(datastoreText) }
}
