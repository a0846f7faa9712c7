/// What a statement takes away that no later one brings back: rows, or what holds them.
public enum Destruction: String, Hashable, Sendable, CaseIterable {
  case dropTable = "DROP TABLE"
  case dropColumn = "DROP COLUMN"
  case dropSchema = "DROP SCHEMA"
  case dropDatabase = "DROP DATABASE"
  case dropTablespace = "DROP TABLESPACE"
  case dropExtension = "DROP EXTENSION"
  case dropType = "DROP TYPE"
  case dropDomain = "DROP DOMAIN"
  case dropSequence = "DROP SEQUENCE"
  case dropMaterializedView = "DROP MATERIALIZED VIEW"
  case dropOwned = "DROP OWNED"
  /// Whatever else is dropped, with all that depends on it.
  case dropCascade = "DROP … CASCADE"
  case truncate = "TRUNCATE"
  case deleteAll = "DELETE without WHERE"
  case updateAll = "UPDATE without WHERE"
  /// Values are converted, and what does not fit is lost or ends the run.
  case alterColumnType = "ALTER COLUMN TYPE"
}

extension Script {
  /// The statements that take something away, in their order, with what each takes.
  ///
  /// What code does is not seen: neither that of a function or a trigger, nor that of `DO`.
  public var destructions: [(statement: Statement, kinds: [Destruction])] {
    pieces.flatMap { piece in
      piece.compactMap { statement in
        let kinds = StatementOutline(statement.text.span, dialect: dialect).destructions
        return kinds.isEmpty ? nil : (statement, kinds)
      }
    }
  }
}

extension StatementOutline {
  /// What the statement takes away, each kind once.
  var destructions: [Destruction] {
    let words = levels[0]
    let found: [Destruction] =
      switch words.first {
      case "drop": Self.removal(words).map { [$0] } ?? []
      case "truncate": [.truncate]
      case "alter": Self.alteration(words)
      case "delete", "update", "with", "insert", "select", "replace", "merge", "values", "table":
        levels.compactMap(Self.rows)
      default: []
      }
    return found.enumerated().filter { found.firstIndex(of: $1) == $0 }.map(\.element)
  }

  private static func removal(_ words: [String]) -> Destruction? {
    let kind = words.dropFirst().prefix(2)
    if kind.elementsEqual(["materialized", "view"]) { return .dropMaterializedView }
    if kind.elementsEqual(["foreign", "table"]) { return .dropTable }
    let named = Destruction(rawValue: "DROP \(kind.first?.uppercased() ?? "")")
    return named ?? (words.last == "cascade" ? .dropCascade : nil)
  }

  // A list of columns may hold words of the same name, so that one alone proves nothing.
  private static func rows(_ level: [String]) -> Destruction? {
    var words = level[...]
    if words.first == "with" {
      let verbs: Set = ["delete", "update", "insert", "select", "merge", "values", "replace"]
      words = words.drop { !verbs.contains($0) }
    }
    guard !words.contains("where") else { return nil }
    if words.prefix(2).elementsEqual(["delete", "from"]) { return .deleteAll }
    return words.first == "update" && words.contains("set") ? .updateAll : nil
  }

  private static func alteration(_ words: [String]) -> [Destruction] {
    var rest = words.dropFirst()
    if rest.first == "foreign" { rest = rest.dropFirst() }
    guard let kind = rest.popFirst(), ["table", "type"].contains(kind) else { return [] }
    rest = rest.drop { ["if", "exists", "only"].contains($0) }.dropFirst()
    while rest.first == "." { rest = rest.dropFirst(2) }
    if rest.first == "*" { rest = rest.dropFirst() }
    return rest.split(separator: ",").compactMap { action(Array($0)) }
  }

  private static func action(_ words: [String]) -> Destruction? {
    switch words.first {
    case "drop":
      let others: Set = ["constraint", "default", "not", "identity", "expression"]
      return words.count > 1 && !others.contains(words[1]) ? .dropColumn : nil
    case "alter":
      let isNamed = words.count > 1 && ["column", "attribute"].contains(words[1])
      let change = words.dropFirst(isNamed ? 3 : 2)
      let isType =
        change.first == "type" || change.prefix(3).elementsEqual(["set", "data", "type"])
      return isType ? .alterColumnType : nil
    default: return nil
    }
  }
}
