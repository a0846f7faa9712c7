import TroveManage

extension SchemaSnapshot {
  /// What `pg_catalog` says about the schema `public`.
  static func postgresLines(_ connection: any Connection) throws -> [Line] {
    try lines(postgresQuery, connection)
  }

  private static let postgresQuery = """
    WITH relation AS (
      SELECT c.oid, c.relname::text AS name, c.relkind,
        string_agg(a.attname, ', ' ORDER BY a.attnum) AS columns
      FROM pg_class AS c
      LEFT JOIN pg_attribute AS a
        ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'trove\\_migrate\\_%'
      GROUP BY c.oid
    ), t AS (
      SELECT oid, name, columns FROM relation
      WHERE relkind IN ('r', 'p') AND columns <> 'repository_id, repository_path, version'
    )
    SELECT t.name, 'column', a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
      || CASE WHEN a.attcollation <> y.typcollation
        THEN ' COLLATE ' || a.attcollation::regcollation ELSE '' END
      || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END
      || coalesce(' DEFAULT ' || pg_get_expr(d.adbin, d.adrelid), '')
      || CASE WHEN a.attidentity <> '' THEN ' IDENTITY ' || a.attidentity::text ELSE '' END
      || CASE WHEN a.attgenerated <> '' THEN ' GENERATED ' || a.attgenerated::text ELSE '' END
    FROM t
    JOIN pg_attribute AS a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
    JOIN pg_type AS y ON y.oid = a.atttypid
    LEFT JOIN pg_attrdef AS d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    UNION ALL
    SELECT name, 'columns in order', columns FROM t
    UNION ALL
    SELECT t.name,
      CASE c.contype WHEN 'p' THEN 'primary key' WHEN 'u' THEN 'unique' WHEN 'f' THEN 'foreign key'
        WHEN 'c' THEN 'check' ELSE 'constraint' END,
      c.conname || ' ' || pg_get_constraintdef(c.oid)
    FROM t JOIN pg_constraint AS c ON c.conrelid = t.oid
    UNION ALL
    SELECT t.name, 'index', pg_get_indexdef(i.indexrelid)
    FROM t JOIN pg_index AS i ON i.indrelid = t.oid
    WHERE NOT EXISTS (
      SELECT 1 FROM pg_constraint AS c
      WHERE c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
    )
    UNION ALL
    SELECT t.name, 'trigger', pg_get_triggerdef(g.oid)
    FROM t JOIN pg_trigger AS g ON g.tgrelid = t.oid WHERE NOT g.tgisinternal
    UNION ALL
    SELECT proname, 'function', pg_get_functiondef(oid)
    FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT name, 'other', relkind::text FROM relation WHERE relkind NOT IN ('r', 'p', 'i', 'I')
    UNION ALL
    SELECT typname, 'other', 'type ' || typtype::text
    FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype IN ('d', 'e', 'r')
    """
}
