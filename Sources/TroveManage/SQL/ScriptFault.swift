/// What is wrong with a script, at an offset whose line is not known yet.
///
/// Lines are counted when a fault becomes a ``ScriptError``: a script without one pays nothing.
struct ScriptFault: Error {
  let reason: ScriptError.Reason
  /// The offset in bytes from the start of the file.
  let offset: Int

  init(_ reason: ScriptError.Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }
}

extension ScriptFault {
  /// Whether it may vanish when the text goes on behind its end.
  func mayComeFromCut(in text: Span<UInt8>) -> Bool {
    switch reason {
    case .unterminated: true
    // The default of a variable may hold a semicolon, and ends with its line.
    case .malformedVariable: text.firstIndex(of: 0x0A, from: offset) == nil
    default: false
    }
  }
}
