internal import FoundationEssentials

extension Date {
  /// The time in UTC to the microsecond, as Trove writes it: `2026-11-22 21:39:10.639574`.
  var datastoreText: String {
    let microseconds = Int64((timeIntervalSince1970 * 1_000_000).rounded(.down))
    let second = Date(timeIntervalSince1970: TimeInterval(microseconds / 1_000_000))
    let style = Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.space)
      .time(includingFractionalSeconds: false)
    let fraction = String(microseconds % 1_000_000)
    let zeros = String(repeating: "0", count: 6 - fraction.count)
    return "\(second.formatted(style)).\(zeros)\(fraction)"
  }
}
