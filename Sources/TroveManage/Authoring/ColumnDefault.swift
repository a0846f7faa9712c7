/// What a column holds when a row says nothing about it, as far as the engines can be compared.
enum ColumnDefault: Hashable, Sendable {
  case none
  /// A number that the engine makes.
  case generated
  /// SQLite's `INTEGER PRIMARY KEY`, for which the engine makes a number whether that is wanted or not.
  case rowid
  /// A value without its quotes.
  case literal(String)
  /// The time of the statement, or of its transaction.
  case now
  /// What the row itself says.
  case computed
  /// Anything else, in the engine's words.
  case expression(String)

  /// What stands behind the type of a column in the catalog.
  init(_ tokens: ArraySlice<CatalogTokens.Token>) {
    let words = tokens.compactMap(\.keyword)
    if let start = tokens.firstIndex(where: { $0.keyword == "DEFAULT" }), words.first != "GENERATED"
    {
      self.init(value: tokens[(start + 1)...])
    } else if words.contains("IDENTITY") {
      self = .generated
    } else {
      self = words.contains("GENERATED") ? .computed : .none
    }
  }

  private init(value: ArraySlice<CatalogTokens.Token>) {
    let tokens = Self.bare(value)
    let words = Set(tokens.compactMap(\.keyword))
    if words.contains("NEXTVAL") {
      self = .generated
    } else if !words.isDisjoint(with: Self.clocks)
      || !words.isDisjoint(with: Self.clockFunctions) && tokens.contains(.literal("'now'"))
    {
      self = .now
    } else {
      self = Self.literal(tokens) ?? .expression(CatalogTokens.text(of: value, .anywhere))
    }
  }

  private static let clocks: Set<String> = [
    "NOW", "CURRENT_TIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIMESTAMP", "LOCALTIME",
    "STATEMENT_TIMESTAMP", "TRANSACTION_TIMESTAMP", "CLOCK_TIMESTAMP",
  ]

  private static let clockFunctions: Set<String> = ["DATETIME", "STRFTIME", "DATE", "TIME"]

  /// The value without parentheses around it and without a cast behind it.
  private static func bare(
    _ value: ArraySlice<CatalogTokens.Token>
  ) -> ArraySlice<CatalogTokens.Token> {
    var tokens = value
    while true {
      var reader = TokenReader(tokens)
      if let inside = try? reader.parenthesized() {
        if reader.isEmpty {
          tokens = inside
          continue
        }
        guard reader.take(symbol: ":") else { return tokens }
        tokens = inside
        continue
      }
      let cast = tokens.firstIndex(of: .symbol(":"))
      guard let cast, cast > tokens.startIndex, tokens[..<cast].count <= 2 else { return tokens }
      tokens = tokens[..<cast]
    }
  }

  private static func literal(_ tokens: ArraySlice<CatalogTokens.Token>) -> Self? {
    guard tokens.count <= 2, let first = tokens.first, let last = tokens.last else { return nil }
    if tokens.count == 2 {
      guard case .literal(let number) = last else { return nil }
      return switch first {
      case .symbol("-"): .literal("-\(number)")
      case .symbol("+"): .literal(number)
      default: nil
      }
    }
    switch first {
    case .literal(let text):
      if text.hasPrefix("X'") { return .literal("\\x" + text.dropFirst(2).dropLast().lowercased()) }
      return .literal(CatalogTokens.Token.literal(text).asName ?? text)
    case .name(let text): return .literal(text)
    case .word(let word) where word.uppercased() == "NULL": return ColumnDefault.none
    case .word(let word): return .literal(word.lowercased())
    case .symbol: return nil
    }
  }

  /// Whether a column of `family` gets the same by itself, here on SQLite and there on PostgreSQL.
  func isSame(onPostgreSQL other: Self, for family: TypeFamily) -> Bool {
    switch (self, other) {
    case (.rowid, .none), (.rowid, .generated), (.expression, .expression): true
    case (.literal(let one), .literal(let two)): Self.isSame(one, two, for: family)
    default: self == other
    }
  }

  private static func isSame(_ one: String, _ two: String, for family: TypeFamily) -> Bool {
    if one == two { return true }
    switch family {
    case .boolean:
      guard let one = truth(of: one), let two = truth(of: two) else { return false }
      return one == two
    case .integer, .float, .decimal:
      guard let one = Double(one), let two = Double(two) else { return false }
      return one == two
    default: return false
    }
  }

  private static func truth(of word: String) -> Bool? {
    switch word.lowercased() {
    case "1", "true", "t", "yes", "y", "on": true
    case "0", "false", "f", "no", "n", "off": false
    default: nil
    }
  }

  /// The default in words.
  var words: String {
    switch self {
    case .none: "none"
    case .generated, .rowid: "a number of the engine's"
    case .literal(let text): "'\(text)'"
    case .now: "the time"
    case .computed: "computed"
    case .expression(let text): text
    }
  }
}
