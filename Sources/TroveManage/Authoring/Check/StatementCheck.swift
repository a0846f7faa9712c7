/// The rules about single statements, applied to one of them.
///
/// What is dangerous to rows or to those who use them is of no concern in a table that the same version has
/// made; a downgrade takes things away by nature, so that only what would fail is looked for in it.
struct StatementCheck {
  let script: CheckedScript
  let subject: CheckedStatement
  /// What is known of the schema before the statement.
  let trace: SchemaTrace
  /// What later statements do.
  let outlook: ScriptOutlook
  /// Where in the script the statement stands, counted from 0.
  let index: Int
  /// What `migrate.cfg` says.
  let config: ConfigCheck
  /// What was found.
  private(set) var found: [Diagnostic] = []

  init(
    of subject: CheckedStatement, at index: Int, in script: CheckedScript,
    knowing trace: SchemaTrace, expecting outlook: ScriptOutlook, saying config: ConfigCheck
  ) {
    self.script = script
    self.subject = subject
    self.index = index
    self.trace = trace
    self.outlook = outlook
    self.config = config
    guard subject.tokens.first != nil else { return }
    checkPortability()
    checkNames()
    checkOwners()
    checkRows()
    checkColumns()
    switch script.dialect {
    case .sqlite: checkSQLite()
    case .postgresql: if isUpgrade { checkPostgres() }
    }
    if isUpgrade {
      checkRemovals()
      checkTables()
    }
  }

  var dialect: Dialect { script.dialect }
  var isUpgrade: Bool { script.operation != .downgrade }

  /// Whether the table holds rows that others may use.
  func isInUse(_ table: StatementToken) -> Bool { !trace.newTables.contains(table.text) }

  /// Notes what breaks `rule`, at a token or at the statement's beginning.
  mutating func note(
    _ rule: CheckRule, _ sentence: String, at token: StatementToken? = nil, hint: String? = nil
  ) {
    let location = subject.statement.location(ofByte: token?.offset ?? 0)
    found.append(Diagnostic(rule, at: location, sentence, hint: hint))
  }
}
