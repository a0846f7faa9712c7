/// The tables that a transaction has made, which nobody else can see before its commit.
///
/// Whoever works on these alone keeps nobody waiting, and is done soon: there are no rows in them but those that
/// its statements name.
struct UnseenTables {
  private let dialect: Dialect
  private var names: Set<CatalogName> = []

  /// None yet.
  init(_ dialect: Dialect) {
    self.dialect = dialect
  }

  /// Takes in a statement that makes a table, or adds an index, rows, columns or constraints to one of these.
  ///
  /// - Returns: whether that is sure, by the statement's text; nothing was taken in if not.
  mutating func take(_ statement: Statement) -> Bool {
    guard case .ordinary = statement.role else { return false }
    let text = statement.text.span
    var words = StatementWords(text, dialect: dialect, atMost: 10)
    var made: CatalogName?
    let subject: CatalogName?
    if words.take("create", "table") {
      made = words.begins(with: "if") ? nil : words.name()
      subject = made
    } else if words.take("insert", "into") {
      subject = words.begins(with: "table") ? nil : words.name()
    } else if words.take("alter", "table") {
      let name = words.name()
      subject = words.take("add") ? name : nil
    } else {
      subject = words.tableOfIndex()
    }
    guard let subject, subject == made || names.contains(subject),
      staysInside(text, besides: made)
    else { return false }
    if let made { names.insert(made) }
    return true
  }

  /// Whether the statement speaks of no other table, and puts nothing off to the commit.
  private func staysInside(_ text: Span<UInt8>, besides made: CatalogName?) -> Bool {
    var tokenizer = Tokenizer(dialect: dialect, from: 0)
    var count = 0
    while let token = try? tokenizer.next(in: text) {
      if token == .end { return true }
      guard token == .word else { continue }
      count += 1
      guard let letters = text.packedLetters(tokenizer.start..<tokenizer.end) else { continue }
      if letters == Self.references {
        var rest = StatementWords(
          text.extracting(tokenizer.end..<text.count), dialect: dialect, atMost: 4)
        guard let name = rest.name(), name == made || names.contains(name) else { return false }
      } else if Self.strangers.contains(letters), count > 2 {
        return false
      }
    }
    return false
  }

  private static let references = UInt128(packing: "references")

  /// Words that bring another table in, or put something off to the commit, wherever they stand but at the
  /// statement's beginning.
  private static let strangers = Set(
    [
      "select", "table", "from", "as", "of", "like", "inherit", "inherits", "partition",
      "deferrable",
      "deferred", "execute",
    ].map { UInt128(packing: $0) })
}

extension StatementWords {
  /// The table of `CREATE INDEX`; `nil` for another statement.
  fileprivate mutating func tableOfIndex() -> CatalogName? {
    guard take("create") else { return nil }
    _ = take("unique")
    guard take("index") else { return nil }
    if !begins(with: "on"), name() == nil { return nil }
    return take("on") ? name() : nil
  }
}
