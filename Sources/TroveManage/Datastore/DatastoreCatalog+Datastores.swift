internal import FoundationEssentials

extension DatastoreCatalog {
  /// The datastores, in the order of their names.
  ///
  /// - Throws: ``DatastoreError``.
  public func datastores() throws(DatastoreError) -> [Datastore] {
    let session = try session(with: [.datastores, .versions])
    let rows = try session.rows(
      """
      SELECT d.id, d.name, d.default_version_id, v.name, v.version
      FROM \(session.name(.datastores)) AS d
      LEFT JOIN \(session.name(.versions)) AS v ON v.id = d.default_version_id
      """)
    let datastores = rows.map { row in
      Datastore(
        id: row[0].text ?? "", name: row[1].text ?? "",
        defaultVersion: row[2] == .null ? nil : DatastoreVersion.Identity(row[2...4]))
    }
    return datastores.sorted { ExactText($0.name) < ExactText($1.name) }
  }

  /// Adds the datastore called `name` when it is missing, and sets its default version.
  ///
  /// - Parameters:
  ///   - name: the datastore's name.
  ///   - version: the name or id of one of its versions, which must be active; `nil` for no default.
  /// - Returns: the datastore as it is now.
  /// - Throws: ``DatastoreError``; nothing is changed then.
  public func updateDatastore(
    named name: String, defaultVersion version: String?
  ) throws(DatastoreError) -> Datastore {
    try change(with: [.datastores, .versions]) { (session) throws(DatastoreError) in
      try session.checkName(name, for: "name", of: .datastores)
      let table = session.name(.datastores)
      let rows = try session.rows(
        "SELECT id FROM \(table) WHERE name = \(session.literal(name))")
      let known = rows.first?[0].text
      let id = known ?? UUID().uuidString.lowercased()
      let row = try version.map { (version) throws(DatastoreError) in
        try session.version(VersionSelector(datastore: name, version: version), of: id)
      }
      guard row?.activity != .inactive else { throw .versionInactive(row?.identity.name ?? "") }
      let defaultID = session.literal(row?.identity.id)
      if known == nil {
        try session.execute(
          """
          INSERT INTO \(table) (id, name, default_version_id)
          VALUES (\(session.literal(id)), \(session.literal(name)), \(defaultID))
          """)
      } else {
        try session.execute(
          """
          UPDATE \(table) SET default_version_id = \(defaultID)
          WHERE id = \(session.literal(id))
          """)
      }
      return Datastore(id: id, name: name, defaultVersion: row?.identity)
    }
  }
}
