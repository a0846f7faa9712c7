extension Statement {
  /// How many relations PostgreSQL keeps locked to the end of the transaction because the statement makes or
  /// drops them: a table with its indexes, its counters and the table for its long values; an index, a view,
  /// a sequence.
  ///
  /// As far as the text tells: what is certain, and not what may be.
  var locks: Int {
    // Most statements of a long script are about rows, which one word tells.
    guard let first = source.span.firstWord, first == Self.create || first == Self.drop else {
      return 0
    }
    var words = StatementWords(source.span, dialect: .postgresql)
    if words.take("drop") { return words.begins(with: "table") ? 1 : 0 }
    guard words.take("create") else { return 0 }
    if words.take("index") || words.begins(with: "unique", "index") { return 1 }
    guard let object = CreatedObject(source, dialect: .postgresql) else { return 0 }
    switch object.kind {
    case .table: return 1 + Self.parts(ofTable: source)
    case .view, .materializedView, .sequence: return 1
    case .function, .procedure, .domain, .type: return 0
    }
  }

  private static let create = UInt128(packing: "create")
  private static let drop = UInt128(packing: "drop")

  /// The relations that a table has besides itself, by the words of its columns and constraints.
  private static func parts(ofTable text: ArraySlice<UInt8>) -> Int {
    var tokenizer = Tokenizer(dialect: .postgresql, from: 0)
    let bytes = text.span
    var count = 0
    var hasLongValues = false
    while let token = try? tokenizer.next(in: bytes), token != .end {
      guard token == .word else { continue }
      switch bytes.string(in: tokenizer.start..<tokenizer.end).lowercased() {
      case "primary", "unique", "exclude", "serial", "bigserial", "smallserial", "identity":
        count += 1
      case "text", "bytea", "json", "jsonb", "xml": hasLongValues = true
      default: break
      }
    }
    return count + (hasLongValues ? 1 : 0)
  }
}
