internal import CSQLite

extension SQLiteConnection {
  /// What the pragmas say, and the newest rows of the two tables that marks come from.
  public func catalogPlace() throws(DatabaseError) -> CatalogPlace? { .sqlite(try place()) }

  func place() throws(DatabaseError) -> SQLitePlace {
    let others = try number("PRAGMA main.data_version")
    let version = try number("PRAGMA main.schema_version")
    let counts = try !rows("PRAGMA main.table_info(sqlite_sequence)").isEmpty
    return SQLitePlace(
      commitsOfOthers: others ?? 0, schemaVersion: version ?? 0,
      writtenRows: unsafe sqlite3_total_changes64(handle),
      lastEntry: try number("SELECT max(rowid) FROM main.sqlite_schema") ?? 0,
      lastCounter: counts ? try number("SELECT max(rowid) FROM main.sqlite_sequence") ?? 0 : nil,
      alterations: authorizer.alterations)
  }

  /// Marks what stands behind `place` in `sqlite_schema`.
  ///
  /// The authorizer is asked about everything that takes an entry away or changes one, so that without such
  /// a question the entries up to there are what they were.
  public func changes(since place: CatalogPlace?) throws(DatabaseError) -> CatalogMarks? {
    guard case .sqlite(let place) = place, authorizer.alterations == place.alterations else {
      return nil
    }
    let now = try self.place()
    let since = "rowid > \(place.lastEntry)"
    var entries = try entries(where: since)
    // An index of an older table: the table is marked anew, with all that it has.
    let made = Set(entries.filter { $0[0].text == "table" }.map { $0[1].text })
    let older = Set(entries.filter { $0[0].text == "index" }.map { $0[2].text }).subtracting(made)
    if !older.isEmpty {
      let list = older.compactMap { $0.map { dialect.literal($0) } }.sorted()
      entries = try self.entries(
        where:
          "\(since) OR type IN ('table', 'index') AND tbl_name IN (\(list.joined(separator: ", ")))"
      )
    }
    let marks = try Self.marks(of: entries) + counters(behind: place.lastCounter ?? 0)
    return CatalogMarks(marks: marks, place: .sqlite(now))
  }

  private func number(_ query: String) throws(DatabaseError) -> Int64? {
    try rows(query).first?.first?.integer
  }
}
