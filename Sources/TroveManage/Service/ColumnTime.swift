internal import FoundationEssentials

/// A time as a text: `2026-11-22 21:39:10.639574`, with `T` in place of the blank, with an offset behind it
/// (`Z`, `+02`, `-05:30`), or a day alone.
struct ColumnTime {
  let date: Date
  /// Whether an offset stands behind it; it is in UTC otherwise.
  let hasZone: Bool

  /// The time; `nil` for a text that is anything else, or has anything around it.
  init?(_ text: String) {
    var reader = Reader(rest: Array(text.utf8)[...])
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let dayNumber = reader.number(2),
      let day = CivilDay(year: year, month: month, day: dayNumber)
    else { return nil }
    let start = day.daysSince1970 * 86_400
    if reader.rest.isEmpty {
      date = Date(timeIntervalSince1970: Double(start))
      hasZone = false
      return
    }
    guard reader.take(" ") || reader.take("T"), let hours = reader.number(2, below: 24),
      reader.take(":"), let minutes = reader.number(2, below: 60), reader.take(":"),
      let seconds = reader.number(2, below: 60), let fraction = reader.fraction()
    else { return nil }
    hasZone = !reader.rest.isEmpty
    guard let offset = reader.zone(), reader.rest.isEmpty else { return nil }
    let whole = start + hours * 3600 + minutes * 60 + seconds - offset
    date = Date(timeIntervalSince1970: Double(whole) + fraction)
  }

  /// Takes a text apart from its beginning on.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    /// The number of exactly `count` digits.
    mutating func number(_ count: Int, below limit: Int = .max) -> Int? {
      let digits = rest.prefix(count)
      guard digits.count == count, digits.allSatisfy({ 0x30...0x39 ~= $0 }) else { return nil }
      rest.removeFirst(count)
      let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
      return number < limit ? number : nil
    }

    /// What stands behind the seconds, as a part of one; `nil` for a point alone.
    mutating func fraction() -> Double? {
      guard take(".") else { return 0 }
      let digits = rest.prefix { 0x30...0x39 ~= $0 }
      rest.removeFirst(digits.count)
      return digits.isEmpty ? nil : Double("0.\(String(decoding: digits, as: UTF8.self))")
    }

    /// The offset as seconds, which local mean times of old have, too; 0 without one.
    mutating func zone() -> Int? {
      if rest.isEmpty || take("Z") { return 0 }
      let isWest = rest.first == UInt8(ascii: "-")
      guard take("+") || take("-"), var offset = number(2, below: 24).map({ $0 * 3600 }) else {
        return nil
      }
      for unit in [60, 1] where take(":") {
        guard let part = number(2, below: 60) else { return nil }
        offset += part * unit
      }
      return isWest ? -offset : offset
    }
  }
}
