/// What the live database says of its tables, read in a few queries whatever their number.
struct EngineCatalog {
  private let shapes: [ObjectName: TableShape]
  private let foreignKeys: [ObjectName: [ForeignKeyReference]]
  private let schemas: [String]
  private let dialect: Dialect

  init(_ connection: any Connection) throws(DatabaseError) {
    dialect = connection.dialect
    shapes = Dictionary(try connection.tableShapes().map { ($0.name, $0) }) { first, _ in first }
    foreignKeys = Dictionary(grouping: try connection.foreignKeys(), by: \.child)
    schemas = try connection.searchPath()
  }

  /// The table that a bare name means; `nil` when there is none.
  func table(_ name: String) -> MappedTable.Definition? {
    for schema in schemas {
      let exact = ObjectName(.table, schema: schema, name: name)
      if let shape = shapes[exact] { return definition(shape) }
    }
    guard dialect == .sqlite else { return nil }
    // To SQLite the case of a name means nothing.
    return shapes.values.first { $0.name.name.lowercased() == name.lowercased() }.map(definition)
  }

  /// The table of that name; `nil` when there is none any more.
  func table(_ name: ObjectName) -> MappedTable.Definition? { shapes[name].map(definition) }

  private func definition(_ shape: TableShape) -> MappedTable.Definition {
    let columns = shape.columns.map { column in
      MappedTable.Column(
        name: column.name, type: column.type, family: TypeFamily(column.type, on: dialect),
        nulls: column.nulls, isKey: shape.primaryKey.contains(column.name))
    }
    let keys = foreignKeys[shape.name, default: []].map { key in
      let parents =
        key.parentColumns.isEmpty ? shapes[key.parent]?.primaryKey ?? [] : key.parentColumns
      return MappedTable.ForeignKey(
        columns: key.columns, table: key.parent.description, parentColumns: parents)
    }
    return MappedTable.Definition(
      name: shape.name, columns: columns, primaryKey: shape.primaryKey,
      foreignKeys: keys.sorted { ($0.columns.joined(), $0.table) < ($1.columns.joined(), $1.table) }
    )
  }
}
