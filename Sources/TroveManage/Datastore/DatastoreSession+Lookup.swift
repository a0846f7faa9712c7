/// The row of a datastore.
struct DatastoreRow {
  let id: String
  let name: String
}

/// What finds a version, and whether it is active.
struct VersionRow {
  let identity: DatastoreVersion.Identity
  let activity: DatastoreVersion.Activity
}

extension DatastoreSession {
  /// The datastore with the id or the name `key`.
  ///
  /// - Throws: ``DatastoreError/datastoreNotFound(_:)``.
  func datastore(_ key: String) throws(DatastoreError) -> DatastoreRow {
    let text = literal(key)
    let rows = try rows(
      """
      SELECT id, name FROM \(name(.datastores)) WHERE id = \(text) OR name = \(text)
      ORDER BY CASE WHEN id = \(text) THEN 0 ELSE 1 END LIMIT 1
      """)
    guard let row = rows.first, let id = row[0].text else { throw .datastoreNotFound(key) }
    return DatastoreRow(id: id, name: row[1].text ?? "")
  }

  /// The version that `selector` names.
  ///
  /// - Throws: ``DatastoreError/datastoreNotFound(_:)``, ``DatastoreError/versionNotFound(_:)`` or
  ///   ``DatastoreError/versionAmbiguous(_:candidates:)``.
  func version(_ selector: VersionSelector) throws(DatastoreError) -> VersionRow {
    try version(selector, of: datastore(selector.datastore).id)
  }

  /// The version that `selector` names, of the datastore with the id `datastoreID`.
  ///
  /// An id is found before a name.
  func version(
    _ selector: VersionSelector, of datastoreID: String
  ) throws(DatastoreError) -> VersionRow {
    let key = literal(selector.version)
    let number = selector.number.map { " AND version = \(literal($0))" } ?? ""
    let rows = try rows(
      """
      SELECT id, name, version, CASE WHEN active THEN 1 ELSE 0 END,
        CASE WHEN id = \(key) THEN 1 ELSE 0 END
      FROM \(name(.versions))
      WHERE datastore_id = \(literal(datastoreID)) AND (id = \(key) OR name = \(key))\(number)
      ORDER BY 5 DESC, version
      """)
    guard let first = rows.first else { throw .versionNotFound(selector) }
    guard rows.count == 1 || first[4] == .integer(1) else {
      throw .versionAmbiguous(
        selector.version, candidates: rows.map { DatastoreVersion.Identity($0[0...2]) })
    }
    return VersionRow(
      identity: .init(first[0...2]), activity: first[3] == .integer(1) ? .active : .inactive)
  }
}

extension DatastoreVersion.Identity {
  /// The identity in the columns `id`, `name` and `version`.
  init(_ columns: ArraySlice<Value>) {
    let texts = columns.map(\.text)
    self.init(id: texts[0] ?? "", name: texts[1], number: texts[2])
  }
}
