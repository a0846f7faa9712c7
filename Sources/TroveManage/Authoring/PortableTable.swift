/// A table in words that both engines share, so that what their scripts make can be compared.
///
/// Names are in small letters: PostgreSQL folds them, and to SQLite their case means nothing.
struct PortableTable: Sendable {
  /// A column.
  struct Column: Sendable {
    let name: String
    /// The type in the engine's words.
    let type: String
    let family: TypeFamily
    var nulls: TableShape.Nulls
    var standard: ColumnDefault
  }

  /// A foreign key.
  struct Reference: Hashable, Sendable {
    let columns: [String]
    let table: String
    /// Empty where that is the table's primary key, and the table is not there.
    var parents: [String]
    /// What happens on a change of the parent, sorted.
    let actions: [String]
  }

  private(set) var columns: [String: Column] = [:]
  private(set) var primaryKey: [String] = []
  /// The sets of columns that hold nothing twice, each sorted; without the primary key.
  private(set) var uniques: Set<[String]> = []
  private(set) var references: Set<Reference> = []

  /// What the catalog of `dialect` says of a table.
  ///
  /// - Returns: `nil` for what the other engine has nothing like, such as a virtual table or a partition, and
  ///   for what is not understood.
  init?(_ object: SchemaObject, on dialect: Dialect) {
    let isOneEnginesOwn = object.parts.contains { part in
      ["definition", "partition", "inherits"].contains(part.kind)
        || part.kind == "option" && ["virtual table", "foreign table"].contains(part.name)
    }
    guard object.name.kind == .table, ["main", "public"].contains(object.name.schema),
      !isOneEnginesOwn
    else { return nil }
    for part in object.parts where part.kind == "column" {
      guard let tokens = CatalogTokens(part.text)?.tokens else { return nil }
      let column = Self.column(part.name.lowercased(), tokens[...], on: dialect)
      columns[column.name] = column
    }
    for part in object.parts {
      do throws(TokenReader.Confusion) {
        try read(part)
      } catch {
        return nil
      }
    }
    uniques.remove(primaryKey.sorted())
    finish(dialect, object)
  }

  /// The tables among `objects`, by name, each with the columns that its foreign keys mean.
  static func tables(of objects: [SchemaObject], on dialect: Dialect) -> [String: Self] {
    var tables: [String: Self] = [:]
    for object in objects {
      if let table = Self(object, on: dialect) { tables[object.name.name.lowercased()] = table }
    }
    return tables.mapValues { table in
      var table = table
      table.references = Set(
        table.references.map { reference in
          var reference = reference
          if reference.parents.isEmpty {
            reference.parents = tables[reference.table]?.primaryKey ?? []
          }
          return reference
        })
      return table
    }
  }

  private typealias Tokens = ArraySlice<CatalogTokens.Token>

  private static let columnWords: Set<String> = ["NOT", "DEFAULT", "COLLATE", "GENERATED"]

  private static func column(_ name: String, _ tokens: Tokens, on dialect: Dialect) -> Column {
    let type = tokens.prefix { !($0.keyword.map(columnWords.contains) ?? false) }
    let rest = tokens[type.endIndex...]
    let head = rest.prefix { $0.keyword != "DEFAULT" && $0.keyword != "GENERATED" }
    let text = CatalogTokens.text(of: type, .anywhere).replacing(" (", with: "(")
    return Column(
      name: name, type: text, family: TypeFamily(text, on: dialect),
      nulls: head.contains { $0.keyword == "NOT" } ? .refused : .allowed,
      standard: ColumnDefault(rest[head.endIndex...]))
  }

  private mutating func read(_ part: SchemaObject.Part) throws(TokenReader.Confusion) {
    guard ["primary key", "unique", "foreign key", "index"].contains(part.kind) else { return }
    guard let tokens = CatalogTokens(part.text)?.tokens else { throw .init() }
    var reader = TokenReader(tokens[...])
    switch part.kind {
    case "primary key":
      _ = reader.take("PRIMARY", "KEY")
      primaryKey = try Self.names(&reader) ?? []
    case "unique":
      _ = reader.take("UNIQUE")
      if reader.take("NULLS") { while reader.peek != .symbol("(") { _ = try reader.take() } }
      if let names = try Self.names(&reader) { uniques.insert(names.sorted()) }
    case "index":
      guard reader.take("UNIQUE") else { return }
      if reader.take("USING") { _ = try reader.take() }
      // A condition or an expression has another language on each engine.
      if let names = try Self.names(&reader), reader.isEmpty { uniques.insert(names.sorted()) }
    default: references.insert(try Self.reference(&reader))
    }
  }

  /// The names in parentheses; `nil` when something else than columns is among them.
  private static func names(
    _ reader: inout TokenReader
  ) throws(TokenReader.Confusion) -> [String]? {
    let items = try reader.list()
    let names = items.compactMap { item in
      // The order in which an index has its rows does not matter.
      (item.last?.keyword == "DESC" ? item.dropLast() : item).only?.asName?.lowercased()
    }
    return names.count == items.count ? names : nil
  }

  private static func reference(
    _ reader: inout TokenReader
  ) throws(TokenReader.Confusion) -> Reference {
    _ = reader.take("FOREIGN", "KEY")
    guard let columns = try names(&reader), reader.take("REFERENCES") else { throw .init() }
    var table = try reader.name()
    if reader.take(symbol: ".") { table = try reader.name() }
    let parents = reader.peek == .symbol("(") ? try names(&reader) ?? [] : []
    var actions: [String] = []
    while !reader.isEmpty {
      guard reader.take("ON") else {
        _ = try reader.take()
        continue
      }
      let event = try reader.take().keyword ?? ""
      let word = try reader.take().keyword ?? ""
      let more = ["SET", "NO"].contains(word) ? " \(try reader.take().keyword ?? "")" : ""
      // The two differ in when they look, and that only where a check can wait.
      if word != "NO" { actions.append("ON \(event) \(word)\(more)") }
    }
    return Reference(
      columns: columns, table: table.lowercased(), parents: parents, actions: actions.sorted())
  }

  /// Takes in what a key says about its columns.
  private mutating func finish(_ dialect: Dialect, _ object: SchemaObject) {
    for name in primaryKey { columns[name]?.nulls = .refused }
    guard dialect == .sqlite, let name = primaryKey.only,
      columns[name]?.type.uppercased() == "INTEGER"
    else { return }
    let isCounting = object.parts.contains { $0.kind == "option" && $0.name == "AUTOINCREMENT" }
    columns[name]?.standard = isCounting ? .generated : .rowid
  }
}

extension Collection {
  /// The element, when there is one and no other.
  fileprivate var only: Element? { count == 1 ? first : nil }
}
