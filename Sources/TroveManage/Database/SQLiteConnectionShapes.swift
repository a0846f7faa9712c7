extension SQLiteConnection {
  /// What `PRAGMA table_xinfo` says of every table but those in which a virtual table keeps its rows.
  ///
  /// A virtual table whose module is not there has no columns.
  public func tableShapes() throws(DatabaseError) -> [TableShape] {
    let tables = try rows(
      """
      SELECT s.name, s.sql LIKE 'CREATE VIRTUAL%' FROM main.sqlite_schema AS s
      WHERE s.type = 'table' AND s.name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND NOT (
          EXISTS (SELECT 1 FROM main.sqlite_schema WHERE sql LIKE 'CREATE VIRTUAL%')
          AND s.name IN (
            SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'
          )
        )
      """)
    let plain = try rows(
      Self.columnQuery("sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"))
    var columns = Dictionary(grouping: plain) { $0[0].text ?? "" }
    for table in tables where table[1].integer == 1 {
      guard let name = table[0].text else { continue }
      columns[name] = try? rows(Self.columnQuery("name = \(dialect.literal(name))"))
    }
    return tables.compactMap { table in
      table[0].text.map { TableShape($0, columns[$0, default: []]) }
    }.sorted { $0.name < $1.name }
  }

  /// Table, column, type, whether NULL is refused, and the place in the primary key, of the tables that meet
  /// `condition`, in the tables' order.
  ///
  /// What is hidden of a virtual table is no column of its rows (pragma.html, "table_xinfo").
  private static func columnQuery(_ condition: String) -> String {
    """
    SELECT t.name, c.name, c.type, c."notnull", c.pk
    FROM (SELECT name FROM main.sqlite_schema WHERE type = 'table' AND \(condition)) AS t
    JOIN pragma_table_xinfo(t.name, 'main') AS c
    WHERE c.hidden <> 1 ORDER BY t.name, c.cid
    """
  }
}

extension TableShape {
  fileprivate init(_ name: String, _ rows: [Row]) {
    // An INTEGER PRIMARY KEY is the row's number, which is never NULL (lang_createtable.html §5).
    let key = rows.filter { $0[4].integer != 0 }.sorted {
      ($0[4].integer ?? 0) < ($1[4].integer ?? 0)
    }
    let isRowNumber = key.count == 1 && key[0][2].text?.uppercased() == "INTEGER"
    let columns = rows.map { row in
      let isRequired = row[3].integer != 0 || isRowNumber && row[4].integer != 0
      return Column(
        row[1].text ?? "", (row[2].text ?? "").lowercased(), nulls: isRequired ? .refused : .allowed
      )
    }
    self.init(
      ObjectName(.table, schema: "main", name: name), columns,
      primaryKey: key.compactMap { $0[1].text })
  }
}
