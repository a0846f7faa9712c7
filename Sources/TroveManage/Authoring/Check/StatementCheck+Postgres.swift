extension StatementCheck {
  /// Looks for what makes others wait on PostgreSQL.
  mutating func checkPostgres() {
    checkIndexes()
    if let alteration = subject.alteration, isInUse(alteration.table) {
      for (action, tokens) in alteration.actions { check(action, tokens, of: alteration.table) }
    }
    checkMaintenance()
    checkCompany()
    checkRoles()
  }

  private mutating func checkIndexes() {
    if let index = subject.index, !index.isConcurrent, isInUse(index.table) {
      note(
        .indexLocksWrites,
        "nobody can write to \(index.table.text) until the index is built", at: subject.tokens.first
      )
    }
    if !subject.begins(with: "drop", "index", "concurrently") {
      for name in subject.dropped("index") {
        let table = trace.indexes[name.text]?.table
        guard !trace.newIndexes.contains(name.text), !(table.map(trace.newTables.contains) ?? false)
        else { continue }
        note(
          .dropIndexLocks,
          "everybody waits for the table of \(name.text) until its last reader is done",
          at: subject.tokens.first)
        break
      }
    }
    if subject.begins(with: "reindex"),
      !subject.tokens.contains(where: { $0.isWord("concurrently") })
    {
      note(.reindexLocks, "nobody can write to what REINDEX rebuilds")
    }
    var cursor = subject.cursor
    if cursor.take("refresh", "materialized", "view"), !cursor.take("concurrently"),
      let view = cursor.name(), isInUse(view)
    {
      note(.refreshLocks, "nobody can read \(view.text) until it is refreshed")
    }
  }

  private mutating func check(
    _ action: TableAlteration.Action, _ tokens: ArraySlice<StatementToken>,
    of table: StatementToken
  ) {
    let name = table.text
    switch action {
    case .alterColumn(let column, let change):
      var cursor = StatementCursor(change)
      let place = "\(name).\(column.text)"
      if cursor.take("set", "not", "null"), !trace.validated.contains(name) {
        note(.setNotNull, "all of \(name) is read while nobody can use it", at: tokens.first)
      } else if cursor.take("type") || cursor.take("set", "data", "type") {
        let type = ColumnType(changing: change)
        if let type, trace.isWidening(column.text, of: name, to: type) { return }
        note(
          .columnTypeChange,
          "\(place) gets another type: most such changes write all of \(name) anew",
          at: tokens.first)
      }
    case .addConstraint(let constraint): check(constraint, of: name, at: tokens.first)
    case .validate(let constraint) where trace.notValid.contains(constraint.text):
      note(
        .validatedAtOnce, "\(constraint.text) is validated by the version that adds it",
        at: tokens.first)
    default: checkOther(tokens, of: name)
    }
  }

  private mutating func check(
    _ constraint: ConstraintDefinition, of table: String, at token: StatementToken?
  ) {
    switch constraint.kind {
    case .foreignKey where !constraint.isNotValid:
      note(
        .foreignKeyValidates, "all of \(table) is looked up while nobody can write to it", at: token
      )
    case .check where !constraint.isNotValid:
      note(.checkValidates, "all of \(table) is read while nobody can use it", at: token)
    case .primaryKey where !constraint.usesIndex, .unique where !constraint.usesIndex, .exclude:
      note(
        .uniqueConstraintLocks, "an index is built while nobody can use \(table)", at: token,
        hint: constraint.kind == .exclude ? "do it in a maintenance window" : nil)
    default: break
    }
  }

  private mutating func checkOther(_ tokens: ArraySlice<StatementToken>, of table: String) {
    var cursor = StatementCursor(tokens)
    if cursor.take("set") {
      let words = ["logged", "unlogged", "tablespace", "access"]
      guard words.contains(where: { cursor.begins(with: $0) }) else { return }
      note(
        .rewritesTable, "all of \(table) is written anew while nobody can use it", at: tokens.first)
    } else if cursor.take("detach", "partition"),
      !tokens.contains(where: { $0.isWord("concurrently") })
    {
      note(.partitionLocks, "nobody can use \(table) until the partition is off", at: tokens.first)
    }
  }

  private mutating func checkMaintenance() {
    let isFull = subject.begins(with: "vacuum") && subject.tokens.contains { $0.isWord("full") }
    if isFull || subject.begins(with: "cluster") {
      note(.rewritesTable, "tables are written anew while nobody can use them")
    }
    if subject.begins(with: "lock") {
      note(.lockTable, "others wait for the table until the run ends")
    }
  }

  /// Looks at statements that should stand alone in their script.
  private mutating func checkCompany() {
    // Rows may be very many, and are not asked for their company.
    guard subject.statement.role != .ordinary else { return }
    let others = script.statements.indices.filter { $0 != index }.map { script.statements[$0] }
    switch subject.statement.role {
    case .lone(.setting): break
    case .lone:
      let ordinary = others.contains { other in
        switch other.role {
        case .setting, .lone: false
        default: true
        }
      }
      guard ordinary else { return }
      note(
        .loneStatementMixed,
        "no transaction can hold this, so that nothing of the script is rolled back when it fails")
    case .typeValue:
      var cursor = subject.cursor
      guard cursor.take("alter", "type"), let name = cursor.name(),
        !trace.newTypes.contains(name.text), others.contains(where: { $0.role == .ordinary })
      else { return }
      note(
        .typeValueMixed,
        "statements of the same transaction cannot use a value that is added to \(name.text)")
    default: break
    }
  }

  private mutating func checkRoles() {
    if subject.statement.reachesBeyondDatabase(dialect) {
      note(.beyondDatabase, "this is not about the database, but about its server")
    }
    let known: Set = ["public", "current_user", "session_user", "current_role", "group"]
    let tokens = subject.tokens
    let isGrant = subject.begins(with: "grant") || subject.begins(with: "revoke")
    for index in tokens.indices.dropLast() where tokens[index].depth == 0 {
      let isTarget =
        isGrant && (tokens[index].isWord("to") || tokens[index].isWord("from"))
        || index > 0 && tokens[index].isWord("to") && tokens[index - 1].isWord("owner")
        || tokens[index].isWord("authorization") && subject.begins(with: "create", "schema")
      let role = tokens[index + 1]
      guard isTarget, role.isName, !known.contains(role.text) else { continue }
      note(.hardCodedRole, "the role '\(role.text)' may have another name elsewhere", at: role)
    }
  }
}
