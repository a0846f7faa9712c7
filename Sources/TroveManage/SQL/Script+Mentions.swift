extension Script {
  /// Whether one of `names` stands in a statement as a word or in quotes, whatever its case.
  func mentions(_ names: [String]) -> Bool {
    let names = Set(names.map { $0.lowercased() })
    return pieces.contains { piece in
      piece.contains { $0.text.mentions(names, dialect: dialect) }
    }
  }
}

extension ArraySlice<UInt8> {
  /// Whether one of `names`, which are in small letters, stands in the SQL text as a word or in quotes.
  func mentions(_ names: Set<String>, dialect: Dialect) -> Bool {
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    let text = span
    while let token = try? tokenizer.next(in: text), token != .end {
      guard token == .word || token == .quoted else { continue }
      let word = text.string(in: tokenizer.start..<tokenizer.end).lowercased()
      if names.contains(word) || names.contains(String(word.dropFirst().dropLast())) { return true }
    }
    return false
  }
}
