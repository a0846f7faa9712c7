/// The tokens of a definition, taken one by one.
struct TokenReader {
  typealias Token = CatalogTokens.Token

  /// What is not understood; the definition is then taken as it is.
  struct Confusion: Error {}

  private let tokens: ArraySlice<Token>
  private var next: Int

  init(_ tokens: ArraySlice<Token>) {
    self.tokens = tokens
    next = tokens.startIndex
  }

  /// Whether nothing is left.
  var isEmpty: Bool { next == tokens.endIndex }

  /// The next token, which stays.
  var peek: Token? { isEmpty ? nil : tokens[next] }

  /// What is left.
  var rest: ArraySlice<Token> { tokens[next...] }

  /// Takes the next token.
  mutating func take() throws(Confusion) -> Token {
    guard let token = peek else { throw Confusion() }
    next += 1
    return token
  }

  /// Takes the key words, if they are next in this order.
  mutating func take(_ keywords: String...) -> Bool {
    let ahead = tokens[next...].prefix(keywords.count)
    guard ahead.map(\.keyword) == keywords else { return false }
    next += keywords.count
    return true
  }

  /// Takes a symbol, if it is next.
  mutating func take(symbol: String) -> Bool {
    guard peek == .symbol(symbol) else { return false }
    next += 1
    return true
  }

  /// Whether one of the key words is next.
  func isNext(_ keywords: Set<String>) -> Bool {
    peek?.keyword.map(keywords.contains) ?? false
  }

  /// Takes a name, which may be spelled as a string.
  mutating func name() throws(Confusion) -> String {
    guard let name = try take().asName else { throw Confusion() }
    return name
  }

  /// Takes `( … )`.
  ///
  /// - Returns: what is inside.
  mutating func parenthesized() throws(Confusion) -> ArraySlice<Token> {
    guard take(symbol: "(") else { throw Confusion() }
    let start = next
    var depth = 1
    while depth > 0 {
      switch try take() {
      case .symbol("("): depth += 1
      case .symbol(")"): depth -= 1
      default: break
      }
    }
    return tokens[start..<(next - 1)]
  }

  /// Takes `( … )` with commas in between.
  mutating func list() throws(Confusion) -> [ArraySlice<Token>] {
    Self.items(of: try parenthesized())
  }

  /// What the commas that are in no parentheses part.
  static func items(of tokens: ArraySlice<Token>) -> [ArraySlice<Token>] {
    var depth = 0
    return tokens.split(omittingEmptySubsequences: false) { token in
      switch token {
      case .symbol("("): depth += 1
      case .symbol(")"): depth -= 1
      default: break
      }
      return depth == 0 && token == .symbol(",")
    }
  }
}
