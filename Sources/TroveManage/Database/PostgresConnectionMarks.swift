internal import CPostgres

extension PostgresConnection {
  /// Marks what the catalog lists from the first number on that is not the server's own.
  public func marks() throws(DatabaseError) -> CatalogMarks {
    try answer(to: .everything) ?? CatalogMarks(marks: [], place: nil)
  }

  /// Marks what the transaction has locked, when it has changed nothing else.
  ///
  /// Not in a session with settings of a script, which would have to be put aside.
  public func changes(since place: CatalogPlace?) throws(DatabaseError) -> CatalogMarks? {
    guard lockingBackend == nil else { return nil }
    return try answer(to: .touched)
  }

  private func answer(to question: PostgresMarkQuery) throws(DatabaseError) -> CatalogMarks? {
    var reader = PostgresMarkReader()
    for row in try rows(question.text) { reader.read(row) }
    guard reader.isWhole else { return nil }
    place = reader.place
    return CatalogMarks(marks: reader.marks, place: reader.place)
  }

  /// Where the transaction stood when it got the lock, or was marked last.
  ///
  /// What it has written since, it has under a number that it had then, or under a newer one, so that the next
  /// transaction will not stand there.
  public func catalogPlace() -> CatalogPlace? { place }

  /// Asks, in a transaction that holds the lock and has written nothing, for the row of a ``CatalogPlace``.
  ///
  /// Marks count the rows that a transaction has written; the server goes on counting in the next one, unless
  /// it is told to hand over the numbers at the end of each, which it can be from version 15 on
  /// (PostgreSQL documentation, 28.2.25).
  var placeQuestion: Command? {
    guard unsafe PQserverVersion(handle) >= 150_000 else { return nil }
    return Command(
      """
      SELECT pg_catalog.txid_snapshot_xmax(s) - 1,
        pg_catalog.txid_snapshot_xmax(s) - pg_catalog.txid_snapshot_xmin(s), pg_catalog.pg_backend_pid()
      FROM pg_catalog.txid_current_snapshot() AS s, pg_catalog.pg_stat_force_next_flush()
      """)
  }

  /// Where the sequences stand.
  public func positions(
    of sequences: [ObjectName]
  ) throws(DatabaseError) -> [ObjectName: SequencePosition] {
    guard !sequences.isEmpty else { return [:] }
    let readable = try rows(
      """
      SELECT n.nspname::text, c.relname::text, (q.seqincrement < 0)::int
      FROM pg_catalog.pg_sequence AS q JOIN pg_catalog.pg_class AS c ON c.oid = q.seqrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE pg_catalog.has_sequence_privilege(q.seqrelid, 'SELECT')
      """)
    let directions = Dictionary(
      readable.map { row in
        let name = ObjectName(.sequence, schema: row[0].text ?? "", name: row[1].text ?? "")
        return (name, row[2] == .integer(1) ? SequencePosition.Direction.down : .up)
      }
    ) { first, _ in first }
    let known = sequences.filter { directions[$0] != nil }
    guard !known.isEmpty else { return [:] }
    let queries = known.enumerated().map { index, sequence in
      let name = CatalogName(schema: sequence.schema, name: sequence.name)
      return "SELECT \(index), last_value, is_called::int FROM \(name.quoted(dialect))"
    }
    var positions: [ObjectName: SequencePosition] = [:]
    for row in try rows(queries.joined(separator: " UNION ALL ")) {
      guard let index = row[0].integer, let value = row[1].integer else { continue }
      let sequence = known[Int(index)]
      positions[sequence] = SequencePosition(
        value: value, isCalled: row[2] == .integer(1), direction: directions[sequence] ?? .up)
    }
    return positions
  }
}
