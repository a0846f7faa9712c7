extension Unicode.Scalar {
  /// Whether the scalar is for a terminal or a parser and not for the eye: C0, C1 and DEL.
  var isControl: Bool { properties.generalCategory == .control }
}

extension String {
  /// The text for the eye: its first `count` characters, with U+FFFD for what is none.
  func cut(_ count: Int) -> String {
    let scalars = prefix(count).unicodeScalars.map { $0.isControl ? "\u{FFFD}" : $0 }
    return String(String.UnicodeScalarView(scalars)) + (self.count > count ? "…" : "")
  }
}
