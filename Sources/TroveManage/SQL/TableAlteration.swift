/// `ALTER TABLE`, read from its text alone.
struct TableAlteration {
  /// One of the changes between commas.
  enum Action {
    /// A column is added; the flag tells `IF NOT EXISTS`.
    case addColumn(ColumnDefinition, ifNotExists: Bool)
    case addConstraint(ConstraintDefinition)
    case dropColumn(StatementToken, ifExists: Bool)
    /// A column is changed as the tokens say.
    case alterColumn(StatementToken, ArraySlice<StatementToken>)
    case renameColumn(StatementToken)
    case renameTable(to: StatementToken)
    case validate(StatementToken)
    case other
  }

  /// The table.
  let table: StatementToken
  /// Whether words of PostgreSQL stand before its name.
  let hasIfExistsOrOnly: Bool
  /// The changes, with their tokens.
  let actions: [(action: Action, tokens: ArraySlice<StatementToken>)]

  /// Reads a statement; `nil` for any other.
  init?(_ tokens: [StatementToken]) {
    var cursor = StatementCursor(tokens[...])
    guard cursor.take("alter") else { return nil }
    _ = cursor.take("foreign")
    guard cursor.take("table") else { return nil }
    let before = cursor.rest.count
    cursor.skip(["if", "exists", "only"])
    hasIfExistsOrOnly = cursor.rest.count < before
    guard let table = cursor.name() else { return nil }
    self.table = table
    _ = cursor.take("*")
    actions = cursor.rest.parts.map { (Action($0), $0) }
  }
}

extension TableAlteration.Action {
  fileprivate init(_ tokens: ArraySlice<StatementToken>) {
    var cursor = StatementCursor(tokens)
    self = .other
    if cursor.take("add") {
      if let constraint = ConstraintDefinition(cursor.rest) {
        self = .addConstraint(constraint)
        return
      }
      _ = cursor.take("column")
      let ifNotExists = cursor.take("if", "not", "exists")
      if let column = ColumnDefinition(cursor.rest) {
        self = .addColumn(column, ifNotExists: ifNotExists)
      }
    } else if cursor.take("drop") {
      guard !["constraint", "expression"].contains(where: { cursor.begins(with: $0) }) else {
        return
      }
      _ = cursor.take("column")
      let ifExists = cursor.take("if", "exists")
      if let name = cursor.name() { self = .dropColumn(name, ifExists: ifExists) }
    } else if cursor.take("rename") {
      self = Self.renaming(&cursor)
    } else if cursor.take("validate", "constraint") {
      if let name = cursor.name() { self = .validate(name) }
    } else if cursor.take("alter") {
      guard !cursor.take("constraint") else { return }
      _ = cursor.take("column")
      if let name = cursor.name() { self = .alterColumn(name, cursor.rest) }
    }
  }

  private static func renaming(_ cursor: inout StatementCursor) -> Self {
    if cursor.take("to") { return cursor.name().map { .renameTable(to: $0) } ?? .other }
    guard !cursor.take("constraint") else { return .other }
    _ = cursor.take("column")
    guard let name = cursor.name(), cursor.take("to") else { return .other }
    return .renameColumn(name)
  }
}
