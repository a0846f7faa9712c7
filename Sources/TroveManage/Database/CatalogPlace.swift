/// How far a session has followed a catalog, and what tells whether anybody has written since.
///
/// Two places of one session that are equal have the same database between them: nobody has committed
/// anything else, and the session itself has written nothing.
public struct CatalogPlace: Hashable, Sendable {
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
