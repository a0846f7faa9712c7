extension PostgresConnection {
  /// The numbers of the indexes that are there, or whether the object is.
  public func mark(before statement: LoneStatement) throws(DatabaseError) -> String {
    switch statement {
    case .createIndex(let name, on: _):
      let indexes = try indexes(of: statement)
      if let name, let broken = indexes.first(where: { $0.isBroken && $0.name == name.name }) {
        throw .brokenIndex(broken.qualifiedName)
      }
      return indexes.map { String($0.id) }.joined(separator: " ")
    case .reindex:
      let broken = try indexes(of: statement).filter(\.isBroken)
      for index in broken where index.isLeftByReindex {
        noticeHandler("\(index.qualifiedName) is INVALID, and not by this program: left alone")
      }
      return broken.map { String($0.id) }.joined(separator: " ")
    case .create(let object, let name):
      return try exists(object, name) ? "present" : "absent"
    case .dropIndex, .detach, .drop, .repeatable: return ""
    }
  }

  /// What the catalog shows ("Building Indexes Concurrently" and "REINDEX" tell what is left, "ALTER TABLE"
  /// what a partition needs).
  public func aftermath(
    of statement: LoneStatement, since mark: String
  ) throws(DatabaseError) -> Aftermath {
    var aftermath = Aftermath()
    switch statement {
    case .createIndex(let name, on: _):
      let known = Set(mark.split(separator: " ").compactMap { Int64($0) })
      let all = try indexes(of: statement)
      let new = all.filter { index in
        !known.contains(index.id) && name.map { $0.name == index.name } ?? true
      }
      aftermath.isDone = new.contains { !$0.isBroken }
      aftermath.mends = new.filter(\.isBroken).map(\.removal)
    case .reindex:
      let known = Set(mark.split(separator: " ").compactMap { Int64($0) })
      let all = try indexes(of: statement)
      let new = all.filter { $0.isBroken && $0.isLeftByReindex && !known.contains($0.id) }
      aftermath.mends = new.map(\.removal)
    case .dropIndex(let name):
      aftermath.isDone = try rows(Self.lookup(name)).first?.first == .null
    case .detach(let partition, from: let table):
      let link = try rows(Self.link(of: partition, to: table)).first
      aftermath.isDone = link == nil
      if let link, link[0] == .integer(1), let table = link[1].text, let partition = link[2].text {
        let end = "ALTER TABLE \(table) DETACH PARTITION \(partition) FINALIZE"
        aftermath.replacement = Command(end)
      }
    case .create(let object, let name):
      let isThere = try exists(object, name)
      aftermath.isDone = mark == "absent" && isThere
    case .drop(let object, let name):
      let isThere = try exists(object, name)
      aftermath.isDone = !isThere
    case .repeatable: break
    }
    return aftermath
  }

  private func exists(_ object: LoneObject, _ name: String) throws(DatabaseError) -> Bool {
    let (table, column) =
      switch object {
      case .database: ("pg_database", "datname")
      case .tablespace: ("pg_tablespace", "spcname")
      case .subscription: ("pg_subscription", "subname")
      }
    let name = dialect.literal(name)
    return try !rows("SELECT 1 FROM pg_catalog.\(table) WHERE \(column) = \(name)").isEmpty
  }

  /// An index of the catalog.
  private struct Index {
    let id: Int64
    let qualifiedName: String
    let name: String
    let isBroken: Bool

    init?(_ row: Row) {
      guard let id = row[0].integer, let qualified = row[1].text, let name = row[2].text else {
        return nil
      }
      self.id = id
      qualifiedName = qualified
      self.name = name
      isBroken = row[3] == .integer(0)
    }

    /// Whether `REINDEX CONCURRENTLY` named it: `_ccnew` or `_ccold`, and a number when that was taken.
    var isLeftByReindex: Bool {
      var stem = name[...]
      while stem.last?.isNumber == true { stem.removeLast() }
      return stem.hasSuffix("_ccnew") || stem.hasSuffix("_ccold")
    }

    var removal: Command { Command("DROP INDEX CONCURRENTLY IF EXISTS \(qualifiedName)") }
  }

  /// The indexes of the tables that the statement is about, those of their partitions and of their
  /// TOAST tables included.
  private func indexes(of statement: LoneStatement) throws(DatabaseError) -> [Index] {
    let tables: String
    switch statement {
    case .createIndex(_, on: let table), .reindex(.table(let table)):
      let root = "(\(Self.lookup(table)))"
      tables = "SELECT \(root) UNION SELECT relid::oid FROM pg_catalog.pg_partition_tree(\(root))"
    case .reindex(.index(let name)):
      let root = "(\(Self.lookup(name)))"
      tables = """
        SELECT indrelid FROM pg_catalog.pg_index WHERE indexrelid = \(root) OR indexrelid IN (
          SELECT relid FROM pg_catalog.pg_partition_tree(\(root)))
        """
    default: tables = "SELECT oid FROM pg_catalog.pg_class"
    }
    return try rows(
      """
      WITH named (oid) AS (\(tables)), tables (oid) AS (
        SELECT oid FROM named UNION SELECT reltoastrelid FROM pg_catalog.pg_class
        WHERE oid IN (SELECT oid FROM named))
      SELECT c.oid, pg_catalog.format('%I.%I', n.nspname, c.relname), c.relname::text,
        i.indisvalid::int
      FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE i.indrelid IN (SELECT oid FROM tables) AND c.relkind = 'i' ORDER BY c.oid
      """
    ).compactMap { Index($0) }
  }

  /// The query for the number of the relation, `NULL` when there is none.
  private static func lookup(_ name: CatalogName) -> String {
    "SELECT pg_catalog.to_regclass(\(text(name)))::oid"
  }

  private static func link(of partition: CatalogName, to table: CatalogName) -> String {
    """
    SELECT inhdetachpending::int, inhparent::pg_catalog.regclass::text,
      inhrelid::pg_catalog.regclass::text
    FROM pg_catalog.pg_inherits
    WHERE inhrelid = (\(lookup(partition))) AND inhparent = (\(lookup(table)))
    """
  }

  private static func text(_ name: CatalogName) -> String {
    let dialect = Dialect.postgresql
    let parts = [name.schema, name.name].compactMap(\.self).map { dialect.identifier($0) }
    return dialect.literal(parts.joined(separator: "."))
  }
}

extension DatabaseError {
  fileprivate static func brokenIndex(_ name: String) -> Self {
    Self(
      .statement, message: "the index \(name) is there already, INVALID, and not by this program",
      hint: """
        when nobody is building it any more: DROP INDEX CONCURRENTLY \(name), or REINDEX INDEX \
        CONCURRENTLY \(name) and IF NOT EXISTS in the script
        """)
  }
}
