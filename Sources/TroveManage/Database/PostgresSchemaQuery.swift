/// The question for the schema of a PostgreSQL database: rows of kind, schema, table and name of an object,
/// and kind, name and text of one of its parts.
struct PostgresSchemaQuery {
  /// The question; `nil` when nothing is asked for.
  let text: String?

  /// The question for the objects called `names`, or for all.
  ///
  /// What is found may be of another kind than what was asked for.
  init(_ names: [ObjectName]?, _ dialect: Dialect) {
    var branches: [String] = []
    var sources = [Self.spaces]
    let filter = Filter(names: names, dialect: dialect)
    if let condition = filter.relations {
      sources.append(Self.relations(condition))
      branches += Self.relationParts
    }
    if let condition = filter.types {
      sources.append(Self.types(condition))
      branches += Self.typeParts
    }
    if let condition = filter.schemas {
      branches.append(
        "SELECT 'schema', '', NULL, name, NULL, NULL, NULL FROM space WHERE \(condition)")
    }
    if let condition = filter.functions { branches.append(Self.functions(condition)) }
    if let condition = filter.triggers { branches += Self.triggers(condition) }
    text =
      branches.isEmpty
      ? nil
      : "WITH \(sources.joined(separator: ",\n"))\n\(branches.joined(separator: "\nUNION ALL\n"))"
  }

  private struct Filter {
    let names: [ObjectName]?
    let dialect: Dialect

    var relations: String? {
      condition("(n.name, c.relname)", [.table, .view, .materializedView, .sequence])
    }
    var types: String? { condition("(n.name, t.typname)", [.type]) }
    var schemas: String? { condition("('', name)", [.schema]) }
    var functions: String? { condition("(n.name, \(PostgresSchemaQuery.signature))", [.function]) }
    var triggers: String? { condition("(n.name, c.relname, t.tgname)", [.trigger]) }

    /// The condition that `columns` are what is asked for of the `kinds`; `nil` when nothing is.
    private func condition(_ columns: String, _ kinds: Set<ObjectName.Kind>) -> String? {
      guard let names else { return "TRUE" }
      let rows = names.filter { kinds.contains($0.kind) }.map { name in
        let values = [name.schema, name.table, name.name].compactMap(\.self)
        return "(\(values.map { dialect.literal($0) }.joined(separator: ", ")))"
      }
      return rows.isEmpty ? nil : "\(columns) IN (\(rows.joined(separator: ", ")))"
    }
  }

  /// The condition that no extension brought the object.
  ///
  /// A range type brings its functions itself.
  private static func isOwn(_ catalog: String, _ oid: String) -> String {
    let types = catalog == "pg_proc" ? "'e', 'i'" : "'e'"
    return """
      NOT EXISTS (
        SELECT FROM pg_depend AS e
        WHERE e.classid = '\(catalog)'::regclass AND e.objid = \(oid) AND e.deptype IN (\(types))
      )
      """
  }

  private static let spaces = """
    space AS (
      SELECT oid, nspname::text AS name FROM pg_namespace
      WHERE left(nspname, 3) <> 'pg_' AND nspname <> 'information_schema'
        AND \(isOwn("pg_namespace", "pg_namespace.oid"))
    )
    """

  /// Sequences of columns are left out: they are parts of their tables.
  private static func relations(_ condition: String) -> String {
    """
    relation AS (
      SELECT c.oid, n.name AS schema, c.relname::text AS name, c.relkind, c.relpersistence,
        c.reloptions, c.relrowsecurity, c.relforcerowsecurity, c.relpartbound, c.relhasrules,
        CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view'
          WHEN 'S' THEN 'sequence' ELSE 'table' END AS kind
      FROM pg_class AS c JOIN space AS n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p', 'f', 'v', 'm', 'S') AND \(condition)
        AND \(isOwn("pg_class", "c.oid"))
        AND NOT (c.relkind = 'S' AND EXISTS (
          SELECT FROM pg_depend AS d
          WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
            AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
            AND d.deptype IN ('a', 'i')
        ))
    )
    """
  }

  private static func types(_ condition: String) -> String {
    """
    kind AS (
      SELECT t.*, n.name AS schema FROM pg_type AS t JOIN space AS n ON n.oid = t.typnamespace
      WHERE \(condition) AND \(isOwn("pg_type", "t.oid"))
        AND (t.typtype IN ('d', 'e', 'r') OR t.typtype = 'c' AND EXISTS (
          SELECT FROM pg_class AS c WHERE c.oid = t.typrelid AND c.relkind = 'c'
        ))
    )
    """
  }

  /// A function's name with the types of its arguments.
  private static let signature = "p.proname || '(' || oidvectortypes(p.proargtypes) || ')'"

  private static func functions(_ condition: String) -> String {
    """
    SELECT 'function', n.name, NULL, \(signature), 'definition', NULL,
      CASE p.prokind WHEN 'a' THEN concat_ws(', ',
        'AGGREGATE (' || pg_get_function_arguments(p.oid) || ')',
        'SFUNC = ' || a.aggtransfn, 'STYPE = ' || format_type(a.aggtranstype, NULL),
        'INITCOND = ' || quote_literal(a.agginitval), 'FINALFUNC = ' || nullif(a.aggfinalfn::text, '-'),
        'COMBINEFUNC = ' || nullif(a.aggcombinefn::text, '-'), 'SORTOP = ' || nullif(a.aggsortop, 0)::regoperator::text,
        'MSFUNC = ' || nullif(a.aggmtransfn::text, '-'), 'KIND = ' || a.aggkind::text, 'PARALLEL = ' || p.proparallel::text)
      ELSE pg_get_functiondef(p.oid) END
    FROM pg_proc AS p JOIN space AS n ON n.oid = p.pronamespace
    LEFT JOIN pg_aggregate AS a ON a.aggfnoid = p.oid
    WHERE \(condition) AND \(isOwn("pg_proc", "p.oid"))
    """
  }

  private static func triggers(_ condition: String) -> [String] {
    let source = """
      FROM pg_trigger AS t JOIN pg_class AS c ON c.oid = t.tgrelid
      JOIN space AS n ON n.oid = c.relnamespace
      WHERE NOT t.tgisinternal AND \(condition) AND \(isOwn("pg_class", "c.oid"))
      """
    return [
      """
      SELECT 'trigger', n.name, c.relname::text, t.tgname::text, 'definition', NULL,
        pg_get_triggerdef(t.oid) \(source)
      """,
      """
      SELECT 'trigger', n.name, c.relname::text, t.tgname::text, 'option', 'fires',
        CASE t.tgenabled WHEN 'D' THEN 'never' WHEN 'R' THEN 'on replicas' ELSE 'always' END
      \(source) AND t.tgenabled <> 'O'
      """,
    ]
  }
}
