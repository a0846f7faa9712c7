/// A day of the calendar that the engines count by: the Gregorian one, also before it was introduced (PostgreSQL
/// documentation, B.6 "History of Units"; lang_datefunc.html §4 of SQLite).
///
/// Foundation's changes to the Julian calendar before 1582.
struct CivilDay: Hashable, Sendable {
  let year: Int
  /// From 1.
  let month: Int
  /// From 1.
  let day: Int

  /// The day, `nil` for one that no month has, or outside the years 1 to 9999.
  init?(year: Int, month: Int, day: Int) {
    self.init(unchecked: year, month, day)
    guard 1...9999 ~= year, 1...12 ~= month, 1...31 ~= day,
      Self(daysSince1970: daysSince1970) == self
    else { return nil }
  }

  /// The day that is so many days after the first one of 1970.
  init(daysSince1970 days: Int) {
    // Months are counted from March, so that a leap day ends the year; 400 years have 146 097 days.
    let (shifted, perEra) = (days + 719_468, 146_097)
    let era = (shifted >= 0 ? shifted : shifted - perEra + 1) / perEra
    let ofEra = shifted - era * perEra
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marched = (5 * ofYear + 2) / 153
    let month = marched < 10 ? marched + 3 : marched - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      ofYear - (153 * marched + 2) / 5 + 1)
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// How many days it is after the first one of 1970.
  var daysSince1970: Int {
    let marchYear = month <= 2 ? year - 1 : year
    let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
    let yearOfEra = marchYear - era * 400
    let ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
  }
}
