extension StatementCheck {
  /// Looks at names, and at what stands in the wrong quotes.
  mutating func checkNames() {
    checkReserved()
    let isDefinition = ["create", "alter", "comment"].contains(subject.tokens.first?.text ?? "")
    if isDefinition,
      let long = subject.tokens.first(where: { $0.isName && $0.text.utf8.count > 63 })
    {
      note(.longName, "the name '\(long.text.cut(80))' has \(long.text.utf8.count) bytes", at: long)
    }
    checkQuotes()
    if isDefinition { checkPasswords() }
    checkSwitches()
  }

  private mutating func checkReserved() {
    let own =
      [
        subject.creation?.name, subject.alteration?.table, subject.writtenTable,
        subject.index?.table,
      ]
      .compactMap(\.self) + subject.dropped("table") + subject.namesMade
    for name in own
    where name.text.hasPrefix("trove_migrate_") || name.text == config.versionTable?.lowercased() {
      note(.reservedTable, "\(name.text) belongs to the bookkeeping of runs", at: name)
      return
    }
    let made = subject.namesMade + [subject.index?.name].compactMap(\.self)
    for name in made where dialect == .sqlite && name.text.hasPrefix("sqlite_") {
      note(.reservedTable, "SQLite keeps names such as \(name.text) for itself", at: name)
    }
  }

  private mutating func checkQuotes() {
    let tokens = subject.tokens
    var valuesDepth: Int?
    for (index, token) in tokens.enumerated() {
      if token.isWord("values"), index + 1 < tokens.count, tokens[index + 1].isWord("(") {
        valuesDepth = token.depth
      } else if let depth = valuesDepth, token.depth == depth,
        ![",", "(", ")"].contains(token.text)
      {
        valuesDepth = nil
      }
      guard token.kind == .name, index > 0 else { continue }
      let before = tokens[index - 1]
      let isValue =
        valuesDepth.map { token.depth > $0 } == true && (before.isWord("(") || before.isWord(","))
        && !(index + 1 < tokens.count && tokens[index + 1].isWord("."))
      guard isValue || before.isWord("default") else { continue }
      note(.doubleQuotedText, "double quotes make this a name, not a text", at: token)
    }
  }

  private mutating func checkPasswords() {
    for (token, next) in zip(subject.tokens, subject.tokens.dropFirst())
    where token.isWord("password") && next.kind == .string {
      note(.passwordInScript, "a password stands in the script", at: token)
    }
  }

  private mutating func checkSwitches() {
    let tokens = subject.tokens
    let isRole =
      subject.begins(with: "set") && tokens.contains { $0.isWord("session_replication_role") }
    let isPragma =
      subject.begins(with: "pragma", "ignore_check_constraints")
      || subject.begins(with: "pragma", "writable_schema")
    let isOff = ["origin", "off", "0", "false", "local", "default"].contains(
      tokens.last { !$0.isWord(")") }?.text.filter { $0 != "'" } ?? "")
    if isRole && !isOff || isPragma && tokens.count > 2 && !isOff {
      note(.disablesChecks, "constraints no longer hold from here on")
    }
    guard let alteration = subject.alteration, isInUse(alteration.table) else { return }
    for (_, tokens) in alteration.actions {
      var cursor = StatementCursor(tokens)
      guard cursor.take("disable"), cursor.begins(with: "trigger") || cursor.begins(with: "rule")
      else { continue }
      note(
        .disablesChecks, "\(alteration.table.text) is written without its triggers",
        at: tokens.first)
    }
  }
}
