/// A table of the live database, as a service works with it.
///
/// It belongs to its ``Engine``, and so to the thread of that.
public struct MappedTable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// What it holds, in the engine's words, in small letters; empty where SQLite was told nothing.
    public let type: String
    /// What it holds, in words that both engines share.
    public let family: TypeFamily
    /// Whether it may hold no value.
    public let nulls: TableShape.Nulls
    /// Whether it is part of the primary key.
    public let isKey: Bool

    /// Whether its times have offsets.
    var hasZone: Bool { type.hasPrefix("timestamptz") || type.contains("with time zone") }

    /// How many characters it holds; `nil` for any number.
    var limit: Int? {
      guard family == .text else { return nil }
      return Int(type.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" })
    }
  }

  /// Columns that refer to a table.
  public struct ForeignKey: Hashable, Sendable {
    /// The columns, in the key's order.
    public let columns: [String]
    /// The table that they refer to.
    public let table: String
    /// Its columns, in the same order.
    public let parentColumns: [String]
  }

  /// What a catalog says of a table.
  struct Definition: Hashable, Sendable {
    let name: ObjectName
    let columns: [Column]
    let primaryKey: [String]
    let foreignKeys: [ForeignKey]
  }

  /// Whose table it is: core's `repository_id`, the plugin's name, or nobody's known.
  public let owner: String?
  let definition: Definition
  let session: EngineSession

  /// What it is called.
  public var name: String { definition.name.description }
  /// The columns, in the table's order.
  public var columns: [Column] { definition.columns }
  /// The columns of the primary key, in its order.
  public var primaryKey: [String] { definition.primaryKey }
  /// The foreign keys, sorted by their columns.
  public var foreignKeys: [ForeignKey] { definition.foreignKeys }

  /// The column called `name`; `nil` when there is none.
  public func column(_ name: String) -> Column? { columns.first { $0.name == name } }

  /// The name with its schema, right in a statement.
  var sqlName: String {
    let dialect = session.dialect
    return
      "\(dialect.identifier(definition.name.schema)).\(dialect.identifier(definition.name.name))"
  }

  /// A column with its table, right in a statement.
  ///
  /// SQLite takes a name in double quotes that is no column's for a string, unless its table stands before it
  /// (quirks.html §8).
  func sqlName(of column: Column) -> String {
    let dialect = session.dialect
    return "\(dialect.identifier(definition.name.name)).\(dialect.identifier(column.name))"
  }

  /// The column called `name`.
  ///
  /// - Throws: ``ServiceError/noColumn(_:table:columns:)``.
  func requiredColumn(_ name: String) throws(ServiceError) -> Column {
    guard let column = column(name) else {
      throw .noColumn(name, table: self.name, columns: columns.map(\.name))
    }
    return column
  }
}

extension MappedTable.Definition {
  /// How it differs from `now`, a line each; empty when a service need not care: columns that were added are no
  /// difference, unless they must have a value.
  func changes(to now: Self) -> [String] {
    var lines: [String] = []
    for column in columns {
      guard let other = now.columns.first(where: { $0.name == column.name }) else {
        lines.append("the column \(column.name) is gone")
        continue
      }
      if other.type != column.type {
        lines.append("the column \(column.name) is \(other.words), was \(column.words)")
      } else if other.nulls != column.nulls {
        let words = other.nulls == .refused ? "must have a value now" : "may be NULL now"
        lines.append("the column \(column.name) \(words)")
      }
    }
    for column in now.columns where column.nulls == .refused {
      if !columns.contains(where: { $0.name == column.name }) {
        lines.append("the column \(column.name) is new and must have a value")
      }
    }
    if now.primaryKey != primaryKey {
      lines.append("the primary key is (\(now.primaryKey.joined(separator: ", ")))")
    }
    return lines
  }
}

extension MappedTable.Column {
  /// The type, for a person.
  fileprivate var words: String { type.isEmpty ? "of no type" : type }
}
