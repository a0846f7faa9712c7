/// How a statement stands to the transaction that it would run in.
public enum TransactionRole: Hashable, Sendable {
  /// It happens with its transaction or not at all.
  case ordinary
  /// It changes nothing but the session; doing it twice is the same as doing it once.
  case setting
  /// It adds a value to a type, which cannot be used before the transaction is committed
  /// (PostgreSQL documentation, "ALTER TYPE").
  case typeValue
  /// The engine refuses it inside a transaction.
  case lone(LoneStatement)
  /// It would take from the run what undoes it, or what keeps others out.
  case harmful(ScriptError.Harm)

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
    case .create, .drop, .alter, .reindex, .vacuum, .cluster, .pragma, .set, .reset, .discard: true
    default: false
    }
  }

  // pragma.html says of each of these what happens inside a transaction.
  private static func sqlite(_ words: inout StatementWords) -> Self {
    if words.take("vacuum") { return .lone(.repeatable) }
    guard words.take("pragma") else { return .ordinary }
    guard let pragma = words.name()?.name.lowercased() else { return .setting }
    if pragma == "wal_checkpoint" { return .lone(.repeatable) }
    if pragma == "journal_mode", words.contains("off") || words.contains("memory") {
      return .harmful(.journal)
    }
    let refused = ["journal_mode", "synchronous", "temp_store"]
    return refused.contains(pragma) && !words.isEmpty ? .lone(.repeatable) : .setting
  }

  private static func postgresql(_ words: inout StatementWords) -> Self {
    if words.take("set") || words.take("reset") { return .setting }
    if words.take("alter", "type") {
      _ = words.name()
      return words.take("add", "value") ? .typeValue : .ordinary
    }
    if words.take("discard") { return words.take("all") ? .harmful(.lock) : .ordinary }
    return LoneStatement(&words).map { .lone($0) } ?? .ordinary
  }
}
