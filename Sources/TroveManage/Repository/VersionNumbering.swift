internal import FoundationEssentials

/// How the new versions of a repository are numbered: `use_timestamp_numbering` in its `migrate.cfg`.
public enum VersionNumbering: Hashable, Sendable {
  /// One more than the latest.
  case counting
  /// The time in UTC, as `20261123184501`.
  case timestamps

  /// The number behind `latest` for a version that is made now, so many seconds after 1970.
  ///
  /// It is always above `latest`: a second version in the same second gets the number behind it.
  ///
  /// - Returns: `nil` when there is none above.
  public func next(after latest: Int, at seconds: Int64) -> Int? {
    guard latest < Int.max else { return nil }
    switch self {
    case .counting: return latest + 1
    case .timestamps: return max(latest + 1, Self.timestamp(of: seconds))
    }
  }

  /// sqlalchemy-migrate's number for a moment: year, month, day, hour, minute and second.
  private static func timestamp(of seconds: Int64) -> Int {
    let style = Date.ISO8601FormatStyle().year().month().day().dateTimeSeparator(.space)
      .time(includingFractionalSeconds: false)
    let words = Date(timeIntervalSince1970: TimeInterval(seconds)).formatted(style)
    return Int(words.filter(\.isNumber)) ?? 0
  }

  /// The seconds since 1970.
  static var now: Int64 { Int64(Date().timeIntervalSince1970) }
}

extension VersionNumbering {
  /// The words that `use_timestamp_numbering` may be, as Python's `getboolean` reads them.
  init?(word: String) {
    switch word.lowercased() {
    case "true", "yes", "on", "1": self = .timestamps
    case "false", "no", "off", "0": self = .counting
    default: return nil
    }
  }
}
