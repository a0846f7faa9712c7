/// What a column holds, in words that both engines share.
public enum TypeFamily: String, Hashable, Sendable {
  case integer, boolean, text, timestamp, date, time, bytes, float, decimal
  /// What only one of the engines knows, or no type at all.
  case other

  /// The family of `type`, in the words of the catalog of `dialect`.
  init(_ type: String, on dialect: Dialect) {
    switch dialect {
    case .sqlite: self = Self.sqlite(type.uppercased())
    case .postgresql: self = Self.postgresql(type.lowercased())
    }
  }

  /// What the name of a type says to a reader; SQLite itself makes less of it (datatype3.html §3.1).
  private static func sqlite(_ type: String) -> Self {
    let name = type.prefix { $0 != "(" && $0 != " " }
    switch name {
    case "DATE": return .date
    case "TIME": return .time
    default: break
    }
    let families: [(words: [String], family: Self)] = [
      (["BOOL"], .boolean), (["DATETIME", "TIMESTAMP"], .timestamp),
      (["INTERVAL", "POINT"], .other),
      (["INT", "SERIAL"], .integer), (["CHAR", "CLOB", "TEXT"], .text),
      (["BLOB", "BINARY", "BYTEA"], .bytes), (["REAL", "FLOA", "DOUB"], .float),
      (["DEC", "NUMERIC", "NUMBER"], .decimal),
    ]
    return families.first { $0.words.contains { type.contains($0) } }?.family ?? .other
  }

  private static func postgresql(_ type: String) -> Self {
    guard !type.hasSuffix("]") else { return .other }
    return switch type.prefix(while: { $0 != "(" && $0 != " " }) {
    case "smallint", "integer", "bigint": .integer
    case "boolean": .boolean
    case "character", "char", "varchar", "bpchar", "text", "citext", "name": .text
    case "timestamp", "timestamptz": .timestamp
    case "date": .date
    case "time", "timetz": .time
    case "bytea": .bytes
    case "real", "double": .float
    case "numeric": .decimal
    default: .other
    }
  }

  /// Whether a column of this family on SQLite can be meant to be one of `other` on PostgreSQL.
  ///
  /// SQLite keeps booleans as integers, and times and exact numbers as texts, whatever the type is called
  /// (datatype3.html §2).
  func isSame(onPostgreSQL other: Self) -> Bool {
    switch (self, other) {
    case (.other, _), (_, .other), (.integer, .boolean), (.text, .timestamp), (.text, .date),
      (.text, .time), (.text, .decimal):
      true
    default: self == other
    }
  }
}
