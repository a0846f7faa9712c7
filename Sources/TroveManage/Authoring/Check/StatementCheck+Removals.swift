extension StatementCheck {
  /// Looks for what services of the last release still use.
  mutating func checkRemovals() {
    for table in subject.dropped("table")
    where isInUse(table) && !outlook.isRebuilt(table.text, behind: index) {
      note(.dropTable, "\(table.text) goes with all its rows", at: table)
    }
    if subject.begins(with: "drop"), subject.has("cascade") {
      note(.dropCascade, "CASCADE takes whatever depends on it")
    }
    guard let alteration = subject.alteration, isInUse(alteration.table) else { return }
    let table = alteration.table.text
    for (action, tokens) in alteration.actions {
      switch action {
      case .dropColumn(let column, _):
        if tokens.contains(where: { $0.isWord("cascade") }) {
          note(
            .dropCascade, "CASCADE takes whatever depends on \(table).\(column.text)", at: column)
        }
        guard trace.newColumns[table]?.contains(column.text) != true else { continue }
        note(.dropColumn, "\(table).\(column.text) goes with all its values", at: column)
      case .renameColumn(let column) where trace.newColumns[table]?.contains(column.text) != true:
        note(.renameColumn, "whoever uses \(table).\(column.text) fails from now on", at: column)
      case .renameTable(let name): checkRenaming(of: table, at: name)
      default: break
      }
    }
  }

  private mutating func checkRenaming(of table: String, at name: StatementToken) {
    if outlook.isRebuilt(table, behind: index) {
      guard dialect == .sqlite else { return }
      note(
        .renameBeforeRebuild,
        "foreign keys of other tables follow \(table) to \(name.text), and do not come back",
        at: name)
    } else {
      note(.renameTable, "whoever uses \(table) fails from now on", at: name)
    }
  }

  /// Looks at tables that are made.
  mutating func checkTables() {
    guard let creation = subject.creation, !creation.isTemporary else { return }
    let name = creation.name
    // What runs more than once has no version table to ask.
    if creation.hasIfNotExists, script.operation.isOfVersion {
      note(
        .tableIfNotExists,
        "a table \(name.text) that is there, of whatever shape, is taken for this one", at: name)
    }
    if creation.isWhole, !creation.hasPrimaryKey, !outlook.isKeyed(name.text) {
      note(.tableWithoutPrimaryKey, "\(name.text) has no primary key", at: name)
    }
    guard dialect == .postgresql else { return }
    for column in creation.columns { checkWidth(of: column) }
  }

  private mutating func checkWidth(of column: ColumnDefinition) {
    let isNarrow = ["serial", "serial4", "serial2", "smallserial"].contains(column.type)
    let isNarrowIdentity =
      column.isIdentity && ["int", "int4", "int2", "integer", "smallint"].contains(column.type)
    guard isNarrow || isNarrowIdentity else { return }
    note(
      .narrowKey, "the numbers of \(column.name.text) end at those of \(column.type.uppercased())",
      at: column.name)
  }
}
