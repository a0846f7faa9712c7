extension PostgresConnection {
  /// Sends the statement.
  public func tryOut(_ command: Command) throws(DatabaseError) -> QueryResult {
    try run([Query(command.text)], after: [])
  }

  /// What `pg_class` lists in the user's schemas.
  public func lockableRelations() throws(DatabaseError) -> [LockableRelation] {
    let found = try rows(
      """
      SELECT c.oid::int8, t.relkind::text, n.nspname::text, t.relname::text,
        CASE WHEN i.indexrelid IS NOT NULL THEN c.relname::text END, d.refobjid::pg_catalog.regclass::text,
        c.relfilenode::int8
      FROM pg_catalog.pg_class AS c
      LEFT JOIN pg_catalog.pg_index AS i ON i.indexrelid = c.oid
      JOIN pg_catalog.pg_class AS t ON t.oid = coalesce(i.indrelid, c.oid)
      LEFT JOIN pg_catalog.pg_depend AS d ON c.relkind = 'S' AND d.objid = c.oid
        AND d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.refclassid = d.classid
        AND d.deptype IN ('a', 'i')
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.relnamespace
      WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      """)
    return found.compactMap { row in
      guard let id = row[0].integer, let kind = ObjectName.Kind(relation: row[1].text ?? "") else {
        return nil
      }
      return LockableRelation(
        id: id, name: ObjectName(kind, schema: row[2].text ?? "", name: row[3].text ?? ""),
        index: row[4].text, counted: row[5].text, storage: row[6].integer ?? 0)
    }
  }

  /// What `pg_locks` lists of the session: a transaction keeps its locks to its end.
  public func heldLocks() throws(DatabaseError) -> [HeldLock] {
    let found = try rows(
      """
      SELECT l.relation::int8, l.mode, c.relfilenode::int8
      FROM pg_catalog.pg_locks AS l LEFT JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
      WHERE l.locktype = 'relation' AND l.granted AND l.pid = pg_catalog.pg_backend_pid()
        AND l.mode <> 'AccessShareLock' AND l.database =
          (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      """)
    return found.compactMap { row in
      guard let id = row[0].integer, let mode = LockMode(rawValue: row[1].text ?? "") else {
        return nil
      }
      return HeldLock(relation: id, mode: mode, storage: row[2].integer)
    }
  }

  /// What `pg_locks` lists of all others: a transaction that has taken a number of a sequence keeps a lock on it.
  public func relationsLockedByOthers() throws(DatabaseError) -> Set<Int64> {
    let found = try rows(
      """
      SELECT DISTINCT l.relation::int8 FROM pg_catalog.pg_locks AS l
      WHERE l.locktype = 'relation' AND l.pid <> pg_catalog.pg_backend_pid()
        AND l.mode <> 'AccessShareLock' AND l.database =
          (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
      """)
    return Set(found.compactMap { $0[0].integer })
  }

  /// Runs what the scripts have put off to the commit.
  public func checkCommit() throws(DatabaseError) { try runDeferred() }
}
