extension PostgresConnection {
  /// The numbers of the indexes that are there, or whether what the statement is about is.
  public func mark(before statement: LoneStatement) throws(DatabaseError) -> String {
    switch statement {
    case .createIndex(let name, on: _):
      let indexes = try indexes(of: statement)
      if let broken = indexes.first(where: { $0.isBroken && $0.name == name.name }) {
        throw .brokenIndex(broken.qualifiedName)
      }
      return indexes.map { String($0.id) }.joined(separator: " ")
    case .reindex:
      let broken = try indexes(of: statement).filter(\.isBroken)
      for index in broken where index.isLeftByReindex {
        noticeHandler("\(index.qualifiedName) is INVALID, and not by this program: left alone")
      }
      return broken.map { String($0.id) }.joined(separator: " ")
    case .dropIndex(let name): return try validity(of: name)
    default: return try isThere(statement) ? Self.present : Self.absent
    }
  }

  /// What the catalog shows ("Building Indexes Concurrently" and "REINDEX" tell what is left, "ALTER TABLE"
  /// what a partition needs).
  public func aftermath(
    of statement: LoneStatement, since mark: String, patience: Patience
  ) throws(DatabaseError) -> Aftermath {
    var aftermath = Aftermath()
    switch statement {
    case .createIndex, .reindex:
      var new = try newIndexes(of: statement, since: mark)
      if new.contains(where: \.isBroken) {
        // Somebody may be mending it by hand.
        for table in Set(new.map(\.table)) { try waitForBuilders(of: table, patience) }
        new = try newIndexes(of: statement, since: mark)
      }
      aftermath.mends = new.filter(\.isBroken).map(\.removal)
      if case .createIndex = statement { aftermath.isDone = new.contains { !$0.isBroken } }
    case .dropIndex(let name):
      let state = try validity(of: name)
      aftermath.isDone = mark != Self.absent && state == Self.absent
      // From here on there is no way back: the server has told everybody not to use it.
      if mark == Self.present, state == Self.invalid {
        aftermath.replacement = Command("DROP INDEX CONCURRENTLY \(name.quoted(dialect))")
      }
    case .drop:
      let isThere = try isThere(statement)
      aftermath.isDone = mark == Self.present && !isThere
    case .create:
      let isThere = try isThere(statement)
      aftermath.isDone = mark == Self.absent && isThere
    case .detach(let partition, from: let table):
      let link = try rows(Self.link(of: partition, to: table)).first
      aftermath.isDone = mark == Self.present && link == nil
      if let link, link[0] == .integer(1), let table = link[1].text, let partition = link[2].text {
        let end = "ALTER TABLE \(table) DETACH PARTITION \(partition) FINALIZE"
        aftermath.replacement = Command(end)
      }
    case .repeatable, .setting: break
    }
    return aftermath
  }

  /// Whether the table or index is partitioned; one that is not there is not.
  public func isPartitioned(_ name: CatalogName) throws(DatabaseError) -> Bool {
    let query = """
      SELECT 1 FROM pg_catalog.pg_class WHERE relkind IN ('p', 'I') AND oid = (\(Self.lookup(name)))
      """
    return try !rows(query).isEmpty
  }

  private static let present = "present"
  private static let absent = "absent"
  private static let invalid = "INVALID"

  /// Whether the index is there, and valid.
  private func validity(of name: CatalogName) throws(DatabaseError) -> String {
    let query = """
      SELECT indisvalid::int FROM pg_catalog.pg_index WHERE indexrelid = (\(Self.lookup(name)))
      """
    guard let row = try rows(query).first else { return Self.absent }
    return row[0] == .integer(1) ? Self.present : Self.invalid
  }

  /// Whether the object or the partition that the statement is about is there.
  private func isThere(_ statement: LoneStatement) throws(DatabaseError) -> Bool {
    switch statement {
    case .create(let object, let name), .drop(let object, let name): try exists(object, name)
    case .detach(let partition, from: let table):
      try !rows(Self.link(of: partition, to: table)).isEmpty
    case .createIndex, .dropIndex, .reindex, .repeatable, .setting: false
    }
  }

  private func exists(_ object: LoneObject, _ name: String) throws(DatabaseError) -> Bool {
    let database = "(SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())"
    let source =
      switch object {
      case .database: "pg_database WHERE datname"
      case .tablespace: "pg_tablespace WHERE spcname"
      case .subscription: "pg_subscription WHERE subdbid = \(database) AND subname"
      }
    return try !rows("SELECT 1 FROM pg_catalog.\(source) = \(dialect.literal(name))").isEmpty
  }

  /// An index of the catalog.
  private struct Index {
    let id: Int64
    let qualifiedName: String
    let name: String
    let table: String
    let isBroken: Bool

    init?(_ row: Row) {
      guard let id = row[0].integer, let qualified = row[1].text, let name = row[2].text,
        let table = row[4].text
      else { return nil }
      self.id = id
      self.table = table
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

  /// The indexes that the statement has made, as far as it got.
  private func newIndexes(
    of statement: LoneStatement, since mark: String
  ) throws(DatabaseError) -> [Index] {
    let known = Set(mark.split(separator: " ").compactMap { Int64($0) })
    return try indexes(of: statement).filter { index in
      guard !known.contains(index.id) else { return false }
      if case .createIndex(let name, on: _) = statement { return index.name == name.name }
      return index.isBroken && index.isLeftByReindex
    }
  }

  /// Waits until nobody builds an index of the table; whoever does holds its lock from beginning to end
  /// (13.3.1).
  private func waitForBuilders(
    of table: String, _ patience: Patience
  ) throws(DatabaseError) {
    // Two statements in one query are a transaction.
    let wait = patience == .none ? " NOWAIT" : ""
    let lock = "LOCK TABLE \(table) IN SHARE UPDATE EXCLUSIVE MODE\(wait)"
    try send(PostgresBatch([Command(lock), Command("SELECT 1")])) { _, _ in }
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
        i.indisvalid::int, pg_catalog.format('%I.%I', n.nspname, t.relname)
      FROM pg_catalog.pg_index AS i JOIN pg_catalog.pg_class AS c ON c.oid = i.indexrelid
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      JOIN pg_catalog.pg_class AS t ON t.oid = i.indrelid
      WHERE i.indrelid IN (SELECT oid FROM tables) AND c.relkind = 'i' ORDER BY c.oid
      """
    ).compactMap { Index($0) }
  }

  /// The query for the number of the relation, `NULL` when there is none.
  private static func lookup(_ name: CatalogName) -> String {
    let dialect = Dialect.postgresql
    return "SELECT pg_catalog.to_regclass(\(dialect.literal(name.quoted(dialect))))::oid"
  }

  private static func link(of partition: CatalogName, to table: CatalogName) -> String {
    """
    SELECT inhdetachpending::int, inhparent::pg_catalog.regclass::text,
      inhrelid::pg_catalog.regclass::text
    FROM pg_catalog.pg_inherits
    WHERE inhrelid = (\(lookup(partition))) AND inhparent = (\(lookup(table)))
    """
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
