import TroveManage

/// A database's schema and rows.
struct DatabaseContents {
  /// A row as text by column; NULL is `nil`.
  typealias Record = [String: String?]

  let schema: SchemaSnapshot
  /// The columns of every table of the repositories.
  let columns: [String: [String]]
  /// All rows of every table of the repositories.
  let records: [String: Set<Record>]
  /// All rows of core's version table and of the journal.
  let bookkeeping: [String: [[String?]]]

  /// Reads everything behind `connection`.
  init(of connection: any Connection) throws {
    schema = try SchemaSnapshot(of: connection)
    let orders = schema.lines.filter { $0.kind == .order }
    columns = Dictionary(
      uniqueKeysWithValues: orders.map {
        ($0.object, $0.text.split(separator: ", ").map(String.init))
      })
    records = try Dictionary(
      uniqueKeysWithValues: columns.map { table, columns in
        let list = columns.map { "\"\($0)\"" }.joined(separator: ", ")
        let rows = try connection.rows("SELECT \(list) FROM \"\(table)\"")
        let records = rows.map { Dictionary(uniqueKeysWithValues: zip(columns, $0.map(\.plain))) }
        return (table, Set(records))
      })
    let own = ["migrate_version", "trove_migrate_journal"]
    let tables = try zip(own, connection.tables(named: own)).filter { $0.1.exists }
    bookkeeping = try Dictionary(
      uniqueKeysWithValues: tables.map { name, table in
        let rows = try connection.rows("SELECT * FROM \(table.qualifiedName) ORDER BY 1")
        return (name, rows.map { $0.map(\.plain) })
      })
  }

  /// How the rows differ from those of `other` in the columns that both have.
  ///
  /// For every table that differs: how many went (`-`) and came (`+`).
  func changes(from other: Self) -> [String] {
    records.compactMap { table, rows in
      let kept = Set(columns[table, default: []]).intersection(other.columns[table, default: []])
      guard !kept.isEmpty else { return nil }
      let new = Set(rows.map { $0.filter { kept.contains($0.key) } })
      let old = Set(other.records[table, default: []].map { $0.filter { kept.contains($0.key) } })
      let (less, more) = (old.subtracting(new).count, new.subtracting(old).count)
      return less + more == 0 ? nil : "\(table) -\(less) +\(more)"
    }.sorted()
  }
}
