extension StatementCheck {
  /// Looks at rows that are written.
  mutating func checkRows() {
    if subject.begins(with: "insert") || subject.begins(with: "replace") { checkInsert() }
    if subject.begins(with: "insert") || subject.begins(with: "create", "table"),
      subject.has("select", "*")
    {
      note(.selectStar, "SELECT * takes the columns as they come")
    }
    guard isUpgrade else { return }
    let table = subject.writtenTable
    let isOld = table.map(isInUse) ?? true
    let words = table?.text ?? "a table"
    if subject.begins(with: "truncate"), isOld {
      note(.truncate, "all rows of \(words) go, and nobody can use it meanwhile")
    }
    guard isOld, !subject.begins(with: "truncate") else { return }
    let kinds = StatementOutline(subject.statement.text.span, dialect: dialect).destructions
    if kinds.contains(.deleteAll) { note(.deleteWithoutWhere, "all rows of \(words) go") }
    if kinds.contains(.updateAll), !fillsNewColumns(of: table) {
      note(.updateWithoutWhere, "all rows of \(words) are written")
    }
  }

  private mutating func checkInsert() {
    var cursor = subject.cursor
    _ = cursor.take("insert") || cursor.take("replace")
    if cursor.take("or") { cursor = StatementCursor(cursor.rest.dropFirst()) }
    guard cursor.take("into"), let table = cursor.name() else { return }
    if cursor.take("as") { _ = cursor.name() }
    guard !cursor.begins(with: "default") else { return }
    let inside = cursor.rest.inParentheses.first
    let isQuery = inside.map { ["select", "values", "with"].contains($0.text) } ?? true
    guard !cursor.begins(with: "(") || isQuery else { return }
    note(
      .insertWithoutColumns, "the values go to the columns of \(table.text) as they come", at: table
    )
  }

  /// Whether `UPDATE` sets nothing but columns that this version has added.
  private func fillsNewColumns(of table: StatementToken?) -> Bool {
    guard let table, let added = trace.newColumns[table.text],
      let start = subject.tokens[...].index(behind: "set")
    else { return false }
    let assignments = subject.tokens[start...].prefix { token in
      token.depth > 0 || !["from", "returning"].contains(token.text)
    }
    return assignments.parts.allSatisfy { part in
      let names =
        part.first?.isWord("(") == true
        ? part.inParentheses.filter(\.isName) : Array(part.prefix(1))
      return !names.isEmpty && names.allSatisfy { added.contains($0.text) }
    }
  }
}
