/// The colours of an owner: a strong one that bears white text, and a faint one for a ground.
struct DiagramColor {
  /// For heads and lines: `#rrggbb`.
  let strong: String
  /// For grounds: `#rrggbb`.
  let faint: String

  /// Hues that also people who see red and green alike can tell apart where they are next to each other.
  private static let palette = [
    ("#b45309", "#fdf3e3"), ("#0f766e", "#e6f4f2"), ("#7e3bb5", "#f5eefb"), ("#a8325e", "#fbeaf0"),
    ("#4d7c0f", "#f0f6e4"), ("#0e7490", "#e5f4f8"), ("#854d0e", "#f8f0e2"), ("#4338ca", "#ececfb"),
  ]

  /// The colours of `kind`.
  init(_ kind: Diagram.Kind) {
    switch kind {
    case .core: (strong, faint) = ("#2b5c8a", "#eaf1f8")
    case .nobody: (strong, faint) = ("#6b7280", "#f3f4f6")
    case .program: (strong, faint) = ("#27303d", "#e8eaee")
    case .repository(let number) where number < Self.palette.count:
      (strong, faint) = Self.palette[number]
    case .repository(let number):
      // The golden angle brings no hue near to one of the last few.
      let hue = number * 137 % 360
      strong = Self.hex(hue, lightness: 30)
      faint = Self.hex(hue, lightness: 94)
    }
  }

  /// A colour of half saturation; the hue in degrees, the lightness in hundredths.
  private static func hex(_ hue: Int, lightness: Int) -> String {
    let span = 55 * min(lightness, 100 - lightness) / 100
    let parts = [0, 8, 4].map { shift -> String in
      let place = (shift * 30 + hue) % 360
      // From 0 to 1 and back over the circle, in hundredths (CSS Color 4, 7.1).
      let ramp = max(-100, min(min((place - 90) * 100 / 30, (270 - place) * 100 / 30), 100))
      let value = (lightness * 100 - span * ramp) * 255 / 10_000
      let digits = String(max(0, min(value, 255)), radix: 16)
      return digits.count < 2 ? "0\(digits)" : digits
    }
    return "#\(parts.joined())"
  }
}
