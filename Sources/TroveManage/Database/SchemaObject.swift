/// An object of a database's schema, as the catalog describes it.
public struct SchemaObject: Hashable, Sendable {
  /// What it is called.
  public let name: ObjectName
  /// What it is made of, in an order that depends on nothing else; constraints, indexes and rules belong
  /// to their table.
  public let parts: [Part]

  /// One fact about an object.
  public struct Part: Hashable, Sendable {
    /// What it is, such as `column`, `primary key`, `foreign key`, `index` or `definition`.
    public let kind: String
    /// What tells it from others of its kind; empty where there is one.
    public let name: String
    /// What it says, in the engine's words.
    public let text: String

    /// A fact.
    public init(kind: String, name: String = "", text: String) {
      self.kind = kind
      self.name = name
      self.text = text
    }
  }

  /// An object made of its parts, in whatever order.
  public init(name: ObjectName, parts: [Part]) {
    self.name = name
    self.parts = parts.sorted()
  }
}

extension SchemaObject.Part: Comparable {
  /// Columns come first, then keys and other constraints, then the rest by the alphabet.
  public static func < (one: Self, other: Self) -> Bool {
    (one.rank, one.kind, one.name, one.text) < (other.rank, other.kind, other.name, other.text)
  }

  private static let ranks = [
    "column", "primary key", "unique", "foreign key", "check", "exclude", "index",
  ]

  private var rank: Int { Self.ranks.firstIndex(of: kind) ?? Self.ranks.count }
}

/// The name of a schema's object, as the catalog has it.
public struct ObjectName: Hashable, Sendable {
  /// A kind of object that has an owner of its own.
  public enum Kind: String, CaseIterable, Sendable {
    case schema, table, view, sequence, type, function, trigger
    case materializedView = "materialized view"
  }

  /// What it is.
  public let kind: Kind
  /// The schema that it is in; `main` on SQLite, empty for a schema itself.
  public let schema: String
  /// The table that a trigger is on; `nil` for everything else.
  public let table: String?
  /// The name in the schema; a function's with the types of its arguments in parentheses.
  public let name: String

  /// A name made of its parts.
  public init(_ kind: Kind, schema: String, table: String? = nil, name: String) {
    self.kind = kind
    self.schema = schema
    self.table = table
    self.name = name
  }

  /// The name of the table that a trigger is on.
  public var tableName: ObjectName? {
    table.map { ObjectName(.table, schema: schema, name: $0) }
  }
}

extension ObjectName: Comparable {
  /// Kinds come in the order in which they are declared, then schemas, tables and names by the alphabet.
  public static func < (one: Self, other: Self) -> Bool {
    // One by one, since most names differ late or not at all, and are sorted by the thousand.
    if one.kind != other.kind { return one.kind.rank < other.kind.rank }
    if one.schema != other.schema { return one.schema < other.schema }
    if one.table != other.table { return (one.table ?? "") < (other.table ?? "") }
    return one.name < other.name
  }
}

extension ObjectName.Kind {
  fileprivate var rank: Int {
    switch self {
    case .schema: 0
    case .table: 1
    case .view: 2
    case .sequence: 3
    case .type: 4
    case .function: 5
    case .trigger: 6
    case .materializedView: 7
    }
  }
}

extension ObjectName: CustomStringConvertible {
  /// The name without quotes, with its schema unless that is the usual one.
  public var description: String {
    let usual = ["", "main", "public"].contains(schema)
    let whole = table.map { "\(name) of \($0)" } ?? name
    return usual ? whole : "\(schema).\(whole)"
  }
}
