/// The words that decide where a statement ends and what becomes of it.
enum Keyword: String, CaseIterable {
  // Bodies with semicolons inside.
  case create, temp, temporary, trigger, explain
  case or, replace, function, procedure, atomic
  // Transactions.
  case begin, start, end, commit, rollback, abort, prepare, prepared
  case transaction, work, to, and, no, not, chain
  case deferred, immediate, exclusive, deferrable
  case isolation, level, serializable, repeatable, read, committed, uncommitted, write, only
  // Statements that may have to stand outside a transaction.
  case alter, drop, reindex, vacuum, cluster, pragma, set, reset, discard
  case select, load, declare, lock, savepoint, release
  // Data in the middle of a script.
  case copy, from, stdin, stdout

  /// The keyword that `word` of `text` spells, whatever the case of its letters.
  init?(_ word: Range<Int>, in text: Span<UInt8>) {
    guard let letters = text.packedLetters(word), let keyword = Self.table[letters] else {
      return nil
    }
    self = keyword
  }

  /// Keywords by their letters: a look-up makes no string.
  private static let table: [UInt128: Keyword] = Dictionary(
    uniqueKeysWithValues: allCases.map { (UInt128(packing: $0.rawValue), $0) })
}

extension UInt128 {
  /// The letters of a word of at most 16 small ones, packed into a number.
  init(packing word: String) {
    self = word.utf8.reduce(0) { $0 << 8 | UInt128($1) }
  }
}

extension Span where Element == UInt8 {
  /// The letters of a word, packed into a number whatever their case; `nil` for a word that no keyword is as long
  /// as.
  func packedLetters(_ word: Range<Int>) -> UInt128? {
    guard word.count <= 12 else { return nil }
    var packed: UInt128 = 0
    // Setting this bit turns ASCII capitals into small letters; of the other bytes of a word none
    // becomes a letter by it.
    for index in word { packed = packed << 8 | UInt128(self[index] | 0x20) }
    return packed
  }

  /// The letters of the word with which a statement begins, as ``packedLetters(_:)`` has them.
  var firstWord: UInt128? {
    var end = 0
    while end < count, self[end].continuesWord { end += 1 }
    return packedLetters(0..<end)
  }
}
