internal import FoundationEssentials

extension Date {
  /// The time in UTC to the microsecond, as Trove writes it: `2026-11-22 21:39:10.639574`.
  ///
  /// Outside the years 1 to 9999 it is a text that no column takes for a time.
  var datastoreText: String {
    let seconds = timeIntervalSince1970
    // What was read comes back the same: the nearest one, not the one before.
    guard abs(seconds) < 1e12, let moment = Int(exactly: (seconds * 1_000_000).rounded()) else {
      return "no time: \(seconds) s after 1970"
    }
    let (second, fraction) = Self.floored(moment, by: 1_000_000)
    let (days, ofDay) = Self.floored(second, by: 86_400)
    let day = CivilDay(daysSince1970: days)
    guard 1...9999 ~= day.year else { return "no time: \(seconds) s after 1970" }
    let date =
      "\(Self.padded(day.year, 4))-\(Self.padded(day.month, 2))-\(Self.padded(day.day, 2))"
    let time = [ofDay / 3600, ofDay / 60 % 60, ofDay % 60].map { Self.padded($0, 2) }
    return "\(date) \(time.joined(separator: ":")).\(Self.padded(fraction, 6))"
  }

  /// Quotient and remainder, which is never negative: before 1970, too, a fraction counts forward.
  private static func floored(_ number: Int, by divisor: Int) -> (quotient: Int, remainder: Int) {
    let remainder = (number % divisor + divisor) % divisor
    return ((number - remainder) / divisor, remainder)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(width - digits.count, 0)) + digits
  }
}
