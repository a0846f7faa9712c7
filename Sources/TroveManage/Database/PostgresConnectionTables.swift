/// The question what the catalog says about some tables.
struct PostgresTableLookup {
  /// The tables; without any, nothing is asked.
  var names: [String] = []

  /// Asks `pg_class` and `pg_attribute` about the tables that the `search_path` finds.
  var commands: [Command] {
    guard !names.isEmpty else { return [] }
    let list = names.map { "(\(Dialect.postgresql.literal($0)))" }.joined(separator: ", ")
    return [
      Command(
        """
        SELECT t.name, coalesce(n.nspname, current_schema()), a.attname,
          pg_catalog.format_type(a.atttypid, a.atttypmod)
        FROM (VALUES \(list)) AS t (name)
        LEFT JOIN pg_catalog.pg_class AS c
          ON c.oid = pg_catalog.to_regclass(pg_catalog.quote_ident(t.name))
        LEFT JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        LEFT JOIN pg_catalog.pg_attribute AS a
          ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        """)
    ]
  }

  /// The tables by name; one that is not found would be created in the first schema of the `search_path`
  /// that exists.
  func tables(
    from rows: [Row], _ dialect: Dialect
  ) throws(DatabaseError) -> [String: Table] {
    let columns = Dictionary(grouping: rows) { $0[0].text ?? "" }
    var tables: [String: Table] = [:]
    for name in names {
      let columns = columns[name, default: []]
      guard let schema = columns.first?[1].text else { throw .noSchema }
      tables[name] = Table(
        qualifiedName: "\(dialect.identifier(schema)).\(dialect.identifier(name))",
        columnTypes: Table.types(columns.map { ($0[2], $0[3]) }))
    }
    return tables
  }
}

extension PostgresConnection {
  /// What the catalog says about the tables.
  ///
  /// What was asked before rides along where it is likely to be asked again: a transaction begins and
  /// ends with it. The answer counts until the next statement.
  public func tables(named names: [String]) throws(DatabaseError) -> [Table] {
    if let known = knownTables {
      let found = names.compactMap { known[$0] }
      if found.count == names.count { return found }
    }
    let lookup = PostgresTableLookup(names: names)
    let rows = try rows(lookup.commands)
    let tables = try lookup.tables(from: rows, dialect)
    tableLookup = lookup
    note(tables)
    return names.compactMap { tables[$0] }
  }

  /// The tables that `pg_tables` lists in the schemas of the `search_path`.
  public func tableNames() throws(DatabaseError) -> [String] {
    try rows(
      """
      SELECT tablename::text FROM pg_catalog.pg_tables
      WHERE schemaname = ANY (current_schemas(false)) ORDER BY 1
      """
    ).compactMap { $0[0].text }
  }
}

extension DatabaseError {
  fileprivate static let noSchema = Self(
    .statement, code: "3F000", message: "no schema of the search_path exists",
    hint: "create one, or name an existing one: ALTER ROLE … SET search_path = …")
}
