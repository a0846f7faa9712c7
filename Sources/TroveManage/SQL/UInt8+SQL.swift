extension UInt8 {
  /// Whether the byte is the first of a word: a letter, `_` or a part of a character beyond ASCII.
  ///
  /// Both engines take every byte from 0x80 on for a letter (PostgreSQL, `ident_start` of its
  /// scanner; SQLite, `IdChar` of its tokenizer).
  var startsWord: Bool {
    switch self {
    case 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }

  /// Whether the byte goes on with a word: what may start one, a digit, or `$`.
  var continuesWord: Bool {
    switch self {
    case 0x24, 0x30...0x39, 0x41...0x5A, 0x5F, 0x61...0x7A, 0x80...0xFF: true
    default: false
    }
  }

  /// Whether the byte is a space, tab, line feed, vertical tab, form feed or carriage return.
  var isBlank: Bool { self == 0x20 || self >= 0x09 && self <= 0x0D }

  /// Whether the byte is a digit, a comma or of an operator that begins nothing else.
  ///
  /// Not complete: a byte that is missing here is a token of its own, which costs time only.
  var isPlain: Bool {
    switch self {
    case 0x30...0x39: true
    case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: "="), UInt8(ascii: "*"): true
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "+"), UInt8(ascii: "|"): true
    default: false
    }
  }
}
