/// The SQL that an engine understands.
public enum Dialect: String, Sendable, CaseIterable {
  case sqlite
  case postgresql

  /// What people call the engine.
  var engineName: String {
    switch self {
    case .sqlite: "SQLite"
    case .postgresql: "PostgreSQL"
    }
  }

  /// What stands in a statement for the value with that number, counted from 1 (SQLite, "Parameters"; PostgreSQL,
  /// 4.1.4 "Positional Parameters").
  public func placeholder(_ number: Int) -> String {
    switch self {
    case .sqlite: "?\(number)"
    case .postgresql: "$\(number)"
    }
  }

  /// `name` as a quoted identifier: in double quotes, with those inside doubled.
  ///
  /// Both engines keep a quoted name's case (SQLite, "SQLite Keywords"; PostgreSQL, 4.1.1
  /// "Identifiers and Key Words"). PostgreSQL cuts names at 63 bytes and refuses empty ones.
  ///
  /// - Throws: ``QuotingError`` when `name` holds a NUL, which no SQL text can.
  public func quote(identifier name: String) throws(QuotingError) -> String {
    String(decoding: try Self.double(UInt8(ascii: "\""), in: name), as: UTF8.self)
  }

  /// `value` as a string literal.
  ///
  /// The literal is right whatever `standard_conforming_strings` says: on PostgreSQL a value with
  /// a backslash becomes ` E'…'` with the backslashes doubled (4.1.2.2 "String Constants With
  /// C-Style Escapes"). The space in front keeps a word before it from becoming part of it. On
  /// SQLite a backslash means nothing inside a literal ("Literal Values").
  ///
  /// - Throws: ``QuotingError`` when `value` holds a NUL, which no SQL text can.
  public func quote(literal value: String) throws(QuotingError) -> String {
    let backslash = UInt8(ascii: "\\")
    // Hardly any has something to escape.
    if !value.utf8.contains(where: { $0 == 0 || $0 == UInt8(ascii: "'") || $0 == backslash }) {
      return "'\(value)'"
    }
    var literal = try Self.double(UInt8(ascii: "'"), in: value)
    if self == .postgresql, literal.contains(backslash) {
      var escaped = Array(" E".utf8)
      for byte in literal {
        if byte == backslash { escaped.append(backslash) }
        escaped.append(byte)
      }
      literal = escaped
    }
    return String(decoding: literal, as: UTF8.self)
  }

  /// Whether `name` may stand in SQL without quotes on both engines, key words aside.
  ///
  /// That is an ASCII letter or `_`, then ASCII letters, digits, `_` and `$`; 63 bytes at most,
  /// because PostgreSQL cuts longer names (4.1.1 "Identifiers and Key Words").
  public static func isPlainIdentifier(_ name: String) -> Bool {
    let bytes = name.utf8
    guard let first = bytes.first, first.startsWord, bytes.count <= 63 else { return false }
    return bytes.allSatisfy { $0 < 0x80 && $0.continuesWord }
  }

  private static func double(_ quote: UInt8, in text: String) throws(QuotingError) -> [UInt8] {
    var quoted: [UInt8] = [quote]
    quoted.reserveCapacity(text.utf8.count + 2)
    for byte in text.utf8 {
      if byte == 0 { throw QuotingError(text: text) }
      if byte == quote { quoted.append(quote) }
      quoted.append(byte)
    }
    quoted.append(quote)
    return quoted
  }
}
