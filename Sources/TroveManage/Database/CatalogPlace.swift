/// How far a session has followed a database.
///
/// Between two equal places of one session, nobody else has committed anything, and the session itself has
/// written nothing that it does not know of.
public enum CatalogPlace: Hashable, Sendable {
  /// A place in a SQLite database.
  case sqlite(SQLitePlace)
  /// The newest transaction or subtransaction that has ended, or will with the open one, while none that is
  /// older is under way; and the server's process that counts what the session writes.
  case postgresql(lastTransaction: UInt32, process: Int64)
}

/// What SQLite says of changes.
public struct SQLitePlace: Hashable, Sendable {
  /// Changes whenever another session has committed (pragma.html, "data_version").
  let commitsOfOthers: Int64
  /// Changes with the schema, whoever changes it (pragma.html, "schema_version").
  let schemaVersion: Int64
  /// How many rows the session has written since it was opened.
  let writtenRows: Int64
  /// The number of the newest entry of the catalog; entries get ascending ones.
  let lastEntry: Int64
  /// The number of the newest counter; `nil` while nothing counts.
  let lastCounter: Int64?
  /// How many statements of scripts may have done something else to the catalog than add to it.
  let alterations: Int
}
