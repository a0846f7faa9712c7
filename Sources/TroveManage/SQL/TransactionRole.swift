/// How a statement stands to the transaction that it would run in.
public enum TransactionRole: Hashable, Sendable {
  /// It happens with its transaction or not at all.
  case ordinary
  /// It changes nothing but the session; doing it twice is the same as doing it once.
  case setting
  /// It is of use only to statements behind it in the same session or transaction.
  case bound(Bond)
  /// It adds a value to a type, which cannot be used before the transaction is committed
  /// (PostgreSQL documentation, "ALTER TYPE").
  case typeValue
  /// The engine refuses it inside a transaction.
  indirect case lone(LoneStatement)
  /// The engine refuses it inside a transaction when its table or index is partitioned.
  indirect case rebuild(CatalogName, LoneStatement)
  /// It would take from the run what undoes it, or what keeps others out.
  indirect case harmful(ScriptError.Harm)

  /// Whether the engine refuses the statement inside a transaction.
  public var isLone: Bool {
    if case .lone = self { true } else { false }
  }

  /// Reads `statement`, whose first word is `keyword`.
  init(of statement: Span<UInt8>, after keyword: Keyword, dialect: Dialect) {
    guard Self.mayBegin(with: keyword) else {
      self = .ordinary
      return
    }
    var words = StatementWords(statement, dialect: dialect)
    self =
      switch dialect {
      case .sqlite: Self.sqlite(&words)
      case .postgresql: Self.postgresql(&words)
      }
  }

  /// Whether a statement that begins with `keyword` is worth a closer look.
  private static func mayBegin(with keyword: Keyword) -> Bool {
    switch keyword {
    case .create, .drop, .alter, .reindex, .vacuum, .cluster, .pragma, .set, .reset, .discard,
      .select, .load, .declare, .lock, .savepoint, .release, .rollback, .prepare:
      true
    default: false
    }
  }

  // pragma.html says of each of these what happens inside a transaction.
  private static func sqlite(_ words: inout StatementWords) -> Self {
    if words.takesSavepoint() { return .bound(.transaction) }
    if words.makesTemporary() { return .bound(.session) }
    if words.take("vacuum") { return words.contains("into") ? .harmful(.copy) : .lone(.repeatable) }
    guard words.take("pragma"), let pragma = words.name()?.name.lowercased() else {
      return .ordinary
    }
    switch pragma {
    case "wal_checkpoint": return .lone(.repeatable)
    case "journal_mode":
      if words.contains("off") || words.contains("memory") { return .harmful(.journal) }
      return words.isEmpty ? .ordinary : .lone(.repeatable)
    case "synchronous": return words.isEmpty ? .ordinary : .lone(.setting)
    default: return sessionPragmas.contains(pragma) ? .setting : .ordinary
    }
  }

  /// The pragmas that change the session, or what the next `VACUUM` makes of the file; the others ask, or
  /// write into the file as a statement does.
  private static let sessionPragmas: Set<String> = [
    "analysis_limit", "auto_vacuum", "automatic_index", "busy_timeout", "cache_size", "cache_spill",
    "case_sensitive_like", "cell_size_check", "checkpoint_fullfsync", "defer_foreign_keys",
    "encoding", "foreign_keys", "fullfsync", "hard_heap_limit", "ignore_check_constraints",
    "journal_size_limit", "legacy_alter_table", "locking_mode", "max_page_count", "mmap_size",
    "page_size", "query_only", "read_uncommitted", "recursive_triggers",
    "reverse_unordered_selects", "secure_delete", "soft_heap_limit", "temp_store", "threads",
    "trusted_schema",
    "wal_autocheckpoint", "writable_schema",
  ]

  private static func postgresql(_ words: inout StatementWords) -> Self {
    if words.takesSavepoint() || words.take("lock") { return .bound(.transaction) }
    if words.makesTemporary() || words.take("prepare") || words.take("declare") {
      return .bound(.session)
    }
    if words.take("set") {
      let isLocal = ["local", "transaction", "constraints"].contains { words.begins(with: $0) }
      return isLocal ? .bound(.transaction) : .setting
    }
    if words.take("reset") || words.take("load") { return .setting }
    // What pg_dump writes instead of SET.
    if words.take("select") { return words.contains("set_config") ? .setting : .ordinary }
    if words.take("alter", "type") {
      _ = words.name()
      return words.take("add", "value") ? .typeValue : .ordinary
    }
    if words.take("discard") { return words.take("all") ? .harmful(.lock) : .ordinary }
    if words.take("reindex") { return Self.reindex(&words) }
    if words.take("cluster") {
      _ = words.options()
      _ = words.take("verbose")
      return words.name().map { .rebuild($0, .repeatable) } ?? .lone(.repeatable)
    }
    if words.begins(with: "create", "index", "concurrently", "on")
      || words.begins(with: "create", "unique", "index", "concurrently", "on")
    {
      return .harmful(.namelessIndex)
    }
    return LoneStatement(&words).map { .lone($0) } ?? .ordinary
  }

  private static func reindex(_ words: inout StatementWords) -> Self {
    var isConcurrent = words.options()?.contains("concurrently") == true
    let isIndex = words.take("index")
    guard isIndex || words.take("table") else { return .lone(.reindex(.everything)) }
    isConcurrent = words.take("concurrently") || isConcurrent
    guard let name = words.name() else { return .ordinary }
    let lone = LoneStatement.reindex(isIndex ? .index(name) : .table(name))
    return isConcurrent ? .lone(lone) : .rebuild(name, lone)
  }
}

/// What later statements need of one before them.
public enum Bond: Hashable, Sendable {
  /// A temporary table, a prepared statement, a cursor.
  case session
  /// A savepoint, a lock of a table, a setting for the rest of the transaction.
  case transaction
}

extension StatementWords {
  fileprivate mutating func takesSavepoint() -> Bool {
    take("savepoint") || take("release") || take("rollback")
  }

  /// Whether the statement makes something that goes with the session.
  fileprivate func makesTemporary() -> Bool {
    var words = self
    if words.take("select") {
      return words.contains("into") && (words.contains("temp") || words.contains("temporary"))
    }
    guard words.take("create") else { return false }
    while words.take("or") || words.take("replace") || words.take("local") || words.take("global") {
    }
    return words.take("temp") || words.take("temporary") || words.contains("pg_temp")
  }
}
