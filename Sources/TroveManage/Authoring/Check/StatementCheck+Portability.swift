extension StatementCheck {
  /// Looks for what the script's engine does not know: often a script is for both, and only one was tried.
  mutating func checkPortability() {
    let foreign =
      switch dialect {
      case .sqlite: foreignToSQLite
      case .postgresql: foreignToPostgres
      }
    guard let (what, token) = foreign else { return }
    let engine = dialect.engineName
    let isCommon =
      (try? ScriptName(Path(script.path).name))?.kind == .sql(.anyDialect, script.operation)
    note(
      .otherEnginesSyntax, "\(engine) has no \(what)", at: token,
      hint: isCommon ? nil : "write it as \(engine) does")
  }

  /// The columns that the statement defines.
  private var columns: [ColumnDefinition] {
    let added: [ColumnDefinition] = (subject.alteration?.actions ?? []).compactMap { action, _ in
      if case .addColumn(let column, _) = action { column } else { nil }
    }
    return (subject.creation?.columns ?? []) + added
  }

  /// The first function of `names` that is called.
  private func call(of names: Set<String>) -> StatementToken? {
    zip(subject.tokens, subject.tokens.dropFirst()).first { token, next in
      token.kind == .word && next.isWord("(") && names.contains(token.text)
    }?.0
  }

  private var foreignToPostgres: (String, StatementToken?)? {
    let tokens = subject.tokens
    if subject.begins(with: "pragma") { return ("PRAGMA", nil) }
    if subject.begins(with: "replace", "into") { return ("REPLACE INTO", nil) }
    if subject.begins(with: "insert", "or") || subject.begins(with: "update", "or") {
      return ("INSERT OR … and UPDATE OR …", tokens[1])
    }
    if subject.begins(with: "attach") || subject.begins(with: "detach") {
      return (tokens[0].text.uppercased(), nil)
    }
    if let token = tokens.first(where: { $0.isWord("`") }) { return ("names in backquotes", token) }
    let words: Set = ["autoincrement", "auto_increment"]
    if !columns.isEmpty,
      let token = tokens.first(where: { $0.kind == .word && words.contains($0.text) })
    {
      return (token.text.uppercased(), token)
    }
    let types: Set = [
      "datetime", "tinyint", "mediumint", "blob", "clob", "longtext", "mediumtext", "tinytext",
      "nvarchar", "longblob", "double",
    ]
    for column in columns where types.contains(column.type) {
      let isDouble = column.type == "double"
      guard !isDouble || column.rest.dropFirst().first?.isWord("precision") != true else {
        continue
      }
      return ("type \(column.type.uppercased())", column.rest.first)
    }
    if subject.creation != nil, subject.has("without", "rowid") { return ("WITHOUT ROWID", nil) }
    let functions: Set = [
      "ifnull", "strftime", "julianday", "group_concat", "last_insert_rowid", "randomblob",
      "datetime", "unixepoch", "iif", "printf", "instr", "hex", "total_changes", "changes",
    ]
    return call(of: functions).map { ("function \($0.text)()", $0) }
  }

  private var foreignToSQLite: (String, StatementToken?)? {
    let tokens = subject.tokens
    let statements: Set = [
      "set", "do", "grant", "revoke", "comment", "truncate", "lock", "copy", "call", "refresh",
      "cluster", "listen", "notify", "merge", "discard", "reset", "execute", "security", "import",
    ]
    if let first = tokens.first, statements.contains(first.text) {
      return (first.text.uppercased(), nil)
    }
    if let kind = foreignKind { return (kind, nil) }
    if let index = tokens.indices.dropLast().first(where: {
      tokens[$0].isWord(":") && tokens[$0 + 1].isWord(":")
    }) {
      return ("casts with ::", tokens[index])
    }
    for column in columns where column.isSerial || column.isIdentity {
      return (
        "columns that number rows by \(column.isSerial ? column.type.uppercased() : "IDENTITY")",
        column.rest.first
      )
    }
    if subject.begins(with: "drop"), let last = tokens.last,
      ["cascade", "restrict"].contains(last.text)
    {
      return ("DROP … \(last.text.uppercased())", last)
    }
    if let token = tokens.first(where: { $0.isWord("ilike") }) { return ("ILIKE", token) }
    let functions: Set = [
      "now", "gen_random_uuid", "nextval", "setval", "currval", "to_char", "to_timestamp",
      "string_agg", "array_agg", "set_config", "current_setting", "regexp_replace", "date_trunc",
      "left", "right", "greatest", "least", "split_part",
    ]
    return call(of: functions).map { ("function \($0.text)()", $0) }
  }

  /// What PostgreSQL alone can make, change or drop.
  private var foreignKind: String? {
    var cursor = subject.cursor
    guard let verb = cursor.rest.first?.text,
      cursor.take("create") || cursor.take("alter") || cursor.take("drop")
    else { return nil }
    if verb == "create" {
      if cursor.take("or", "replace") { return "CREATE OR REPLACE" }
      if cursor.begins(with: "unlogged") { return "UNLOGGED tables" }
      _ = cursor.take("unique")
    }
    if cursor.take("index") { return cursor.begins(with: "concurrently") ? "CONCURRENTLY" : nil }
    let kinds: Set = [
      "extension", "type", "function", "procedure", "schema", "sequence", "domain", "role", "user",
      "group", "database", "tablespace", "materialized", "rule", "policy", "aggregate", "operator",
      "language", "server", "foreign", "publication", "subscription", "statistics", "cast",
      "collation", "conversion", "event", "access", "owned", "default", "system",
    ]
    guard let kind = cursor.rest.first, kind.kind == .word, kinds.contains(kind.text) else {
      return nil
    }
    return "\(verb.uppercased()) \(kind.text.uppercased())"
  }
}
