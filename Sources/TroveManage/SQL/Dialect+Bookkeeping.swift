/// What our own tables need and the engines spell differently.
extension Dialect {
  /// `text`, an id or a name that was checked when it was read, as a string literal.
  ///
  /// It holds no NUL; one that did would lose it.
  func literal(_ text: String) -> String {
    (try? quote(literal: text)) ?? literal(text.filter { $0 != "\0" })
  }

  /// `text`, a name of the catalog or one that was checked when it was read, as a quoted
  /// identifier.
  func identifier(_ text: String) -> String {
    (try? quote(identifier: text)) ?? identifier(text.filter { $0 != "\0" })
  }

  /// The columns of a key that numbers its rows by itself.
  var numberedKey: String {
    switch self {
    case .sqlite: "INTEGER PRIMARY KEY"
    case .postgresql: "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY"
    }
  }

  /// The query for one row of `value` and `text`; for none where the database's encoding may not have the
  /// characters of `text`.
  ///
  /// PostgreSQL turns a query into the database's encoding before it reads it (24.3.4 "Automatic Character
  /// Set Conversion"), so that a literal alone could fail; `OFFSET` keeps the planner from looking ahead.
  func rowIfStorable(_ value: String, text: String) -> String {
    guard self == .postgresql, !text.utf8.allSatisfy({ $0 < 0x80 }) else {
      return "VALUES (\(value), \(literal(text)))"
    }
    let digits = Array("0123456789abcdef")
    let hexadecimal = text.utf8.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return """
      SELECT \(value), pg_catalog.convert_from(bytes, 'UTF8')
      FROM (SELECT pg_catalog.decode('\(String(hexadecimal))', 'hex') AS bytes OFFSET 0) AS text
      WHERE pg_catalog.getdatabaseencoding() = 'UTF8'
      """
  }

  /// The type of a point in time with its offset from UTC.
  var timestampType: String {
    switch self {
    case .sqlite: "TEXT"
    case .postgresql: "TIMESTAMP WITH TIME ZONE"
    }
  }

  /// The time at which the expression is evaluated, also inside a transaction.
  var now: String {
    switch self {
    case .sqlite: "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"
    case .postgresql: "clock_timestamp()"
    }
  }

  /// The time in `column`, written by ``now``, as ISO 8601 in UTC.
  func shown(time column: String) -> String {
    switch self {
    case .sqlite: column
    case .postgresql:
      """
      pg_catalog.to_char(CAST(\(column) AS TIMESTAMP WITH TIME ZONE) AT TIME ZONE 'UTC', \
      'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')
      """
    }
  }

  /// Milliseconds since the server began to work on what was sent last, or since the last row of the journal
  /// `table` was written, whichever was later: many scripts may be sent together.
  ///
  /// SQLite has no such clock, but it runs on this machine, whose clock said `start` (ISO 8601,
  /// UTC).
  func milliseconds(since start: @autoclosure () -> String, orLastRowOf table: String) -> String {
    switch self {
    case .sqlite:
      "CAST(round((julianday('now') - julianday(\(literal(start())))) * 86400000) AS INTEGER)"
    case .postgresql:
      """
      round(greatest(0, extract(epoch FROM clock_timestamp() - greatest(statement_timestamp(),
        (SELECT finished_at FROM \(table) ORDER BY id DESC LIMIT 1)))) * 1000)
      """
    }
  }

  /// The change that lets a column hold 64-bit integers; `nil` where columns of its type already
  /// do.
  func widening(_ column: String, of table: String, from type: String) -> String? {
    guard self == .postgresql, type == "integer" || type == "smallint" else { return nil }
    return "ALTER TABLE \(table) ALTER COLUMN \(column) TYPE BIGINT"
  }
}
