/// A column's type, as far as PostgreSQL can change it without a look at the rows.
struct ColumnType: Hashable {
  /// The name by which PostgreSQL knows it.
  let name: String
  /// The number in parentheses behind it.
  let length: Int?

  /// Reads a type at the beginning of `tokens`.
  init(_ tokens: ArraySlice<StatementToken>) {
    var cursor = StatementCursor(tokens)
    let isVarying = cursor.take("character", "varying") || cursor.take("varchar")
    name = isVarying ? "varchar" : cursor.name()?.text ?? ""
    let number = cursor.begins(with: "(") ? cursor.rest.dropFirst().first?.text : nil
    length = number.flatMap { Int($0) }
  }

  /// Reads what stands behind `ALTER COLUMN name`; `nil` when the type stays.
  init?(changing tokens: ArraySlice<StatementToken>) {
    var cursor = StatementCursor(tokens)
    guard cursor.take("type") || cursor.take("set", "data", "type") else { return nil }
    // An expression makes other values.
    guard cursor.rest.index(behind: "using") == nil else { return nil }
    self.init(cursor.rest)
  }

  /// Whether every value of it is one of `other` as it is ("ALTER TABLE", Notes: binary coercible, or a length
  /// that grows).
  func isWidened(by other: Self) -> Bool {
    guard name == "varchar" || name == "text" else { return false }
    switch other.name {
    case "text": return true
    case "varchar":
      guard let longer = other.length else { return true }
      return length.map { $0 <= longer } ?? false
    default: return false
    }
  }
}
