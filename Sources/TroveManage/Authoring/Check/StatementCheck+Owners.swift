extension StatementCheck {
  /// Looks for tables that the repository does not make: misspelled ones, and those of others.
  mutating func checkOwners() {
    guard trace.knowsAll else { return }
    let mayBeAbsent = subject.tokens.prefix(5).contains { $0.isWord("exists") }
    var changed = [subject.alteration?.table, subject.writtenTable, subject.index?.table]
      .compactMap(\.self)
    changed += subject.dropped("table")
    let bookkeeping = config.versionTable?.lowercased()
    for table in changed where !mayBeAbsent && !trace.knows(table.text) {
      // That has a rule of its own.
      guard !table.text.hasPrefix("trove_migrate_"), table.text != bookkeeping else { continue }
      note(.unknownTable, "no script of this repository makes \(table.text)", at: table)
    }
    guard !config.requiresOthers, subject.creation != nil || subject.alteration != nil else {
      return
    }
    for position in subject.tokens.indices where subject.tokens[position].isWord("references") {
      var cursor = StatementCursor(subject.tokens[(position + 1)...])
      guard let table = cursor.name(), !trace.knows(table.text),
        table.text != subject.creation?.name.text
      else { continue }
      let words =
        "no script of this repository makes \(table.text), and migrate.cfg requires no other repository"
      note(.undeclaredRequirement, words, at: table)
    }
  }
}
