import TroveManage

/// The schema of a database, as its catalog tells it.
///
/// Version tables and the tables that begin with `trove_migrate_` are left out.
struct SchemaSnapshot: Equatable {
  /// One fact about one table, or about an object that belongs to none.
  struct Line: Hashable, CustomStringConvertible {
    let object: String
    let kind: Kind
    var text: String

    var description: String { "\(object): \(kind.rawValue) \(text)" }
  }

  /// What a line tells.
  enum Kind: String {
    /// The name, type, nullability and default of a column.
    case column
    /// The names of all columns, in order.
    case order = "columns in order"
    case primaryKey = "primary key"
    case unique
    case foreignKey = "foreign key"
    case check
    /// A constraint with its name.
    case constraint
    case index
    case trigger
    case function
    /// A view, a sequence, a type.
    case other
    /// What SQLite keeps nowhere but in the text of `CREATE TABLE`.
    case words
  }

  let lines: Set<Line>

  /// Asks the catalog of the database behind `connection`.
  init(of connection: any Connection) throws {
    switch connection.dialect {
    case .sqlite: self.init(try Self.sqliteLines(connection))
    case .postgresql: self.init(try Self.postgresLines(connection))
    }
  }

  /// A schema of `lines`; a line that comes twice is no less than that.
  init(_ lines: [Line]) {
    var all: Set<Line> = []
    for var line in lines {
      while !all.insert(line).inserted { line.text += " again" }
    }
    self.lines = all
  }

  /// What this schema has and `other` has not (`+`), and the other way round (`-`).
  func difference(from other: Self) -> [String] {
    let more = lines.subtracting(other.lines).map { ("\($0)", "+ ") }
    let less = other.lines.subtracting(lines).map { ("\($0)", "- ") }
    return (more + less).sorted { $0 < $1 }.map { $0.1 + $0.0 }
  }

  /// The same without what is told about the order of the columns of `tables`.
  func withoutOrder(of tables: Set<String>) -> Self {
    Self(lines.filter { $0.kind != .order || !tables.contains($0.object) })
  }

  /// The tables whose columns come in another order than in `other`.
  func reordered(from other: Self) -> Set<String> {
    let changed = lines.subtracting(other.lines).filter { $0.kind == .order }
    return Set(
      changed.map(\.object).filter { table in columns(of: table) == other.columns(of: table) })
  }

  private func columns(of table: String) -> Set<Line> {
    lines.filter { $0.kind == .column && $0.object == table }
  }
}

extension SchemaSnapshot {
  /// The lines of a query for object, kind and text.
  static func lines(_ query: String, _ connection: any Connection) throws -> [Line] {
    try connection.rows(query).map { row in try Line(row) }
  }
}

extension SchemaSnapshot.Line {
  fileprivate init(_ row: Row) throws {
    guard let object = row[0].text, let kind = row[1].text.flatMap(SchemaSnapshot.Kind.init),
      let text = row[2].text
    else { throw UnreadableLine(row: row) }
    self.init(object: object, kind: kind, text: text)
  }

  private struct UnreadableLine: Error {
    let row: Row
  }
}

extension TestDatabase {
  /// The schema as it is now.
  func schema() throws -> SchemaSnapshot {
    try SchemaSnapshot(of: connect())
  }
}
