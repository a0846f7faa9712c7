import TroveManage

/// A database's schema, and all its rows to the last bit.
struct DatabaseImage {
  private let schema: SchemaSnapshot
  /// The rows by table, in an order that depends on nothing but themselves.
  private let rows: [String: [String]]

  /// Reads everything behind `connection` but our side tables.
  init(of connection: any Connection) throws {
    schema = try SchemaSnapshot(of: connection)
    let tables = try connection.tableNames().filter {
      !$0.hasPrefix("trove_migrate_") && !$0.hasPrefix("sqlite_")
    }
    var rows: [String: [String]] = [:]
    for table in tables {
      rows[table] = try connection.rows("SELECT * FROM \"\(table)\"").map(Self.text).sorted()
    }
    rows["numbers to come"] = try connection.rows(Self.numbers(connection)).map(Self.text).sorted()
    self.rows = rows
  }

  /// What this database has and `other` has not (`+`), and the other way round (`-`).
  func difference(from other: Self) -> [String] {
    var lines = schema.difference(from: other.schema)
    for table in Set(rows.keys).union(other.rows.keys).sorted() {
      let (ours, theirs) = (rows[table, default: []], other.rows[table, default: []])
      for change in ours.difference(from: theirs) {
        switch change {
        case .insert(_, let row, _): lines.append("+ \(table): \(row)")
        case .remove(_, let row, _): lines.append("- \(table): \(row)")
        }
      }
    }
    return lines
  }

  /// The row in ASCII.
  ///
  /// Two strings are equal in Swift when they look the same; in a database they are not.
  private static func text(_ row: Row) -> String {
    row.description.unicodeScalars.map { $0.isASCII ? "\($0)" : "<\($0.value)>" }.joined()
  }

  /// The query for where sequences stand.
  private static func numbers(_ connection: any Connection) throws -> String {
    switch connection.dialect {
    case .sqlite:
      // The table is not there before somebody needs it.
      try connection.rows("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'").isEmpty
        ? "SELECT 1 WHERE 0"
        : "SELECT name, seq FROM sqlite_sequence WHERE name NOT LIKE 'trove\\_migrate\\_%' ESCAPE '\\'"
    case .postgresql:
      """
      SELECT sequencename::text, last_value::text FROM pg_sequences
      WHERE sequencename NOT LIKE 'trove\\_migrate\\_%'
      """
    }
  }
}

extension TestDatabase {
  /// Everything in it.
  func image() throws -> DatabaseImage {
    try DatabaseImage(of: connect())
  }
}
