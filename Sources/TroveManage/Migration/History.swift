/// What happened to the versions in a database, as far as it is remembered.
public struct History: Sendable {
  /// In the order in which it happened.
  public let entries: [HistoryEntry]
  /// Whether there is a journal at all.
  public let hasJournal: Bool

  /// Asks `database`; nothing is locked or written.
  ///
  /// - Parameters:
  ///   - database: the database.
  ///   - repository: the only one that counts; `nil` for all that ever were.
  ///   - limit: how many of the newest entries; `nil` for all.
  /// - Throws: ``MigrationError``, also for a table that is not ours.
  public init(
    of database: Database, repository: Repository? = nil, limit: Int? = nil
  ) throws(MigrationError) {
    let asker = try Asker(database, repository: repository, limit: limit)
    hasJournal = asker.journal.table.exists
    let done = try asker.steps()
    let failed = try asker.failures()
    entries = Self.merged(done, failed).suffix(limit ?? .max)
  }

  /// Both in one order, by time; neither loses its own.
  private static func merged(_ one: [HistoryEntry], _ other: [HistoryEntry]) -> [HistoryEntry] {
    var (one, other) = (one[...], other[...])
    var merged: [HistoryEntry] = []
    while let first = one.first, let second = other.first {
      merged.append(second.time < first.time ? other.removeFirst() : one.removeFirst())
    }
    return merged + one + other
  }
}

/// What asks the two tables.
private struct Asker {
  let journal: Journal
  private let failureTable: FailureTable
  private let connection: any Connection
  private let repository: Repository?
  private let limit: Int?

  init(_ database: Database, repository: Repository?, limit: Int?) throws(MigrationError) {
    let connection = try MigrationError.catching { () throws(DatabaseError) in
      try database.connection(for: .reading)
    }
    let tables = try MigrationError.catching { () throws(DatabaseError) in
      try connection.tables(named: [Journal.tableName, FailureTable.tableName])
    }
    do throws(JournalError) {
      journal = try Journal(tables[0], dialect: connection.dialect)
    } catch {
      throw .journal(error)
    }
    do throws(SideTableError) {
      failureTable = try FailureTable(tables[1], dialect: connection.dialect)
    } catch {
      throw .sideTable(error)
    }
    self.connection = connection
    self.repository = repository
    self.limit = limit
  }

  /// What was done.
  func steps() throws(MigrationError) -> [HistoryEntry] {
    try rows(of: journal.table, time: "finished_at", ["duration_ms"]).map {
      HistoryEntry($0, .done(milliseconds: $0[10].integer ?? 0))
    }
  }

  /// What failed.
  func failures() throws(MigrationError) -> [HistoryEntry] {
    try rows(of: failureTable.table, time: "failed_at", ["line", "message"]).map {
      HistoryEntry($0, .failed(line: $0[10].integer, message: $0[11].words))
    }
  }

  private func rows(
    of table: Table, time: String, _ columns: [String]
  ) throws(MigrationError) -> [Row] {
    guard table.exists else { return [] }
    let dialect = connection.dialect
    var query = """
      SELECT \(dialect.shown(time: time)), \((HistoryEntry.columns + columns).joined(separator: ", "))
      FROM \(table.qualifiedName)
      """
    if let repository {
      query += """

        WHERE repository_id = \(dialect.literal(repository.id))
          AND version_table = \(dialect.literal(repository.versionTable))
        """
    }
    query += "\nORDER BY id DESC\(limit.map { " LIMIT \($0)" } ?? "")"
    let newest = try MigrationError.catching { () throws(DatabaseError) in
      try connection.rows(query)
    }
    return newest.reversed()
  }
}
