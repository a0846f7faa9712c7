extension CatalogTokens {
  /// How names are spelled in a normal text.
  struct Spelling {
    /// The columns that a word may mean, as they are declared, by their names in small letters.
    let columns: [String: String]
    /// Whether every other word stands in capitals: in a text about one table it can only be a key word,
    /// a function, a type or a collation, whose case does not matter.
    let capitals: Capitals

    /// Which words besides names stand in capitals.
    enum Capitals {
      case reservedWords
      case allWords
    }

    /// The spelling in a view or a trigger, where a word may be a name of any table.
    static let anywhere = Self(columns: [:], capitals: .reservedWords)

    /// The spelling in a text about one table with `columns`.
    static func table(_ columns: [String]) -> Self {
      let pairs = columns.map { ($0.lowercased(), $0) }
      return Self(columns: Dictionary(pairs) { first, _ in first }, capitals: .allWords)
    }

    /// The name as it is declared.
    func declared(_ name: String) -> String { columns[name.lowercased()] ?? name }
  }

  /// The text of `tokens` with one way to write blanks and quotes.
  static func text(of tokens: some Sequence<Token>, _ spelling: Spelling) -> String {
    var text = ""
    var last: Token?
    var wasSign = false
    for token in tokens {
      if let last, !wasSign, needsBlank(between: last, and: token) { text += " " }
      text += spelled(token, spelling)
      wasSign = (token == .symbol("-") || token == .symbol("+")) && !(last?.endsOperand ?? false)
      last = token
    }
    return text
  }

  /// The name, in quotes if it would be something else without them.
  static func spelled(name: String) -> String {
    Dialect.isPlainIdentifier(name) && !reservedWords.contains(name.uppercased())
      ? name : Dialect.sqlite.identifier(name)
  }

  private static func spelled(_ token: Token, _ spelling: Spelling) -> String {
    switch token {
    case .symbol(let text), .literal(let text): return text
    case .word(let word):
      if isReserved(word) { return word.uppercased() }
      if let column = spelling.columns[word.lowercased()] { return spelled(name: column) }
      return spelling.capitals == .allWords ? word.uppercased() : word
    case .name(let name):
      if let column = spelling.columns[name.lowercased()] { return spelled(name: column) }
      // In double quotes, what is no column of the table is a string (quirks.html §8).
      return spelling.capitals == .allWords ? Dialect.sqlite.identifier(name) : spelled(name: name)
    }
  }

  private static func needsBlank(between last: Token, and next: Token) -> Bool {
    switch (last, next) {
    case (_, .symbol(",")), (_, .symbol(")")), (_, .symbol(".")), (_, .symbol(";")): false
    case (.symbol("("), _), (.symbol("."), _): false
    case (.word(let word), .symbol("(")): isReserved(word)
    case (.name, .symbol("(")): false
    default: true
    }
  }

  fileprivate static func isReserved(_ word: String) -> Bool {
    reservedWords.contains(word.uppercased())
  }

  /// The key words that are never names without quotes (lang_keywords.html; `%fallback ID` of parse.y
  /// lists those that may be).
  private static let reservedWords: Set<String> = [
    "ADD", "ALL", "ALTER", "AND", "AS", "AUTOINCREMENT", "BETWEEN", "CASE", "CHECK", "COLLATE",
    "COMMIT", "CONSTRAINT", "CREATE", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP",
    "DEFAULT",
    "DEFERRABLE", "DELETE", "DISTINCT", "DROP", "ELSE", "ESCAPE", "EXISTS", "FOREIGN", "FROM",
    "GROUP", "HAVING", "IN", "INDEX", "INSERT", "INTO", "IS", "ISNULL", "JOIN", "LIMIT", "NOT",
    "NOTHING", "NOTNULL", "NULL", "ON", "OR", "ORDER", "PRIMARY", "REFERENCES", "RETURNING",
    "SELECT", "SET", "TABLE", "THEN", "TO", "TRANSACTION", "UNION", "UNIQUE", "UPDATE", "USING",
    "VALUES", "WHEN", "WHERE",
  ]
}

extension CatalogTokens.Token {
  /// Whether a sign behind the token is an operator between two operands.
  fileprivate var endsOperand: Bool {
    switch self {
    case .name, .literal: true
    case .word(let word): !CatalogTokens.isReserved(word)
    case .symbol(let text): text == ")"
    }
  }
}
