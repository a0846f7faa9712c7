extension Query {
  /// The statement with its values in the place of SQLite's placeholders, once for each list of them.
  ///
  /// They are numbered as SQLite does ("Parameters" of lang_expr.html): `?` is one more than the highest number
  /// before, `?NNN` that number, and a name the number that it had first.
  var textsWithLiterals: [[UInt8]] {
    let text = Array(command.text)
    let placeholders = Self.placeholders(of: text.span)
    return parameters.map { $0.isEmpty ? text : Self.text(text, placeholders, having: $0) }
  }

  private static func text(
    _ text: [UInt8], _ placeholders: [Range<Int>], having values: [Value]
  ) -> [UInt8] {
    var result: [UInt8] = []
    var copied = 0
    var highest = 0
    var numbers: [String: Int] = [:]
    for placeholder in placeholders {
      let name = text.span.string(in: placeholder)
      let number = Int(name.dropFirst()) ?? numbers[name] ?? highest + 1
      if name != "?" { numbers[name] = number }
      highest = max(highest, number)
      guard values.indices.contains(number - 1) else { continue }
      result += text[copied..<placeholder.lowerBound]
      result += values[number - 1].sqliteLiteral.utf8
      copied = placeholder.upperBound
    }
    return result + text[copied...]
  }

  private static func placeholders(of text: Span<UInt8>) -> [Range<Int>] {
    var placeholders: [Range<Int>] = []
    var tokenizer = Tokenizer(dialect: .sqlite, from: 0)
    while let token = try? tokenizer.next(in: text), token != .end {
      guard token == .other else { continue }
      var end = tokenizer.end
      switch text[tokenizer.start] {
      case UInt8(ascii: "?"):
        end = tokenizer.start + 1
        while 0x30...0x39 ~= text.byte(at: end) { end += 1 }
        tokenizer.resume(at: end)
      case UInt8(ascii: ":"), UInt8(ascii: "@"), UInt8(ascii: "$"): break
      default: continue
      }
      placeholders.append(tokenizer.start..<end)
    }
    return placeholders
  }
}

extension Value {
  /// The value in SQLite's SQL ("Literal Values" of lang_expr.html).
  fileprivate var sqliteLiteral: String {
    switch self {
    case .null: return "NULL"
    case .integer(let number): return String(number)
    case .real(let number):
      if number.isNaN { return "NULL" }
      if number.isInfinite { return number < 0 ? "-9e999" : "9e999" }
      return String(number)
    case .text(let text):
      guard text.utf8.contains(0) else { return Dialect.sqlite.literal(text) }
      // No SQL text holds a NUL.
      return "CAST(x'\(Array(text.utf8).hexadecimal)' AS TEXT)"
    case .blob(let bytes): return "x'\(bytes.hexadecimal)'"
    }
  }
}
