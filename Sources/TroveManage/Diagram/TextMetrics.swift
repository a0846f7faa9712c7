/// How wide a text is at the most, in whatever font a viewer takes for `sans-serif`.
struct TextMetrics {
  /// How thick the strokes are.
  enum Weight {
    case regular
    case bold
  }

  /// The size of the font, in pixels.
  let size: Int
  /// How thick the strokes are.
  var weight = Weight.regular

  /// The widths of the ASCII characters from the blank on, in thousandths of the size: those of DejaVu Sans,
  /// the widest of the fonts that are likely.
  private static let widths = [
    318, 401, 460, 838, 637, 951, 780, 275, 391, 391, 500, 838, 318, 361, 318, 337,
    637, 637, 637, 637, 637, 637, 637, 637, 637, 637, 337, 337, 838, 838, 838, 531,
    1000, 685, 687, 699, 771, 632, 576, 775, 752, 295, 295, 656, 558, 863, 749, 788,
    604, 788, 695, 635, 611, 732, 685, 989, 686, 611, 686, 391, 337, 391, 838, 500,
    500, 613, 635, 550, 635, 616, 353, 635, 634, 278, 278, 580, 278, 975, 634, 612,
    635, 635, 412, 521, 393, 634, 592, 818, 592, 592, 525, 637, 337, 637, 838,
  ]

  /// The width of `text` in pixels.
  func width(of text: String) -> Int {
    let thousandths = text.unicodeScalars.reduce(0) { $0 + Self.width(of: $1) } * size
    let pixels = (thousandths + 999) / 1000
    // DejaVu Sans Bold is an eighth wider at the most.
    return weight == .bold ? pixels + (pixels + 7) / 8 : pixels
  }

  /// `text`, or as much of its beginning as fits into `width` with an ellipsis.
  func fitted(_ text: String, to width: Int) -> String {
    guard self.width(of: text) > width else { return text }
    let room = width - self.width(of: "…")
    var used = 0
    let kept = text.prefix { character in
      used += self.width(of: String(character))
      return used <= room
    }
    return "\(kept)…"
  }

  private static func width(of scalar: Unicode.Scalar) -> Int {
    let value = Int(scalar.value)
    if (0x20..<0x7F).contains(value) { return widths[value - 0x20] }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    // Letters of the Far East and pictures take a square and a little more; others less than W.
    return value >= 0x1100 ? 1150 : 900
  }
}
