/// What a `CREATE TABLE` of SQLite's catalog says, in a normal form: a constraint of one column looks like
/// the same one of the table.
///
/// Some of it stands nowhere else: the conditions of checks, the names of constraints, what happens on a
/// conflict, when a key is checked. `ALTER TABLE` changes the text with the table (lang_altertable.html §6).
struct SQLiteTableDefinition {
  typealias Part = SchemaObject.Part
  typealias Confusion = TokenReader.Confusion
  private typealias Tokens = ArraySlice<CatalogTokens.Token>

  /// The facts, in the order of the text.
  private(set) var parts: [Part] = []
  /// The columns, in the table's order.
  let columns: [String]

  private let spelling: CatalogTokens.Spelling

  /// Reads the text.
  init(_ text: CatalogTokens) throws(Confusion) {
    var reader = TokenReader(text.tokens[...])
    guard reader.take("CREATE", "TABLE") else { throw Confusion() }
    _ = try reader.name()
    let items = try reader.list()
    columns = items.filter { !Self.isConstraint($0) }.compactMap { $0.first?.asName }
    spelling = .table(columns)
    for item in items {
      var item = TokenReader(item)
      if Self.isConstraint(item.rest) {
        try readConstraints(&item, of: nil)
      } else {
        try readColumn(&item)
      }
    }
    parts += Self.options(reader.rest)
  }

  private static func isConstraint(_ item: Tokens) -> Bool {
    TokenReader(item).isNext(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"])
  }

  private static func options(_ tokens: Tokens) -> [Part] {
    TokenReader.items(of: tokens).filter { !$0.isEmpty }.map { option in
      Part(
        kind: "option", name: option.map { $0.keyword ?? "" }.joined(separator: " "), text: "")
    }
  }

  // MARK: - Columns

  /// What a column is, besides its keys and checks.
  private struct Column {
    let name: String
    var type = ""
    var collation: String?
    var notNull: String?
    var standard: String?
    var generation: String?

    var part: Part {
      let words = [type, collation, notNull, standard, generation].compactMap(\.self)
      return Part(
        kind: "column", name: name, text: words.filter { !$0.isEmpty }.joined(separator: " "))
    }
  }

  private static let columnWords: Set<String> = [
    "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES",
    "GENERATED", "AS",
  ]

  private mutating func readColumn(_ reader: inout TokenReader) throws(Confusion) {
    var column = Column(name: try reader.name())
    let type = reader.rest.prefix { !($0.keyword.map(Self.columnWords.contains) ?? false) }
    for _ in type { _ = try reader.take() }
    column.type = CatalogTokens.text(of: type, .table([])).replacing(" (", with: "(")
    try readConstraints(&reader, of: column)
  }

  /// Reads what may be said about a column alone.
  ///
  /// - Returns: the column with it; `nil` when something else is next.
  private func read(
    _ reader: inout TokenReader, into column: Column
  ) throws(Confusion) -> Column? {
    var column = column
    if reader.take("NOT", "NULL") {
      column.notNull = "NOT NULL\(try Self.conflict(&reader))"
    } else if reader.take("NULL") {
      _ = try Self.conflict(&reader)
    } else if reader.take("DEFAULT") {
      column.standard = "DEFAULT \(try standard(&reader))"
    } else if reader.take("COLLATE") {
      column.collation = "COLLATE \(try reader.name().uppercased())"
    } else if reader.take("GENERATED", "ALWAYS", "AS") || reader.take("AS") {
      let expression = CatalogTokens.text(of: try reader.parenthesized(), spelling)
      let isStored = reader.take("STORED")
      if !isStored { _ = reader.take("VIRTUAL") }
      column.generation =
        "GENERATED ALWAYS AS (\(expression)) \(isStored ? "STORED" : "VIRTUAL")"
    } else {
      return nil
    }
    return column
  }

  /// The value behind `DEFAULT`: a literal without parentheses, an expression in them.
  private func standard(_ reader: inout TokenReader) throws(Confusion) -> String {
    if reader.peek == .symbol("(") {
      let inside = try reader.parenthesized()
      let text = CatalogTokens.text(of: inside, spelling)
      let isSigned = inside.first == .symbol("-") || inside.first == .symbol("+")
      if case .literal = inside.last, inside.count == (isSigned ? 2 : 1) { return text }
      return "(\(text))"
    }
    let first = try reader.take()
    let isSign = first == .symbol("-") || first == .symbol("+")
    return CatalogTokens.text(of: isSign ? [first, try reader.take()] : [first], .table([]))
  }

  // MARK: - Constraints

  /// Reads constraints; SQLite wants no commas between them.
  private mutating func readConstraints(
    _ reader: inout TokenReader, of column: Column?
  ) throws(Confusion) {
    var column = column
    while !reader.isEmpty {
      let name = reader.take("CONSTRAINT") ? try reader.name() : ""
      // SQLite lets a name stand alone, and it then means nothing.
      if reader.isEmpty { break }
      if let known = column, let read = try read(&reader, into: known) {
        column = read
        continue
      }
      try readConstraint(&reader, called: name, of: column?.name)
    }
    if let column { parts.append(column.part) }
  }

  private mutating func readConstraint(
    _ reader: inout TokenReader, called name: String, of column: String?
  ) throws(Confusion) {
    if reader.take("PRIMARY", "KEY") {
      let key = try keyColumns(&reader, of: column)
      let conflict = try Self.conflict(&reader)
      if reader.take("AUTOINCREMENT") {
        parts.append(Part(kind: "option", name: "AUTOINCREMENT", text: ""))
      }
      parts.append(Part(kind: "primary key", name: name, text: key + conflict))
    } else if reader.take("UNIQUE") {
      let key = try keyColumns(&reader, of: column)
      parts.append(Part(kind: "unique", name: name, text: key + (try Self.conflict(&reader))))
    } else if reader.take("CHECK") {
      let condition = CatalogTokens.text(of: try reader.parenthesized(), spelling)
      _ = try Self.conflict(&reader)
      parts.append(Part(kind: "check", name: name, text: "(\(condition))"))
    } else if reader.take("FOREIGN", "KEY") {
      let columns = try names(&reader).map(spelling.declared)
      guard reader.take("REFERENCES") else { throw Confusion() }
      try readReference(&reader, called: name, from: columns)
    } else if let column, reader.take("REFERENCES") {
      try readReference(&reader, called: name, from: [column])
    } else if column != nil, try Self.skipDeferral(&reader) != nil {
      return
    } else {
      throw Confusion()
    }
  }

  /// The columns of a key; for that of a column, the column itself.
  private func keyColumns(
    _ reader: inout TokenReader, of column: String?
  ) throws(Confusion) -> String {
    guard let column else { return Self.keyText(try reader.list(), spelling) }
    let isDescending = reader.take("DESC")
    if !isDescending { _ = reader.take("ASC") }
    return "(\(CatalogTokens.spelled(name: column))\(isDescending ? " DESC" : ""))"
  }

  /// The columns and expressions of a key or an index, without what is the usual.
  static func keyText(
    _ items: [ArraySlice<CatalogTokens.Token>], _ spelling: CatalogTokens.Spelling
  ) -> String {
    let texts = items.map { item in
      let item = item.last?.keyword == "ASC" ? item.dropLast() : item
      // A string alone is taken for a name here.
      guard let first = item.first, let name = first.asName else {
        return CatalogTokens.text(of: item, spelling)
      }
      let isKey = item.count == 1 || ["COLLATE", "DESC"].contains(item.dropFirst().first?.keyword)
      guard isKey else { return CatalogTokens.text(of: item, spelling) }
      let rest = CatalogTokens.text(of: item.dropFirst(), .table([]))
      return CatalogTokens.spelled(name: spelling.declared(name)) + (rest.isEmpty ? "" : " \(rest)")
    }
    return "(\(texts.joined(separator: ", ")))"
  }

  private func names(_ reader: inout TokenReader) throws(Confusion) -> [String] {
    try reader.list().map { (item) throws(Confusion) in
      var item = TokenReader(item)
      return try item.name()
    }
  }

  private mutating func readReference(
    _ reader: inout TokenReader, called name: String, from columns: [String]
  ) throws(Confusion) {
    var text = "(\(columns.map(CatalogTokens.spelled(name:)).joined(separator: ", ")))"
    text += " REFERENCES \(CatalogTokens.spelled(name: try reader.name()))"
    if reader.peek == .symbol("(") {
      let parents = try names(&reader).map(CatalogTokens.spelled(name:))
      text += " (\(parents.joined(separator: ", ")))"
    }
    var actions: [String: String] = [:]
    while true {
      if reader.take("ON") {
        let event = try reader.take().keyword ?? ""
        actions[event] = try Self.action(&reader)
      } else if reader.take("MATCH") {
        actions["MATCH"] = try reader.name().uppercased()
      } else if let deferral = try Self.skipDeferral(&reader) {
        actions["DEFERRABLE"] = deferral
      } else {
        break
      }
    }
    for (event, words) in [("UPDATE", "ON UPDATE "), ("DELETE", "ON DELETE "), ("MATCH", "MATCH ")]
    {
      if let action = actions[event], action != "NO ACTION" { text += " \(words)\(action)" }
    }
    if actions["DEFERRABLE"] == "DEFERRED" { text += " DEFERRABLE INITIALLY DEFERRED" }
    parts.append(Part(kind: "foreign key", name: name, text: text))
  }

  private static func action(_ reader: inout TokenReader) throws(Confusion) -> String {
    if reader.take("SET", "NULL") { return "SET NULL" }
    if reader.take("SET", "DEFAULT") { return "SET DEFAULT" }
    if reader.take("NO", "ACTION") { return "NO ACTION" }
    guard let word = try reader.take().keyword else { throw Confusion() }
    return word
  }

  /// Takes `[NOT] DEFERRABLE [INITIALLY …]`.
  ///
  /// - Returns: `DEFERRED` when the key is checked at the end of a transaction, which is only so when all
  ///   three say so (foreignkeys.html §4.2); `nil` when nothing of the kind is next.
  private static func skipDeferral(_ reader: inout TokenReader) throws(Confusion) -> String? {
    let isDeferrable: Bool
    if reader.take("NOT", "DEFERRABLE") {
      isDeferrable = false
    } else if reader.take("DEFERRABLE") {
      isDeferrable = true
    } else {
      return nil
    }
    guard reader.take("INITIALLY") else { return "IMMEDIATE" }
    let time = try reader.take().keyword
    return isDeferrable && time == "DEFERRED" ? "DEFERRED" : "IMMEDIATE"
  }

  private static func conflict(_ reader: inout TokenReader) throws(Confusion) -> String {
    guard reader.take("ON", "CONFLICT") else { return "" }
    guard let way = try reader.take().keyword else { throw Confusion() }
    return way == "ABORT" ? "" : " ON CONFLICT \(way)"
  }
}
