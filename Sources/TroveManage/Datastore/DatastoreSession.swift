/// A conversation with tables that were found to have the columns that are needed.
struct DatastoreSession {
  private let connection: any Connection
  private let tables: [String: Table]

  /// Asks the catalog for the tables.
  ///
  /// - Throws: ``DatastoreError/noTable(_:)`` and ``DatastoreError/noColumn(_:table:coreVersion:)``
  ///   for what is missing.
  init(
    _ connection: any Connection, with needed: [DatastoreTable]
  ) throws(DatastoreError) {
    self.connection = connection
    let found = try DatastoreError.catching { () throws(DatabaseError) in
      try connection.tables(named: needed.map(\.name))
    }
    var tables: [String: Table] = [:]
    for (need, table) in zip(needed, found) {
      guard table.exists else { throw .noTable(need.name) }
      for column in need.columns where table.columnTypes[column] == nil {
        throw .noColumn(
          column, table: need.name, coreVersion: try Self.coreVersion(connection))
      }
      tables[need.name] = table
    }
    self.tables = tables
  }

  /// The version at which core stands, as Trove's own version table says it.
  private static func coreVersion(_ connection: any Connection) throws(DatastoreError) -> Int? {
    try DatastoreError.catching { () throws(DatabaseError) in
      guard let table = try connection.tables(named: ["migrate_version"]).first,
        table.columnTypes["repository_id"] != nil, table.columnTypes["version"] != nil
      else { return nil }
      let rows = try connection.rows(
        "SELECT version FROM \(table.qualifiedName) WHERE repository_id = 'Trove Migrations'")
      return rows.first?.first?.integer.map { Int($0) }
    }
  }

  /// The table's name for a statement.
  func name(_ table: DatastoreTable) -> String {
    tables[table.name]?.qualifiedName ?? table.name
  }

  /// `text` as a string literal, `nil` as NULL.
  func literal(_ text: String?) -> String {
    text.map { connection.dialect.literal($0) } ?? "NULL"
  }

  /// The rows of a query.
  func rows(_ query: String) throws(DatastoreError) -> [Row] {
    try DatastoreError.catching { () throws(DatabaseError) in try connection.rows(query) }
  }

  /// Runs statements in order; on PostgreSQL, all of them in one round trip.
  func execute(_ commands: [Command]) throws(DatastoreError) {
    try DatastoreError.catching { () throws(DatabaseError) in try connection.execute(commands) }
  }

  /// Runs a statement that changes one row.
  func execute(_ sql: String) throws(DatastoreError) {
    try execute([Command(sql, requiredChanges: 1)])
  }
}

// MARK: - Values and their columns

extension DatastoreSession {
  /// How a column takes values.
  struct Column {
    let name: String
    /// How many characters it holds; `nil` for any number.
    let limit: Int?

    /// What is wrong with `text` for the column; `nil` when nothing is.
    ///
    /// SQLite would take a text of any length, whatever its column says (datatype3.html §3).
    func fault(in text: String) -> ColumnFault? {
      if text.utf8.contains(0) { return fault(.nul) }
      // No character takes less than a byte.
      guard let limit, text.utf8.count > limit else { return nil }
      let count = text.unicodeScalars.count
      return count > limit ? fault(.tooLong(count)) : nil
    }

    /// The same for a name, which must not be empty.
    func fault(inName name: String) -> ColumnFault? {
      name.isEmpty ? fault(.empty) : fault(in: name)
    }

    private func fault(_ reason: ColumnFault.Reason) -> ColumnFault {
      ColumnFault(column: name, limit: limit, reason: reason)
    }
  }

  /// The column of `table` called `name`; its limit stands in its type, `VARCHAR(255)`.
  func column(_ name: String, of table: DatastoreTable) -> Column {
    let type = tables[table.name]?.columnTypes[name] ?? ""
    let digits = type.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }
    return Column(name: "\(table.name).\(name)", limit: Int(digits))
  }

  /// Checks that `text` fits its column.
  func check(_ text: String?, for name: String, of table: DatastoreTable) throws(DatastoreError) {
    guard let text, let fault = column(name, of: table).fault(in: text) else { return }
    throw .value(fault)
  }

  /// Checks that `text` is not empty and fits its column.
  func checkName(
    _ text: String, for name: String, of table: DatastoreTable
  ) throws(DatastoreError) {
    guard let fault = column(name, of: table).fault(inName: text) else { return }
    throw .value(fault)
  }
}
