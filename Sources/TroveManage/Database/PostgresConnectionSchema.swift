internal import CPostgres

extension PostgresConnection {
  /// What `pg_catalog` says, in one round trip.
  ///
  /// The `search_path` decides which names the server writes with their schema (9.26.3 "Schema Visibility
  /// Inquiry Functions"), and other settings how it writes constants; for the question they are those that
  /// pg_dump takes.
  public func schema(of names: [ObjectName]?) throws(DatabaseError) -> [SchemaObject] {
    guard let query = PostgresSchemaQuery(names, dialect).text else { return [] }
    var rows: [Row] = []
    let isInTransaction = try transactionStatus() == PQTRANS_INTRANS
    let before = isInTransaction ? [Command("SAVEPOINT trove_migrate_schema")] : []
    // Without a transaction, what is sent together is one (55.2.2.1).
    let after =
      isInTransaction
      ? ["ROLLBACK TO", "RELEASE"].map { "\($0) SAVEPOINT trove_migrate_schema" } : []
    try send(
      PostgresBatch(
        before + Self.plainSettings + [Command(query)] + after.map { Command($0) })
    ) { result, _ in rows += result.rows }
    let wanted = names.map(Set.init)
    let objects = Dictionary(grouping: rows) { ObjectName($0) }
    return objects.compactMap { name, rows in
      guard let name, wanted?.contains(name) ?? true else { return nil }
      return SchemaObject(name: name, parts: rows.compactMap(SchemaObject.Part.init))
    }.sorted { $0.name < $1.name }
  }

  private static let plainSettings = [
    "search_path = pg_catalog, pg_temp", "DateStyle = ISO", "IntervalStyle = postgres",
    "TimeZone = UTC", "extra_float_digits = 1", "bytea_output = hex", "quote_all_identifiers = off",
  ].map { Command("SET LOCAL \($0)") }
}

extension ObjectName {
  fileprivate init?(_ row: Row) {
    guard let kind = row[0].text.flatMap(Kind.init(rawValue:)), let schema = row[1].text,
      let name = row[3].text
    else { return nil }
    self.init(kind, schema: schema, table: row[2].text, name: name)
  }
}

extension SchemaObject.Part {
  /// `nil` for a row that only says that the object is there.
  fileprivate init?(_ row: Row) {
    guard let kind = row[4].text, let text = row[6].text else { return nil }
    self.init(kind: kind, name: row[5].text ?? "", text: text)
  }
}
