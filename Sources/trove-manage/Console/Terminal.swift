import FoundationEssentials
import Glibc

/// The terminal at the other end of a stream.
enum Terminal {
  /// Whether lines can be drawn anew there: it is a terminal, and one that can do more than print.
  static func canRedraw(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  /// Whether its owner has nothing against colours (no-color.org).
  static func isColored(_ descriptor: Int32) -> Bool {
    canRedraw(descriptor) && ProcessInfo.processInfo.environment["NO_COLOR"]?.isEmpty != false
  }

  /// How many columns it has now: what it says itself, else `COLUMNS`, else 80.
  static func width(_ descriptor: Int32) -> Int {
    var size = winsize()
    if unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 {
      return Int(size.ws_col)
    }
    let columns = ProcessInfo.processInfo.environment["COLUMNS"].flatMap { Int($0) }
    return columns.flatMap { $0 > 0 ? $0 : nil } ?? 80
  }
}

extension String {
  /// As much of the text as fits into so many columns of a terminal.
  ///
  /// Control characters must not be in it. Characters of East Asian scripts and pictures take two columns
  /// (Unicode Standard Annex 11), combining marks none: both err on the side of a shorter line.
  func fitted(_ columns: Int) -> String {
    var left = columns
    var end = startIndex
    while end < endIndex {
      left -= self[end].columns
      guard left >= 0 else { break }
      end = index(after: end)
    }
    return String(self[..<end])
  }

  /// The text without what a terminal would obey.
  var printable: String {
    let scalars = unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }
}

extension Character {
  fileprivate var columns: Int {
    unicodeScalars.contains { $0.value >= 0x1100 } ? 2 : 1
  }
}
