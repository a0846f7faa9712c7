/// A table as a picture shows it: its columns in their order, and what identifies a row.
public struct TableShape: Hashable, Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// What it is called.
    public let name: String
    /// What it holds, in the engine's words; empty where SQLite was told nothing.
    public let type: String
    /// Whether it may hold no value.
    public let nulls: Nulls

    /// A column.
    public init(_ name: String, _ type: String, nulls: Nulls = .allowed) {
      self.name = name
      self.type = type
      self.nulls = nulls
    }
  }

  /// Whether a column may hold no value.
  public enum Nulls: Sendable {
    case allowed
    case refused
  }

  /// What a table is to others.
  public enum Role: Sendable {
    /// A table by itself.
    case whole
    /// A part of another table, which has the same columns.
    case partition
  }

  /// What it is called.
  public let name: ObjectName
  /// What it is to others.
  public let role: Role
  /// The columns, in the table's order.
  public let columns: [Column]
  /// The columns of the primary key, in its order.
  public let primaryKey: [String]

  /// A table.
  public init(
    _ name: ObjectName, _ columns: [Column], primaryKey: [String] = [], role: Role = .whole
  ) {
    self.name = name
    self.role = role
    self.columns = columns
    self.primaryKey = primaryKey
  }
}
