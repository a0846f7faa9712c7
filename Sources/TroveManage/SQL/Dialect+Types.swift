/// What a column of a type can hold, and how to ask a value what it is.
///
/// On PostgreSQL the type is the answer. On SQLite a type is a wish (datatype3.html §3): each value has
/// a class of its own.
extension Dialect {
  /// Whether a column of `type` numbers its rows, as far as the type tells.
  ///
  /// A key whose type is spelled otherwise is no rowid on SQLite (lang_createtable.html §5).
  func numbersRows(_ type: String) -> Bool {
    switch self {
    case .sqlite: type.uppercased() == "INTEGER"
    case .postgresql: type == "bigint"
    }
  }

  /// Whether integers can stand in a column of `type` and come back as integers.
  func holdsIntegers(_ type: String) -> Bool {
    switch self {
    case .sqlite: type.uppercased().contains("INT")
    case .postgresql: ["bigint", "integer"].contains(type)
    }
  }

  /// Whether texts can stand in a column of `type`.
  func holdsText(_ type: String) -> Bool {
    switch self {
    case .sqlite: ["CHAR", "CLOB", "TEXT"].contains { type.uppercased().contains($0) }
    case .postgresql: type == "text" || type.hasPrefix("character varying")
    }
  }

  /// Whether the value of `column`, which is made for them, is an integer.
  func isInteger(_ column: String) -> String {
    switch self {
    case .sqlite: "typeof(\(column)) = 'integer'"
    case .postgresql: "\(column) IS NOT NULL"
    }
  }

  /// Whether the value of `column`, which is made for them, is a text.
  func isText(_ column: String) -> String {
    switch self {
    case .sqlite: "typeof(\(column)) = 'text'"
    case .postgresql: "\(column) IS NOT NULL"
    }
  }

  /// The value of `column`, which is made for texts, as a literal.
  func shown(text column: String) -> String {
    switch self {
    case .sqlite: "quote(\(column))"
    case .postgresql: "pg_catalog.quote_nullable(\(column))"
    }
  }

  /// The value of `column`, which is made for integers, as a literal.
  func shown(integer column: String) -> String {
    switch self {
    case .sqlite: "quote(\(column))"
    case .postgresql: "coalesce(\(column)::text, 'NULL')"
    }
  }
}
