/// A foreign key, as far as it says who leans on whom.
public struct ForeignKeyReference: Hashable, Sendable {
  /// The table that it is in.
  public let child: ObjectName
  /// What it is called; `nil` where the engine does not say.
  public let name: String?
  /// The columns that refer to others, in its order.
  public let columns: [String]
  /// The table that they refer to, be it that there is none of that name.
  public let parent: ObjectName
  /// The columns that they refer to; empty where SQLite was told none, which means the primary key.
  public let parentColumns: [String]

  /// A foreign key.
  public init(
    child: ObjectName, name: String?, columns: [String], parent: ObjectName,
    parentColumns: [String] = []
  ) {
    self.child = child
    self.name = name
    self.columns = columns
    self.parent = parent
    self.parentColumns = parentColumns
  }
}

extension SQLiteConnection {
  /// What `PRAGMA foreign_key_list` says of every table; it has no names.
  public func foreignKeys() throws(DatabaseError) -> [ForeignKeyReference] {
    let rows = try rows(
      """
      SELECT t.name, f.id, f."from", coalesce(p.name, f."table"), f."to"
      FROM main.sqlite_schema AS t
      JOIN pragma_foreign_key_list(t.name, 'main') AS f
      LEFT JOIN main.sqlite_schema AS p
        ON p.type = 'table' AND p.name = f."table" COLLATE NOCASE
      WHERE t.type = 'table' ORDER BY t.name, f.id, f.seq
      """)
    return Dictionary(grouping: rows) { $0.prefix(2).map(\.self) }.values.compactMap { rows in
      guard let child = rows[0][0].text, let parent = rows[0][3].text else { return nil }
      return ForeignKeyReference(
        child: ObjectName(.table, schema: "main", name: child), name: nil,
        columns: rows.compactMap { $0[2].text },
        parent: ObjectName(.table, schema: "main", name: parent),
        parentColumns: rows.compactMap { $0[4].text })
    }.sorted { ($0.child, $0.columns.joined()) < ($1.child, $1.columns.joined()) }
  }
}

extension PostgresConnection {
  /// What `pg_constraint` lists, without the copies that partitions have.
  public func foreignKeys() throws(DatabaseError) -> [ForeignKeyReference] {
    let rows = try rows(
      """
      SELECT cn.nspname::text, c.relname::text, k.conname::text, a.attname::text, pn.nspname::text,
        p.relname::text, k.oid, b.attname::text
      FROM pg_catalog.pg_constraint AS k
      JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
      JOIN pg_catalog.pg_namespace AS cn ON cn.oid = c.relnamespace
      JOIN pg_catalog.pg_class AS p ON p.oid = k.confrelid
      JOIN pg_catalog.pg_namespace AS pn ON pn.oid = p.relnamespace
      CROSS JOIN unnest(k.conkey, k.confkey) WITH ORDINALITY AS n (number, parent_number, place)
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = k.conrelid AND a.attnum = n.number
      JOIN pg_catalog.pg_attribute AS b ON b.attrelid = k.confrelid AND b.attnum = n.parent_number
      WHERE k.contype = 'f' AND k.conparentid = 0
      ORDER BY 1, 2, 3, k.oid, n.place
      """)
    var keys: [ForeignKeyReference] = []
    var last: Value?
    for row in rows {
      let texts = row.prefix(6).map { $0.text ?? "" }
      let begun = last == row[6] ? keys.removeLast() : nil
      last = row[6]
      keys.append(
        ForeignKeyReference(
          child: ObjectName(.table, schema: texts[0], name: texts[1]), name: texts[2],
          columns: (begun?.columns ?? []) + [texts[3]],
          parent: ObjectName(.table, schema: texts[4], name: texts[5]),
          parentColumns: (begun?.parentColumns ?? []) + [row[7].text ?? ""]))
    }
    return keys
  }
}
