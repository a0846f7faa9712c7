extension PostgresConnection {
  /// The tables, views and triggers that `pg_depend` shows to lean on the objects: by a foreign key, a
  /// query, a type, a default or a function.
  public func dependents(of names: [ObjectName]) throws(DatabaseError) -> [ObjectName] {
    guard !names.isEmpty else { return [] }
    let list = names.map { name in
      "(\(dialect.literal(name.schema)), \(dialect.literal(name.name)))"
    }.joined(separator: ", ")
    let found = try rows(
      """
      WITH named (space, name) AS (VALUES \(list)), changed (class, id) AS (
        SELECT 'pg_catalog.pg_class'::pg_catalog.regclass::oid, c.oid
        FROM named JOIN pg_catalog.pg_class AS c ON c.relname = named.name
        JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace AND s.nspname = named.space
        UNION ALL SELECT 'pg_catalog.pg_type'::pg_catalog.regclass, t.oid
        FROM named JOIN pg_catalog.pg_type AS t ON t.typname = named.name
        JOIN pg_catalog.pg_namespace AS s ON s.oid = t.typnamespace AND s.nspname = named.space
        UNION ALL SELECT 'pg_catalog.pg_proc'::pg_catalog.regclass, p.oid
        FROM named JOIN pg_catalog.pg_proc AS p
          ON p.proname || '(' || pg_catalog.oidvectortypes(p.proargtypes) || ')' = named.name
        JOIN pg_catalog.pg_namespace AS s ON s.oid = p.pronamespace AND s.nspname = named.space
      ), leaning AS (
        SELECT d.classid, d.objid FROM pg_catalog.pg_depend AS d
        JOIN changed ON changed.class = d.refclassid AND changed.id = d.refobjid
      ), relation (id) AS (
        SELECT objid FROM leaning WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass
        UNION SELECT k.conrelid FROM leaning JOIN pg_catalog.pg_constraint AS k ON k.oid = objid
          WHERE classid = 'pg_catalog.pg_constraint'::pg_catalog.regclass
        UNION SELECT w.ev_class FROM leaning JOIN pg_catalog.pg_rewrite AS w ON w.oid = objid
          WHERE classid = 'pg_catalog.pg_rewrite'::pg_catalog.regclass
        UNION SELECT a.adrelid FROM leaning JOIN pg_catalog.pg_attrdef AS a ON a.oid = objid
          WHERE classid = 'pg_catalog.pg_attrdef'::pg_catalog.regclass
      )
      SELECT s.nspname::text, c.relname::text, c.relkind::text, NULL::text
      FROM relation JOIN pg_catalog.pg_class AS c ON c.oid = relation.id
      JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
      UNION ALL SELECT s.nspname::text, g.tgname::text, 'trigger', c.relname::text
      FROM leaning JOIN pg_catalog.pg_trigger AS g ON g.oid = objid
      JOIN pg_catalog.pg_class AS c ON c.oid = g.tgrelid
      JOIN pg_catalog.pg_namespace AS s ON s.oid = c.relnamespace
      WHERE classid = 'pg_catalog.pg_trigger'::pg_catalog.regclass AND NOT g.tgisinternal
      """)
    return found.compactMap { row in
      guard let schema = row[0].text, let name = row[1].text, let word = row[2].text,
        let kind = word == "trigger" ? .trigger : ObjectName.Kind(relation: word)
      else { return nil }
      return ObjectName(kind, schema: schema, table: row[3].text, name: name)
    }
  }

  /// `SET CONSTRAINTS ALL IMMEDIATE`, which looks back on what was done ("SET CONSTRAINTS").
  public func runDeferred() throws(DatabaseError) {
    _ = try rows("SET CONSTRAINTS ALL IMMEDIATE")
  }
}

extension ObjectName.Kind {
  /// The kind of a row of `pg_class`, by its `relkind`; `nil` for parts of others.
  init?(relation kind: String) {
    switch kind {
    case "r", "p", "f": self = .table
    case "v": self = .view
    case "m": self = .materializedView
    case "S": self = .sequence
    case "c": self = .type
    default: return nil
    }
  }
}
