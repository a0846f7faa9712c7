extension Unicode.Scalar {
  /// Whether the scalar is for a terminal or a parser and not for the eye: C0, C1 and DEL.
  var isControl: Bool { properties.generalCategory == .control }
}
