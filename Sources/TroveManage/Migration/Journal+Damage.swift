extension Journal {
  /// What a column holds.
  private enum Kind {
    /// The number that the engine gives each row.
    case key
    case number
    case text
    case time
  }

  private static let kinds: [(column: String, kind: Kind)] = [
    ("id", .key), ("run_id", .text), ("repository_id", .text), ("version_table", .text),
    ("operation", .text), ("from_version", .number), ("to_version", .number), ("script", .text),
    ("checksum", .text), ("statements", .number), ("finished_at", .time), ("duration_ms", .number),
    ("run_by", .text), ("program", .text),
  ]

  /// Checks that the columns are ours, as far as the catalog says.
  static func check(_ table: Table, dialect: Dialect) throws(JournalError) {
    guard table.exists else { return }
    let missing = table.missing(Set(kinds.map(\.column)))
    guard missing.isEmpty else {
      throw .missingColumns(table: table.qualifiedName, columns: missing)
    }
    for (column, kind) in kinds {
      let type = table.columnTypes[column, default: ""]
      let isOurs =
        switch kind {
        case .key: dialect.numbersRows(type)
        case .number: dialect.holdsIntegers(type)
        case .text: dialect.holdsText(type)
        case .time: dialect.holdsText(type) || type.hasPrefix("timestamp")
        }
      guard isOurs else {
        throw .wrongType(table: table.qualifiedName, column: column, type: type)
      }
    }
  }

  /// The query for rows that no run can have written, as ``damageKey``, what the first holds, its id and
  /// how many there are; `nil` while there is no table.
  ///
  /// Only what decides something is looked at, so that a long journal costs little.
  var damage: String? {
    guard table.exists else { return nil }
    let shown =
      ["operation", "repository_id"].map { dialect.shown(text: $0) }
      + ["from_version", "to_version"].map { dialect.shown(integer: $0) }
    let cut = shown.map { "substr(\($0), 1, 60)" }
    let text = "\(cut[0]) || ' of ' || \(cut[1]) || ' from ' || \(cut[2]) || ' to ' || \(cut[3])"
    let numbers = ["id", "from_version", "to_version"].map { dialect.isInteger($0) }
    let texts = ["repository_id", "version_table"].map { dialect.isText($0) }
    return """
      SELECT * FROM (
        SELECT '\(damageKey)', \(text), id, count(*) OVER (), NULL FROM \(table.qualifiedName)
        WHERE (\((numbers + texts).joined(separator: " AND ")) AND CASE operation
          WHEN 'upgrade' THEN from_version >= 0 AND to_version > from_version
          WHEN 'downgrade' THEN to_version >= 0 AND from_version > to_version
          WHEN 'stamp' THEN to_version >= 0 AND from_version = 0
          WHEN 'repeatable' THEN to_version >= 0 AND from_version = to_version
          WHEN 'before_sync' THEN to_version >= 0 AND from_version = to_version
          WHEN 'after_sync' THEN to_version >= 0 AND from_version = to_version
          WHEN 'drift' THEN to_version >= 0 AND from_version = to_version
          WHEN 'repair' THEN to_version > 0 AND from_version = to_version
          WHEN 'detach' THEN from_version >= 0 AND to_version = 0
          WHEN 'drop' THEN from_version >= 0 AND to_version = 0
        END) IS NOT TRUE
        ORDER BY id LIMIT 1
      ) AS damaged
      """
  }

  /// How the damaged row is told from version rows and jumps, whose first column is a quoted name or
  /// begins with `jump`.
  private var damageKey: String { "damaged" }

  /// Finds the damaged row among the rows of a query that ``damage`` is part of.
  func checkRows(_ rows: [Row]) throws(JournalError) {
    guard let row = rows.first(where: { $0[0].text == damageKey }) else { return }
    throw .damagedRow(
      table: table.qualifiedName, id: row[2], text: (row[1].text ?? "").cut(250),
      count: row[3].integer.map(Int.init) ?? 1)
  }
}
