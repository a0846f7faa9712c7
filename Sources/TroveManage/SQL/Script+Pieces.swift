extension Script {
  /// The statements in order: all at once, or window by window those of a script that is too long to be held
  /// in memory.
  ///
  /// A file that cannot be read any more ends them early: this is for who looks for something, and not for
  /// who runs them.
  var pieces: ScriptPieces {
    if let long { ScriptPieces(long) } else { ScriptPieces(statements) }
  }

  /// What the statements make, in order.
  var createdObjects: [CreatedObject] {
    pieces.flatMap { piece in piece.compactMap { CreatedObject($0.text, dialect: dialect) } }
  }
}

/// The statements of a script, or of a part of one, as many at a time as are held in memory.
struct ScriptPieces: Sequence, IteratorProtocol {
  private var whole: [Statement]?
  private var long: (script: LongScript, windows: ScriptWindows)?

  /// Statements that are held in memory.
  init(_ statements: [Statement]) {
    whole = statements
  }

  /// The statements of a script that is not.
  init(_ script: LongScript) {
    long = (script, script.windows)
  }

  mutating func next() -> [Statement]? {
    guard let script = long?.script else {
      defer { whole = nil }
      return whole
    }
    return try? long?.windows.next(script.value)
  }
}
