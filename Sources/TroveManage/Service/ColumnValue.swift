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
  /// An exact number.
  public init?(_ value: Value) {
    switch value {
    case .integer(let number): self.init(number)
    case .text(let text):
      let isNumber = !text.isEmpty && text.utf8.allSatisfy { "0123456789.+-eE".utf8.contains($0) }
      guard isNumber, let number = Decimal(string: text) else { return nil }
      self = number
    default: return nil
    }
  }

  /// A text, for SQLite has no exact numbers.
  public var columnValue: Value { .text(description) }
}

extension Date: ColumnValue {
  /// A time: `2026-11-22 21:39:10.639574`, in UTC unless an offset stands behind it; or a day, which begins in UTC.
  public init?(_ value: Value) {
    guard let text = value.text else { return nil }
    var parts = text.replacing("T", with: " ").split(separator: " ", maxSplits: 1)
    if parts.count == 1 { parts.append("00:00:00") }
    guard parts.count == 2, parts[0].utf8.count == 10 else { return nil }
    let time = parts[1].prefix { !"+-Z".contains($0) }
    var zone = parts[1][time.endIndex...]
    if zone == "Z" { zone = "" }
    let fraction = time.drop { $0 != "." }.dropFirst()
    let whole = time.prefix { $0 != "." }
    let style = Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.space)
      .time(includingFractionalSeconds: false)
    guard let date = try? style.parse("\(parts[0]) \(whole)"),
      fraction.allSatisfy(\.isNumber), let part = Double("0.\(fraction.isEmpty ? "0" : fraction)"),
      let offset = Self.seconds(ofZone: zone)
    else { return nil }
    self = date + part - offset
  }

  /// The time in UTC to the microsecond, as Trove writes it.
  public var columnValue: Value { .text(datastoreText) }

  /// What stands behind a time, as seconds: `+02`, `-05:30`, or nothing.
  private static func seconds(ofZone zone: Substring) -> TimeInterval? {
    guard let sign = zone.first else { return 0 }
    let parts = zone.dropFirst().split(separator: ":").map { Int($0) }
    guard let hours = parts.first ?? nil, parts.count < 3 else { return nil }
    let minutes = parts.count > 1 ? parts[1] : 0
    guard let minutes else { return nil }
    return TimeInterval((hours * 3600 + minutes * 60) * (sign == "-" ? -1 : 1))
  }
}
