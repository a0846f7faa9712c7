/// Rows whose parent is missing: how many there are of each key and each table that it stands in.
struct DanglingRows {
  /// A foreign key of a table, and what the row holds in its columns.
  struct Group: Hashable {
    let table: String
    let parent: String
    /// The number of the foreign key in `PRAGMA foreign_key_list`.
    let number: Int64
    /// Whether the table's rows have a rowid.
    let hasRowID: Bool
    /// The values as text, so that a rebuild that changes their type does not change them.
    let key: String
  }

  fileprivate var counts: [Group: Int] = [:]

  /// A group with more rows than `old` knows of its key, under whatever names of tables; `nil` when there
  /// is none.
  ///
  /// Row ids and names say nothing: a table that is rebuilt or renamed gets new ones.
  fileprivate func worst(since old: Self) -> Group? {
    let (now, before) = (countsByKey, old.countsByKey)
    let worse = counts.filter { now[$0.key.key, default: 0] > before[$0.key.key, default: 0] }
    let new = worse.filter { $0.value > old.counts[$0.key, default: 0] }
    return (new.isEmpty ? worse : new).keys.min { ($0.table, $0.key) < ($1.table, $1.key) }
  }

  private var countsByKey: [String: Int] {
    counts.reduce(into: [:]) { $0[$1.key.key, default: 0] += $1.value }
  }
}

extension DanglingRows.Group {
  /// Some group of the foreign key that a row of `PRAGMA foreign_key_check` names.
  fileprivate init(anyOf row: Row) {
    self.init(
      table: row[0].text ?? "", parent: row[2].text ?? "", number: row[3].integer ?? 0,
      hasRowID: row[1] != .null, key: "")
  }

  fileprivate func with(key: String) -> Self {
    Self(table: table, parent: parent, number: number, hasRowID: hasRowID, key: key)
  }
}

extension SQLiteConnection {
  /// Refuses rows whose parent is missing, but for those that dangled before.
  func refuseDanglingRows(besides old: DanglingRows) throws(DatabaseError) {
    let now = try danglingRows()
    guard let worst = now.worst(since: old) else { return }
    let foreignKey = try foreignKey(of: worst)
    let row = try rows(
      """
      \(foreignKey.selection(foreignKey.name)) AND \(foreignKey.key) = \(dialect.literal(worst.key))
      ORDER BY 1 DESC LIMIT 1
      """)
    let columns = foreignKey.columns.joined(separator: ", ")
    throw DatabaseError(
      .statement, code: "SQLITE_CONSTRAINT_FOREIGNKEY",
      message: """
        \(now.counts[worst, default: 0]) row(s) of \(worst.table) refer to rows of \
        \(worst.parent) that do not exist
        """,
      detail: row.first?.first?.text.map {
        "one of them is the row with \($0.cut(200)): \(columns) = \(worst.key.cut(200))"
      },
      hint: isOutside
        ? "rebuild a table in a version of its own, which is one transaction"
        : "delete or mend these rows in the script that leaves them behind",
      tables: [worst.table, worst.parent])
  }

  /// The rows whose parent is missing now.
  func danglingRows() throws(DatabaseError) -> DanglingRows {
    var dangling = DanglingRows()
    for any in Set(try foreignKeyCheck().map(DanglingRows.Group.init(anyOf:))) {
      let foreignKey = try foreignKey(of: any)
      let groups = try rows("\(foreignKey.selection("\(foreignKey.key), count(*)")) GROUP BY 1")
      for group in groups {
        dangling.counts[any.with(key: group[0].text ?? "")] = group[1].integer.map(Int.init)
      }
    }
    return dangling
  }

  /// The rows of `PRAGMA foreign_key_check`; a table whose foreign key has no fitting parent, which
  /// makes the whole of it fail, is left out.
  private func foreignKeyCheck() throws(DatabaseError) -> [Row] {
    do throws(DatabaseError) {
      return try rows("PRAGMA foreign_key_check")
    } catch {
      guard error.message.contains("foreign key mismatch") else { throw error }
    }
    var found: [Row] = []
    for table in try tableNames() {
      do throws(DatabaseError) {
        found += try rows("PRAGMA foreign_key_check(\(dialect.identifier(table)))")
      } catch {
        guard error.message.contains("foreign key mismatch") else { throw error }
      }
    }
    return found
  }

  /// What the catalog says about a foreign key.
  private func foreignKey(of group: DanglingRows.Group) throws(DatabaseError) -> ForeignKey {
    let parent = "pragma_table_info(\(dialect.literal(group.parent)), 'main')"
    let table = dialect.literal(group.table)
    let pairs = try rows(
      """
      SELECT f."from", CASE WHEN EXISTS (SELECT 1 FROM \(parent)) THEN coalesce(f."to", p.name) END
      FROM pragma_foreign_key_list(\(table), 'main') AS f
      LEFT JOIN \(parent) AS p ON p.pk = f.seq + 1
      WHERE f.id = \(group.number) ORDER BY f.seq
      """)
    let info = try rows("SELECT name, pk FROM pragma_table_info(\(table), 'main') ORDER BY pk")
    let names = Set(info.compactMap { $0[0].text?.lowercased() })
    return ForeignKey(
      number: group.number, table: group.table, parent: group.parent, dialect: dialect,
      columns: pairs.compactMap { $0[0].text }, parentColumns: pairs.compactMap { $0[1].text },
      rowID: group.hasRowID ? ["rowid", "_rowid_", "oid"].first { !names.contains($0) } : nil,
      primaryKey: info.filter { $0[1] != .integer(0) }.compactMap { $0[0].text })
  }
}

/// A foreign key, and how to find the rows that it refuses.
private struct ForeignKey {
  let number: Int64
  let table: String
  let parent: String
  let dialect: Dialect
  let columns: [String]
  let parentColumns: [String]
  /// What the row's number is called; `nil` for a table WITHOUT ROWID.
  let rowID: String?
  let primaryKey: [String]

  /// The values of its columns, as text.
  var key: String { joined(columns) }

  /// What a row is called by: its rowid or the values of its primary key.
  var name: String {
    if let rowID { return "'rowid ' || c.\(rowID)" }
    let label = primaryKey.joined(separator: ", ") + " = "
    return "\(dialect.literal(label)) || \(joined(primaryKey))"
  }

  /// The query for `expressions` of the refused rows, which ends in a condition.
  ///
  /// SQLite does not say which rows of a table WITHOUT ROWID it refuses (pragma.html,
  /// "foreign_key_check"): there they are looked for with a comparison of our own.
  func selection(_ expressions: String) -> String {
    let child = "main.\(dialect.identifier(table)) AS c"
    if let rowID {
      return """
        SELECT \(expressions) FROM pragma_foreign_key_check(\(dialect.literal(table)), 'main') AS f
        JOIN \(child) ON c.\(rowID) = f.rowid WHERE f.fkid = \(number)
        """
    }
    let present = columns.map { "c.\(dialect.identifier($0)) IS NOT NULL" }
    let equal = zip(columns, parentColumns).map {
      "p.\(dialect.identifier($1)) = c.\(dialect.identifier($0))"
    }
    let missing =
      equal.count < columns.count
      ? "TRUE"
      : """
      NOT EXISTS (SELECT 1 FROM main.\(dialect.identifier(parent)) AS p
        WHERE \(equal.joined(separator: " AND ")))
      """
    let condition = (present + [missing]).joined(separator: " AND ")
    return "SELECT \(expressions) FROM \(child) WHERE \(condition)"
  }

  private func joined(_ columns: [String]) -> String {
    let texts = columns.map { "coalesce(CAST(c.\(dialect.identifier($0)) AS TEXT), 'NULL')" }
    return texts.isEmpty ? "''" : texts.joined(separator: " || ', ' || ")
  }
}
