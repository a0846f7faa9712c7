extension PostgresConnection {
  /// Puts the sequence back, as far as that gives out no number twice.
  ///
  /// One that went back is put forth again. One that was moved ahead goes back behind the last number that
  /// stands in the column that it counts for, with the table locked so that nobody adds a row meanwhile; one
  /// that counts for no column stays.
  public func restore(
    _ sequence: ObjectName, to position: SequencePosition
  ) throws(DatabaseError) -> String? {
    guard let current = try positions(of: [sequence])[sequence], current != position else {
      return nil
    }
    let name = CatalogName(schema: sequence.schema, name: sequence.name).quoted(dialect)
    let literal = dialect.literal(name)
    let old = "\(position.value), \(position.isCalled)"
    if current.isBehind(position) {
      _ = try rows("SELECT pg_catalog.setval(\(literal), \(old))")
      return "the sequence \(sequence) was put back to \(position.value)"
    }
    guard let column = try column(countedBy: literal) else {
      return """
        the sequence \(sequence) was moved from \(position.value) to \(current.value), and no rollback undoes \
        that; when nobody else has taken a number from it: SELECT setval(\(literal), \(old))
        """
    }
    let isUp = position.direction == .up
    let (furthest, beyond) = isUp ? ("max(\(column.name))", ">") : ("min(\(column.name))", "<")
    // Several statements in one query are one transaction.
    _ = try rows(
      """
      SET LOCAL lock_timeout = '2s';
      LOCK TABLE \(column.table) IN SHARE ROW EXCLUSIVE MODE;
      SELECT CASE WHEN \(furthest) \(beyond) \(position.value) THEN
          pg_catalog.setval(\(literal), \(furthest))
        ELSE pg_catalog.setval(\(literal), \(old)) END
      FROM \(column.table)
      """)
    return "the sequence \(sequence) was put back"
  }

  /// The column that the sequence counts for, quoted.
  private func column(
    countedBy sequence: String
  ) throws(DatabaseError) -> (table: String, name: String)? {
    let found = try rows(
      """
      SELECT pg_catalog.format('%I.%I', n.nspname, c.relname), pg_catalog.quote_ident(a.attname)
      FROM pg_catalog.pg_depend AS d
      JOIN pg_catalog.pg_class AS c ON c.oid = d.refobjid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = d.refobjsubid
      WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = d.classid
        AND d.objid = \(sequence)::pg_catalog.regclass AND d.deptype IN ('a', 'i')
        AND d.refobjsubid > 0
      """)
    guard let table = found.first?[0].text, let name = found.first?[1].text else { return nil }
    return (table, name)
  }

  /// The table called so, or the one that an index called so is on.
  public func table(of name: CatalogName) throws(DatabaseError) -> ObjectName? {
    let found = try rows(
      """
      SELECT n.nspname::text, t.relname::text
      FROM pg_catalog.pg_class AS c
      LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
      JOIN pg_catalog.pg_class AS t ON t.oid = coalesce(i.indrelid, c.oid)
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
      WHERE c.oid = pg_catalog.to_regclass(\(dialect.literal(name.quoted(dialect))))
      """)
    guard let schema = found.first?[0].text, let table = found.first?[1].text else { return nil }
    return ObjectName(.table, schema: schema, name: table)
  }
}
