extension SQLiteConnection {
  /// What the texts of `sqlite_schema` say: SQLite keeps a schema nowhere else.
  ///
  /// The tables in which a virtual table keeps its rows belong to it.
  public func schema(of names: [ObjectName]?) throws(DatabaseError) -> [SchemaObject] {
    if let names, names.isEmpty { return [] }
    let rows = try rows(Self.schemaQuery(names.map { $0.map { dialect.literal($0.name) } }))
    let wanted = names.map(Set.init)
    let indexes = Dictionary(grouping: rows.filter { $0[0].text == "index" }) { $0[1].text ?? "" }
    return rows.compactMap { row in
      guard let name = ObjectName(row), wanted?.contains(name) ?? true else { return nil }
      let text = row[3].text ?? ""
      let indexes = indexes[name.name, default: []].map { ($0[2].text ?? "", $0[3].text ?? "") }
      return SchemaObject(
        name: name, parts: SQLiteDefinition.parts(of: name.kind, text, indexes: indexes))
    }.sorted { $0.name < $1.name }
  }

  /// Kind, table, name and text of the objects, and of the indexes that have one: those without back a
  /// constraint.
  private static func schemaQuery(_ names: [String]?) -> String {
    let condition = names.map { names in
      let list = names.joined(separator: ", ")
      return "(s.name IN (\(list)) OR s.type = 'index' AND s.tbl_name IN (\(list)))"
    }
    return """
      SELECT s.type, s.tbl_name, s.name, s.sql FROM main.sqlite_schema AS s
      WHERE \(condition ?? "TRUE") AND s.sql IS NOT NULL AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND NOT (
          EXISTS (SELECT 1 FROM main.sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%')
          AND s.name IN (
            SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'
          )
        )
      """
  }
}

extension ObjectName {
  fileprivate init?(_ row: Row) {
    guard let table = row[1].text, let name = row[2].text else { return nil }
    switch row[0].text {
    case "table": self.init(.table, schema: "main", name: name)
    case "view": self.init(.view, schema: "main", name: name)
    case "trigger": self.init(.trigger, schema: "main", table: table, name: name)
    default: return nil
    }
  }
}
