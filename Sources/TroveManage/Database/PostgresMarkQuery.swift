/// The question for the marks of a PostgreSQL database.
///
/// A row of the catalog that changes gets another place (`ctid`) or is another transaction's (`xmin`). The
/// row in `pg_class` of a table is compared column by column instead, for the first foreign key to it sets
/// flags there, which is allowed; and a foreign key by what it says, for it is made anew when the type of
/// the other table's key changes.
struct PostgresMarkQuery {
  /// What is to be marked.
  enum Scope {
    /// All that is not the server's own.
    case everything
    /// The relations that the open transaction has locked for more than reading, with what belongs to them.
    ///
    /// Whatever changes a relation has locked it (PostgreSQL documentation, 13.3.1). What takes no such lock,
    /// as `GRANT` and functions, shows in the server's counts of rows that the transaction has written to
    /// catalogs; a row says then that this is not the whole.
    case touched
  }

  /// The question.
  ///
  /// The rows: what it is, its number, the number of a part or of what it refers to, name, kind, what is
  /// compared, privileges or actions, rows inserted, rows changed, and whether this transaction wrote it.
  let text: String

  /// The question for all.
  static let everything = Self(.everything)
  /// The question for what the transaction has locked.
  static let touched = Self(.touched)

  private init(_ scope: Scope) {
    let rows = Self.relations(scope) + Self.parts(scope) + Self.transaction
    switch scope {
    case .everything:
      text = (rows + Self.others).joined(separator: "\nUNION ALL ")
    case .touched:
      text =
        "WITH \(Self.touchedRelations)\n"
        + (rows + [Self.wholeness]).joined(separator: "\nUNION ALL ")
    }
  }

  /// The number of the first object that is not the server's own (`FirstNormalObjectId`).
  private static let firstNumber = 16384

  /// A row of the catalog as a text that changes with it, and begins with `!` when the open transaction wrote
  /// it.
  private static let place =
    "pg_catalog.concat(CASE \(isOurs) WHEN 1 THEN '!' END, ctid, ' ', xmin)"

  /// Whether a row of the catalog was written by the open transaction or one of its subtransactions: it is
  /// visible, though its writer is not done.
  private static let isOurs = """
    CASE WHEN pg_catalog.age(xmin) <= 0 THEN (pg_catalog.txid_status(\(fullNumber)) = 'in progress')::int
      ELSE 0 END
    """

  /// `xmin` with the epoch that it lacks: the number within half a round of our own.
  private static let fullNumber = """
    pg_catalog.txid_current() - 2147483648 + \
    ((xmin::text::bigint - pg_catalog.txid_current() + 2147483648) & 4294967295)
    """

  /// The condition that the object whose number stands in `column` is in `scope`.
  private static func isIn(_ scope: Scope, _ column: String) -> String {
    switch scope {
    case .everything: "\(column) >= \(firstNumber)"
    case .touched: "\(column) = ANY (ARRAY(SELECT id FROM touched))"
    }
  }

  /// Schemas, relations, and what belongs to relations.
  private static func relations(_ scope: Scope) -> [String] {
    [
      """
      SELECT 'schema', oid, NULL::oid, nspname::text, NULL::text, \(place), nspacl::text, NULL::int8,
        NULL::int8, \(isOurs)
      FROM pg_catalog.pg_namespace
      WHERE pg_catalog.left(nspname, 3) <> 'pg_' AND nspname <> 'information_schema'
      """,
      """
      SELECT 'relation', oid, relnamespace, relname::text, relkind::text,
        pg_catalog.concat_ws(' ', relname, relnamespace, relowner, reltablespace, relam, relpersistence,
          relrowsecurity, relforcerowsecurity, relreplident, relispartition, reloftype, reloptions,
          relpartbound, ':' || relfilenode),
        relacl::text, pg_catalog.pg_stat_get_xact_tuples_inserted(oid),
        pg_catalog.pg_stat_get_xact_tuples_updated(oid)
          + pg_catalog.pg_stat_get_xact_tuples_deleted(oid), \(isOurs)
      FROM pg_catalog.pg_class
      WHERE \(isIn(scope, "oid")) AND relkind <> 't' AND relpersistence <> 't'
      """,
      """
      SELECT 'shape', attrelid, NULL, NULL, NULL, pg_catalog.string_agg(\(place), ' ' ORDER BY attnum),
        NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_attribute WHERE \(isIn(scope, "attrelid")) AND attnum > 0 GROUP BY attrelid
      """,
      """
      SELECT 'constraint', (conrelid::int8 + contypid::int8)::oid, oid, NULL, confrelid::text,
        CASE contype WHEN 'f' THEN pg_catalog.concat_ws(' ', conname, confrelid, conkey, confkey,
          confupdtype, confdeltype, confmatchtype, condeferrable, condeferred, convalidated)
        ELSE \(place) END,
        pg_catalog.concat(confdeltype, confupdtype), NULL, NULL, NULL
      FROM pg_catalog.pg_constraint
      WHERE \(isIn(scope, scope == .touched ? "conrelid" : "oid")) AND (contype <> 'f' OR conparentid = 0)
      """,
      """
      SELECT 'sequence', objid, refobjid, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_depend
      WHERE classid = \(relationClass) AND refclassid = classid AND deptype IN ('a', 'i')
        AND \(isIn(scope, "objid"))
      """,
      """
      SELECT 'trigger', oid, tgrelid, tgname::text, CASE WHEN tgdeferrable THEN 'deferrable' END, \(place),
        NULL, NULL, NULL, \(isOurs)
      FROM pg_catalog.pg_trigger
      WHERE \(isIn(scope, scope == .touched ? "tgrelid" : "oid")) AND NOT tgisinternal
      """,
      """
      SELECT 'member', objid, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_depend
      WHERE deptype = 'e' AND \(isIn(scope, "objid"))\(scope == .touched ? " AND classid = \(relationClass)" : "")
      """,
    ]
  }

  private static let relationClass = "'pg_catalog.pg_class'::pg_catalog.regclass"

  /// What hangs on an object: the side of it, the number of the object, that of the part.
  private static func parts(_ scope: Scope) -> [String] {
    func part(
      _ aspect: String, _ whole: String, _ part: String, _ table: String, compared: String = place,
      where condition: String = ""
    ) -> String {
      """
      SELECT '\(aspect)', \(whole), \(part), NULL, NULL, \(compared), NULL, NULL, NULL, NULL
      FROM pg_catalog.\(table)
      WHERE \(table == "pg_description" ? hasComment(scope) : isIn(scope, whole)) \(condition)
      """
    }
    return [
      part("shape", "adrelid", "oid", "pg_attrdef"),
      part("shape", "seqrelid", "NULL", "pg_sequence"),
      part("shape", "ftrelid", "NULL", "pg_foreign_table"),
      part("shape", "inhrelid", "NULL", "pg_inherits"),
      part("indexes", "indrelid", "indexrelid", "pg_index"),
      part("rules", "ev_class", "oid", "pg_rewrite"),
      part("rules", "polrelid", "oid", "pg_policy"),
      part("attachments", "inhparent", "NULL", "pg_inherits", compared: "inhrelid::text"),
      part("attachments", "stxrelid", "oid", "pg_statistic_ext"),
      part("attachments", "prrelid", "oid", "pg_publication_rel"),
      part("comments", "objoid", "NULL", "pg_description"),
      // Triggers of constraints are as they are made, unless somebody switches one off.
      part(
        "shape", "tgrelid", "oid", "pg_trigger", compared: "pg_catalog.concat(oid, tgenabled)",
        where: "AND tgisinternal AND tgenabled <> 'O'"),
    ]
  }

  /// The condition for comments: they hang on parts, too.
  private static func hasComment(_ scope: Scope) -> String {
    switch scope {
    case .everything: isIn(scope, "objoid")
    case .touched:
      """
      objoid = ANY (ARRAY(
        SELECT id FROM touched
        UNION ALL SELECT oid FROM pg_catalog.pg_constraint WHERE \(isIn(scope, "conrelid"))
        UNION ALL SELECT oid FROM pg_catalog.pg_trigger WHERE \(isIn(scope, "tgrelid"))
        UNION ALL SELECT oid FROM pg_catalog.pg_rewrite WHERE \(isIn(scope, "ev_class"))
        UNION ALL SELECT oid FROM pg_catalog.pg_policy WHERE \(isIn(scope, "polrelid"))
        UNION ALL SELECT oid FROM pg_catalog.pg_statistic_ext WHERE \(isIn(scope, "stxrelid"))
      ))
      """
    }
  }

  /// What no lock of a relation shows.
  private static let others = [
    """
    SELECT 'function', oid, pronamespace, proname::text, pg_catalog.oidvectortypes(proargtypes), \(place),
      proacl::text, NULL, NULL, \(isOurs)
    FROM pg_catalog.pg_proc WHERE oid >= \(firstNumber)
    """,
    """
    SELECT 'type', oid, typnamespace, typname::text, NULL, \(place), typacl::text, NULL, NULL, \(isOurs)
    FROM pg_catalog.pg_type WHERE oid >= \(firstNumber) AND typtype IN ('d', 'e', 'r')
    """,
    """
    SELECT 'shape', enumtypid, oid, NULL, NULL, \(place), NULL, NULL, NULL, NULL
    FROM pg_catalog.pg_enum WHERE enumtypid >= \(firstNumber)
    """,
  ]

  // MARK: The transaction

  /// The locks of relations that reading does not take.
  private static let locks = """
    SELECT relation, mode FROM pg_catalog.pg_locks
    WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid()
      AND mode NOT IN ('AccessShareLock', 'RowShareLock') AND relation >= \(firstNumber)
    """

  /// Its locks; the newest of its numbers, how many other transactions that write are under way, and the
  /// server's process.
  private static let transaction = [
    """
    SELECT CASE mode WHEN 'RowExclusiveLock' THEN 'writing' ELSE 'changing' END, relation, NULL, NULL, NULL,
      NULL, NULL, NULL, NULL, NULL
    FROM (\(locks)) AS l
    """,
    """
    SELECT 'place', NULL, NULL, NULL, NULL, NULL, NULL,
      max(transactionid::text::int8) FILTER (WHERE pid = pg_catalog.pg_backend_pid()),
      count(*) FILTER (WHERE pid IS DISTINCT FROM pg_catalog.pg_backend_pid()), pg_catalog.pg_backend_pid()
    FROM pg_catalog.pg_locks
    WHERE locktype = 'transactionid' AND mode = 'ExclusiveLock' AND granted
    """,
  ]

  /// The locked relations, the tables that they belong to, and the TOAST tables and indexes of those.
  private static let touchedRelations = """
    held AS MATERIALIZED (SELECT DISTINCT relation AS id FROM (\(locks)) AS l),
    own AS MATERIALIZED (
      SELECT id FROM held
      UNION SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = ANY (ARRAY(SELECT id FROM held))
      UNION SELECT refobjid FROM pg_catalog.pg_depend
        WHERE classid = \(relationClass) AND refclassid = classid AND deptype IN ('a', 'i')
          AND objid = ANY (ARRAY(SELECT id FROM held))
    ),
    whole AS MATERIALIZED (
      SELECT id FROM own
      UNION SELECT reltoastrelid FROM pg_catalog.pg_class WHERE oid = ANY (ARRAY(SELECT id FROM own))
    ),
    touched AS MATERIALIZED (
      SELECT id FROM whole
      UNION SELECT indexrelid FROM pg_catalog.pg_index WHERE indrelid = ANY (ARRAY(SELECT id FROM whole))
    )
    """

  /// Whether the transaction has changed nothing in the catalog but what belongs to the relations that it has
  /// locked.
  ///
  /// Each default of a column changes the row of the column; each relation has a type, and that an array.
  private static let wholeness = """
    SELECT 'whole', NULL, NULL, NULL, NULL, NULL, NULL, (
      pg_catalog.current_setting('track_counts') = 'on'
      AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_locks
        WHERE locktype = 'object' AND pid = pg_catalog.pg_backend_pid()
          AND mode NOT IN ('AccessShareLock', 'RowShareLock')
      )
      AND \(count(["inserted", "updated", "deleted"], [
        "proc", "namespace", "description", "enum", "range", "foreign_table", "statistic_ext",
        "publication_rel", "extension",
      ])) = 0
      AND \(count(["updated", "deleted"], [
        "type", "constraint", "trigger", "index", "rewrite", "policy", "attrdef", "inherits",
      ])) = 0
      AND \(count(["deleted"], ["class", "attribute", "sequence"])) = 0
      AND \(count(["updated"], ["attribute"])) = \(count(["inserted"], ["attrdef"]))
      AND \(count(["inserted"], ["constraint"])) = (
        SELECT count(*) FROM pg_catalog.pg_constraint
        WHERE \(isIn(.touched, "conrelid")) AND \(isOurs) = 1
      )
      AND \(count(["inserted"], ["type"])) = (
        SELECT count(*) FROM pg_catalog.pg_type
        WHERE oid = ANY (ARRAY(
          SELECT reltype FROM pg_catalog.pg_class WHERE \(isIn(.touched, "oid"))
          UNION SELECT t.typarray FROM pg_catalog.pg_class AS c
            JOIN pg_catalog.pg_type AS t ON t.oid = c.reltype WHERE \(isIn(.touched, "c.oid"))
        )) AND \(isOurs) = 1
      )
      AND (\(count(["updated"], ["class"])) = 0 OR NOT EXISTS (
        SELECT FROM pg_catalog.pg_class
        WHERE pg_catalog.age(xmin) <= 0 AND \(isOurs) = 1 AND oid NOT IN (SELECT id FROM touched)
      )))::int, NULL, NULL
    """

  /// How many rows of catalogs the transaction has written.
  private static func count(_ deeds: [String], _ catalogs: [String]) -> String {
    let numbers = deeds.map { "pg_catalog.pg_stat_get_xact_tuples_\($0)(oid)" }
    let names = catalogs.map { "pg_catalog.pg_\($0)" }
    return """
      (SELECT sum(\(numbers.joined(separator: " + ")))
        FROM pg_catalog.unnest('{\(names.joined(separator: ","))}'::pg_catalog.regclass[]) AS c (oid))
      """
  }
}
