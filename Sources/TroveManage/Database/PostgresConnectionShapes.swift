extension PostgresConnection {
  /// What `pg_attribute` says of the tables of the user's, but for those that extensions brought.
  ///
  /// Types have the short one of their names (8.1 "Numeric Types" and others list both), without the schema
  /// of a type that the `search_path` finds.
  public func tableShapes() throws(DatabaseError) -> [TableShape] {
    let rows = try rows(Self.shapeQuery)
    var shapes: [TableShape] = []
    var start = rows.startIndex
    while start < rows.endIndex {
      let end = rows[start...].firstIndex { $0[0] != rows[start][0] } ?? rows.endIndex
      shapes.append(TableShape(rows[start..<end]))
      start = end
    }
    return shapes.sorted { $0.name < $1.name }
  }

  /// A row for each column, and one for a table without any.
  private static let shapeQuery = """
    SELECT c.oid::bigint, n.nspname::text, c.relname::text, c.relispartition::int, a.attname::text,
      pg_catalog.format_type(a.atttypid, a.atttypmod), a.attnotnull::int,
      pg_catalog.array_position(k.conkey, a.attnum)::int
    FROM pg_catalog.pg_class AS c
    JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    LEFT JOIN pg_catalog.pg_attribute AS a
      ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_catalog.pg_constraint AS k ON k.conrelid = c.oid AND k.contype = 'p'
    WHERE c.relkind IN ('r', 'p', 'f') AND pg_catalog.left(n.nspname, 3) <> 'pg_'
      AND n.nspname <> 'information_schema'
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend AS e
        WHERE e.classid = 'pg_catalog.pg_class'::regclass AND e.objid = c.oid AND e.deptype = 'e'
      )
    ORDER BY c.oid, a.attnum
    """
}

extension TableShape {
  /// A table from its rows, of which there is at least one.
  fileprivate init(_ rows: ArraySlice<Row>) {
    let first = rows[rows.startIndex]
    let columns = rows.compactMap { row in
      row[4].text.map {
        Column(
          $0, (row[5].text ?? "").withShortTypeName,
          nulls: row[6].integer == 1 ? .refused : .allowed)
      }
    }
    let key = rows.filter { $0[7].integer != nil }.sorted {
      ($0[7].integer ?? 0) < ($1[7].integer ?? 0)
    }
    self.init(
      ObjectName(.table, schema: first[1].text ?? "", name: first[2].text ?? ""), columns,
      primaryKey: key.compactMap { $0[4].text }, role: first[3].integer == 1 ? .partition : .whole)
  }
}

extension String {
  /// A type by the short one of its names.
  fileprivate var withShortTypeName: String {
    if hasPrefix("character varying") { return "varchar" + dropFirst("character varying".count) }
    if hasPrefix("character(") { return "char" + dropFirst("character".count) }
    for name in ["timestamp", "time"] where hasPrefix(name) {
      // The precision stands between the words.
      if hasSuffix(" without time zone") || contains(" without time zone[") {
        return replacing(" without time zone", with: "")
      }
      if contains(" with time zone") {
        return "\(name)tz" + dropFirst(name.count).replacing(" with time zone", with: "")
      }
    }
    return self
  }
}
