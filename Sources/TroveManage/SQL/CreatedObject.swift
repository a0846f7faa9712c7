/// What a statement makes that outlives the session: a table, or what a table leans on.
struct CreatedObject: Hashable, Sendable {
  /// A kind of object, in the order in which they can be dropped.
  enum Kind: String, CaseIterable, Sendable {
    case view = "VIEW"
    case materializedView = "MATERIALIZED VIEW"
    case table = "TABLE"
    case function = "FUNCTION"
    case procedure = "PROCEDURE"
    case sequence = "SEQUENCE"
    case domain = "DOMAIN"
    case type = "TYPE"
  }

  /// What it is.
  let kind: Kind
  /// The name as the catalog has it.
  let name: String
  /// The schema that the statement names; `nil` when it leaves that to the session.
  let schema: String?

  /// Reads `CREATE …`, or `ALTER TABLE … RENAME TO`; `nil` for any other statement and for what is
  /// temporary.
  init?(_ statement: ArraySlice<UInt8>, dialect: Dialect) {
    var words = StatementWords(statement.span, dialect: dialect)
    if words.take("alter") {
      guard words.take("table") else { return nil }
      while words.take("if") || words.take("exists") || words.take("only") {}
      guard let old = words.name(), words.take("rename"), words.take("to"), let new = words.name()
      else { return nil }
      self.init(.table, schema: old.schema, name: new.name, dialect: dialect)
    } else {
      guard words.take("create"), let kind = words.kind() else { return nil }
      while words.take("if") || words.take("not") || words.take("exists") {}
      guard let name = words.name() else { return nil }
      self.init(kind, schema: name.schema, name: name.name, dialect: dialect)
    }
  }

  private init?(_ kind: Kind, schema: String?, name: String, dialect: Dialect) {
    switch (dialect, schema?.lowercased()) {
    case (.sqlite, nil), (.sqlite, "main"): self.schema = nil
    // Another schema of SQLite's is the session's own, or an attached file.
    case (.sqlite, _), (.postgresql, "pg_temp"): return nil
    case (.postgresql, _): self.schema = schema
    }
    self.kind = kind
    self.name = name
  }

  /// Those of `objects`, in the order of their making, that have their last kind: what was a view once may
  /// be a table now.
  static func lasting(_ objects: [CreatedObject]) -> [CreatedObject] {
    var kinds: [String: CreatedObject] = [:]
    for object in objects { kinds["\(object.schema ?? "").\(object.name)"] = object }
    return Array(kinds.values)
  }

  /// The statement that drops all of `objects`, which are of one kind.
  ///
  /// What something else depends on stays, and the statement fails.
  static func drop(_ objects: [CreatedObject], dialect: Dialect) -> [String] {
    guard let kind = objects.first?.kind else { return [] }
    let names = Set(objects.map { $0.qualifiedName(dialect) }).sorted()
    switch dialect {
    case .sqlite: return names.map { "DROP \(kind.rawValue) IF EXISTS \($0)" }
    case .postgresql: return ["DROP \(kind.rawValue) IF EXISTS \(names.joined(separator: ", "))"]
    }
  }
}

extension CreatedObject {
  fileprivate func qualifiedName(_ dialect: Dialect) -> String {
    CatalogName(schema: dialect == .sqlite ? "main" : schema, name: name).quoted(dialect)
  }
}

extension StatementWords {
  /// Takes the words between CREATE and the name.
  fileprivate mutating func kind() -> CreatedObject.Kind? {
    while take("or") || take("replace") || take("unlogged") || take("foreign") || take("recursive")
      || take("global") || take("local") || take("virtual")
    {}
    if take("materialized") { return take("view") ? .materializedView : nil }
    return CreatedObject.Kind.allCases.first { take($0.rawValue.lowercased()) }
  }
}
