extension StatementCheck {
  /// Looks for what SQLite cannot do, or does not do.
  mutating func checkSQLite() {
    if let alteration = subject.alteration { checkForm(of: alteration) }
    let isAsked = subject.tokens.count > 2
    if subject.begins(with: "pragma", "foreign_keys"), isAsked,
      !script.directives.contains(.noTransaction)
    {
      note(.pragmaWithoutEffect, "PRAGMA foreign_keys does nothing in a transaction")
    }
  }

  private mutating func checkForm(of alteration: TableAlteration) {
    let table = alteration.table
    if alteration.hasIfExistsOrOnly {
      note(.sqliteAlterTable, "SQLite has no ALTER TABLE with IF EXISTS or ONLY", at: table)
      return
    }
    if alteration.actions.count > 1 {
      note(
        .sqliteAlterTable, "SQLite takes one change per ALTER TABLE",
        at: alteration.actions[1].tokens.first,
        hint: "write a statement for each change")
    }
    for (action, tokens) in alteration.actions {
      let what: String
      switch action {
      case .addColumn(_, ifNotExists: false), .renameColumn, .renameTable: continue
      case .dropColumn(let column, ifExists: false):
        checkUse(of: column, in: table.text)
        guard let last = tokens.last, ["cascade", "restrict"].contains(last.text) else { continue }
        what = "no DROP COLUMN with \(last.text.uppercased())"
      case .addColumn: what = "no ADD COLUMN IF NOT EXISTS"
      case .dropColumn: what = "no DROP COLUMN IF EXISTS"
      case .addConstraint: what = "no ADD CONSTRAINT"
      case .alterColumn: what = "no ALTER COLUMN"
      case .validate: what = "no VALIDATE CONSTRAINT"
      case .other:
        let words = tokens.prefix(2).map { $0.text.uppercased() }.joined(separator: " ")
        what = "no ALTER TABLE … \(words)"
      }
      note(.sqliteAlterTable, "SQLite has \(what)", at: tokens.first)
    }
  }

  private mutating func checkUse(of column: StatementToken, in table: String) {
    let index = trace.indexes.sorted { $0.key < $1.key }
      .first { $0.value.table == table && $0.value.words.contains(column.text) }
    if let index {
      note(
        .sqliteDropUsedColumn,
        "SQLite cannot drop \(table).\(column.text): the index \(index.key) uses it",
        at: column)
    } else if trace.keyColumns[table]?.contains(column.text) == true {
      note(
        .sqliteDropUsedColumn,
        "SQLite cannot drop \(table).\(column.text): a key or a constraint of the table uses it",
        at: column)
    }
  }
}
