internal import FoundationEssentials

/// When something began, by the clock of the machine where it did, and how long ago.
///
/// The two are kept apart because that machine's clock need not agree with ours.
public struct Moment: Hashable, Sendable {
  /// Seconds since 1970, in UTC.
  public let seconds: Int64
  /// How long ago that was when it was asked for.
  public let age: Duration

  /// A moment `age` ago.
  public init(seconds: Int64, age: Duration) {
    self.seconds = seconds
    self.age = max(age, .zero)
  }
}

extension Moment: CustomStringConvertible {
  /// The time and the age: `03:12:10 UTC (12 s ago)`.
  public var description: String { "\(time) (\(ageWords) ago)" }

  /// The time in UTC, with the date when a day or more has passed since.
  public var time: String {
    let style = Date.ISO8601FormatStyle()
    let date = Date(timeIntervalSince1970: TimeInterval(seconds))
    let time = style.time(includingFractionalSeconds: false)
    let whole = style.year().month().day().dateTimeSeparator(.space)
      .time(includingFractionalSeconds: false)
    return "\(date.formatted(age < .seconds(86_400) ? time : whole)) UTC"
  }

  private var ageWords: String {
    switch age.components.seconds {
    case let seconds where seconds < 120: "\(seconds) s"
    case let seconds where seconds < 7200: "\(seconds / 60) min"
    case let seconds where seconds < 172_800: "\(seconds / 3600) h"
    case let seconds: "\(seconds / 86_400) days"
    }
  }
}
