extension PostgresConnection {
  /// Marks what the catalog lists from the first number on that is not the server's own.
  ///
  /// A row of the catalog that changes gets another place (`ctid`) or is another transaction's (`xmin`). The
  /// row in `pg_class` of a table is compared column by column instead, for the first foreign key to it sets
  /// flags there, which is allowed; and a foreign key by what it says, for it is made anew when the type of
  /// the other table's key changes.
  public func marks() throws(DatabaseError) -> [ObjectMark] {
    var reader = MarkReader()
    for row in try rows(Self.markQuery) { reader.read(row) }
    return reader.marks
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

  /// The rows: what it is, its number, the number of a part or of what it refers to, name, kind, what is
  /// compared, privileges or actions, rows inserted, rows changed, and whether this transaction wrote it.
  private static let markQuery = """
    SELECT 'schema', oid, NULL::oid, nspname::text, NULL::text, \(place), nspacl::text, NULL::int8,
        NULL::int8, \(isOurs)
      FROM pg_catalog.pg_namespace
      WHERE pg_catalog.left(nspname, 3) <> 'pg_' AND nspname <> 'information_schema'
    UNION ALL SELECT 'relation', oid, relnamespace, relname::text, relkind::text,
        pg_catalog.concat_ws(' ', relname, relnamespace, relowner, reltablespace, relam, relpersistence,
          relrowsecurity, relforcerowsecurity, relreplident, relispartition, reloftype, reloptions,
          relpartbound, ':' || relfilenode),
        relacl::text, pg_catalog.pg_stat_get_xact_tuples_inserted(oid),
        pg_catalog.pg_stat_get_xact_tuples_updated(oid)
          + pg_catalog.pg_stat_get_xact_tuples_deleted(oid), \(isOurs)
      FROM pg_catalog.pg_class
      WHERE oid >= \(firstNumber) AND relkind <> 't' AND relpersistence <> 't'
    UNION ALL SELECT 'shape', attrelid, NULL, NULL, NULL,
        pg_catalog.string_agg(\(place), ' ' ORDER BY attnum), NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_attribute WHERE attrelid >= \(firstNumber) AND attnum > 0 GROUP BY attrelid
    UNION ALL SELECT 'constraint', (conrelid::int8 + contypid::int8)::oid, oid, NULL, confrelid::text,
        CASE contype WHEN 'f' THEN pg_catalog.concat_ws(' ', conname, confrelid, conkey, confkey,
          confupdtype, confdeltype, confmatchtype, condeferrable, condeferred, convalidated)
        ELSE \(place) END,
        pg_catalog.concat(confdeltype, confupdtype), NULL, NULL, NULL
      FROM pg_catalog.pg_constraint
      WHERE oid >= \(firstNumber) AND (contype <> 'f' OR conparentid = 0)
    UNION ALL SELECT 'sequence', objid, refobjid, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_depend
      WHERE classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND refclassid = classid
        AND deptype IN ('a', 'i') AND objid >= \(firstNumber)
    UNION ALL SELECT 'trigger', oid, tgrelid, tgname::text,
        CASE WHEN tgdeferrable THEN 'deferrable' END, \(place), NULL, NULL, NULL, \(isOurs)
      FROM pg_catalog.pg_trigger WHERE oid >= \(firstNumber) AND NOT tgisinternal
    UNION ALL SELECT 'function', oid, pronamespace, proname::text,
        pg_catalog.oidvectortypes(proargtypes), \(place), proacl::text, NULL, NULL, \(isOurs)
      FROM pg_catalog.pg_proc WHERE oid >= \(firstNumber)
    UNION ALL SELECT 'type', oid, typnamespace, typname::text, NULL, \(place), typacl::text, NULL, NULL,
        \(isOurs)
      FROM pg_catalog.pg_type WHERE oid >= \(firstNumber) AND typtype IN ('d', 'e', 'r')
    UNION ALL SELECT 'member', objid, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_depend WHERE deptype = 'e' AND objid >= \(firstNumber)
    UNION ALL SELECT CASE mode WHEN 'RowExclusiveLock' THEN 'writing' ELSE 'changing' END,
        relation, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      FROM pg_catalog.pg_locks
      WHERE locktype = 'relation' AND pid = pg_catalog.pg_backend_pid()
        AND mode NOT IN ('AccessShareLock', 'RowShareLock') AND relation >= \(firstNumber)
    \(parts.joined(separator: "\n"))
    """

  /// What hangs on an object: the side of it, the number of the object, that of the part.
  private static let parts = [
    part("shape", "adrelid", "oid", "pg_attrdef"),
    part("shape", "seqrelid", "NULL", "pg_sequence"),
    part("shape", "ftrelid", "NULL", "pg_foreign_table"),
    part("shape", "enumtypid", "oid", "pg_enum"),
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

  private static func part(
    _ aspect: String, _ whole: String, _ part: String, _ table: String, compared: String = place,
    where condition: String = ""
  ) -> String {
    """
    UNION ALL SELECT '\(aspect)', \(whole), \(part), NULL, NULL, \(compared), NULL, NULL, NULL, NULL
      FROM pg_catalog.\(table) WHERE \(whole) >= \(firstNumber) \(condition)
    """
  }
}

/// Puts the rows of ``PostgresConnection/marks()`` together to objects.
private struct MarkReader {
  private var named: [Named] = []
  private var schemas: [Int64: String] = [:]
  private var facts: [Int64: [ObjectMark.Aspect: [String]]] = [:]
  private var cascades: [Int64: Set<Int64>] = [:]
  /// The objects that indexes, sequences and constraints are parts of.
  private var wholes: [Int64: Int64] = [:]
  private var members: Set<Int64> = []
  private var locked: Set<Int64> = []
  private var lockedForChange: Set<Int64> = []

  /// An object, before it is known in which schema and on which table it is.
  private struct Named {
    let id: Int64
    let tag: String
    let place: Int64?
    let name: String
    let kind: String
    let insertions: Int64
    let changes: Int64
    let isOfTransaction: Bool

    var isIndex: Bool { tag == "relation" && (kind == "i" || kind == "I") }
  }

  mutating func read(_ row: Row) {
    guard let tag = row[0].text, let id = row[1].integer else { return }
    let text = row[5].text ?? ""
    switch tag {
    case "schema", "relation", "trigger", "function", "type": readObject(row, tag, id)
    case "constraint":
      add(.shape, text, to: id)
      wholes[row[2].integer ?? 0] = id
      // CASCADE, SET NULL and SET DEFAULT.
      if row[6].text?.contains(where: { "cnd".contains($0) }) == true,
        let parent = row[4].text.flatMap({ Int64($0) })
      {
        cascades[id, default: []].insert(parent)
      }
    case "sequence": wholes[id] = row[2].integer
    case "member": members.insert(id)
    case "writing": locked.insert(id)
    case "changing": lockedForChange.insert(id)
    default:
      guard let aspect = Self.aspects[tag] else { return }
      add(aspect, text, to: id)
      if let part = row[2].integer { wholes[part] = id }
    }
  }

  private static let aspects: [String: ObjectMark.Aspect] = [
    "shape": .shape, "indexes": .indexes, "rules": .rules, "attachments": .attachments,
    "comments": .comments,
  ]

  private mutating func readObject(_ row: Row, _ tag: String, _ id: Int64) {
    let object = Named(
      id: id, tag: tag, place: row[2].integer, name: row[3].text ?? "", kind: row[4].text ?? "",
      insertions: row[7].integer ?? 0, changes: row[8].integer ?? 0,
      isOfTransaction: row[9] == .integer(1))
    if tag == "schema" { schemas[id] = object.name }
    let text = row[5].text ?? ""
    if tag == "relation", let end = text.lastIndex(of: ":") {
      add(.shape, String(text[..<end]), to: id)
      // A new file of an index says nothing: REINDEX is no change.
      if !object.isIndex { add(.storage, String(text[end...]), to: id) }
    } else {
      add(.shape, text, to: id)
    }
    if let privileges = row[6].text { add(.privileges, privileges, to: id) }
    named.append(object)
  }

  private mutating func add(_ aspect: ObjectMark.Aspect, _ text: String, to id: Int64) {
    facts[id, default: [:]][aspect, default: []].append(text)
  }

  /// The objects; members of extensions belong to nobody here.
  var marks: [ObjectMark] {
    var names: [Int64: ObjectName] = [:]
    for object in named where object.tag == "relation" { names[object.id] = name(of: object) }
    let facts = factsOfWholes()
    let indexes = named.filter {
      $0.isIndex && ($0.isOfTransaction || lockedForChange.contains($0.id))
    }
    let touched = lockedForChange.union(indexes.compactMap { wholes[$0.id] })
    return named.compactMap { object in
      guard !members.contains(object.id), !object.isIndex,
        let name = object.tag == "trigger" ? trigger(object, names) : name(of: object)
      else { return nil }
      var mark = ObjectMark(name, id: object.id)
      mark.aspects = facts[object.id, default: [:]].mapValues { $0.sorted().joined(separator: ",") }
      mark.insertions = object.insertions
      mark.changes = object.changes
      mark.isOfTransaction = object.isOfTransaction
      mark.isTouched =
        touched.contains(object.id) || object.isOfTransaction || object.tag != "relation"
        || mark.aspects.values.contains { $0.contains("!") }
      mark.isLockedForWriting = locked.contains(object.id)
      mark.cascadeParents = cascades[object.id, default: []]
      mark.mayWaitForCommit = object.kind == "deferrable"
      if name.kind == .sequence { mark.part = wholes[object.id].flatMap { names[$0] } }
      return mark
    }
  }

  /// The facts with those of indexes, of TOAST tables, and with the comments on constraints and the like,
  /// counted to their tables.
  private func factsOfWholes() -> [Int64: [ObjectMark.Aspect: [String]]] {
    let indexes = Set(named.filter(\.isIndex).map(\.id))
    let objects = Set(named.map(\.id)).subtracting(indexes)
    var whole: [Int64: [ObjectMark.Aspect: [String]]] = [:]
    for (id, own) in facts {
      var root = id
      while !objects.contains(root), let next = wholes[root], next != root { root = next }
      for (aspect, texts) in own {
        let side = indexes.contains(id) && aspect == .shape ? .indexes : aspect
        whole[root, default: [:]][side, default: []] += texts
      }
    }
    return whole
  }

  private func name(of object: Named) -> ObjectName? {
    if object.tag == "schema" { return ObjectName(.schema, schema: "", name: object.name) }
    guard let schema = object.place.flatMap({ schemas[$0] }) else { return nil }
    switch object.tag {
    case "function":
      return ObjectName(.function, schema: schema, name: "\(object.name)(\(object.kind))")
    case "type": return ObjectName(.type, schema: schema, name: object.name)
    default:
      return ObjectName.Kind(relation: object.kind).map {
        ObjectName($0, schema: schema, name: object.name)
      }
    }
  }

  private func trigger(_ object: Named, _ names: [Int64: ObjectName]) -> ObjectName? {
    guard let table = object.place.flatMap({ names[$0] }) else { return nil }
    return ObjectName(.trigger, schema: table.schema, table: table.name, name: object.name)
  }
}
