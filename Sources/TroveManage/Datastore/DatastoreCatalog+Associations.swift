internal import FoundationEssentials

extension DatastoreCatalog {
  /// The flavors or volume types of a version that count, in the order of their values.
  ///
  /// - Throws: ``DatastoreError``.
  public func associations(
    _ kind: VersionAssociation.Kind, of selector: VersionSelector
  ) throws(DatastoreError) -> [VersionAssociation] {
    let session = try session(with: [.datastores, .versions, .associations])
    let version = try session.version(selector).identity
    return try session.associations(kind, of: version).filter { $0.standing == .valid }
      .sorted { ExactText($0.value) < ExactText($1.value) }
  }

  /// Gives flavors or volume types to a version: all of them, or none when one is there already.
  ///
  /// One that was taken away comes back in its old row.
  ///
  /// - Returns: the associations, in the order of `values`.
  /// - Throws: ``DatastoreError``; nothing is changed then.
  public func add(
    _ values: [String], as kind: VersionAssociation.Kind, to selector: VersionSelector
  ) throws(DatastoreError) -> [VersionAssociation] {
    try change(with: [.datastores, .versions, .associations]) { (session) throws(DatastoreError) in
      for value in values { try session.checkName(value, for: "value", of: .associations) }
      let version = try session.version(selector).identity
      var known: [ExactText: VersionAssociation] = [:]
      for association in try session.associations(kind, of: version) {
        known[ExactText(association.value)] = association
      }
      var added: [VersionAssociation] = []
      for value in values {
        let row = known[ExactText(value)]
        guard row?.standing != .valid else {
          throw .associated(kind, value, versionID: version.id)
        }
        let association = VersionAssociation(
          id: row?.id ?? UUID().uuidString.lowercased(), version: version, kind: kind,
          value: value, standing: .valid)
        try row == nil ? session.insert(association) : session.restore(association)
        known[ExactText(value)] = association
        added.append(association)
      }
      return added
    }
  }

  /// Takes a flavor or a volume type from a version; its row stays and is marked as deleted.
  ///
  /// - Returns: the association as it is now.
  /// - Throws: ``DatastoreError``; nothing is changed then.
  public func remove(
    _ value: String, as kind: VersionAssociation.Kind, from selector: VersionSelector
  ) throws(DatastoreError) -> VersionAssociation {
    try change(with: [.datastores, .versions, .associations]) { (session) throws(DatastoreError) in
      let version = try session.version(selector).identity
      let rows = try session.associations(kind, of: version)
      let row = rows.first { ExactText($0.value) == ExactText(value) && $0.standing == .valid }
      guard let row else { throw .notAssociated(kind, value, versionID: version.id) }
      try session.delete(row)
      return VersionAssociation(
        id: row.id, version: version, kind: kind, value: value, standing: .deleted)
    }
  }
}

extension DatastoreSession {
  /// The rows of a version, with those that are marked as deleted.
  fileprivate func associations(
    _ kind: VersionAssociation.Kind, of version: DatastoreVersion.Identity
  ) throws(DatastoreError) -> [VersionAssociation] {
    let rows = try rows(
      """
      SELECT id, value, CASE WHEN deleted THEN 1 ELSE 0 END FROM \(name(.associations))
      WHERE datastore_version_id = \(literal(version.id)) AND "key" = \(literal(kind.rawValue))
      """)
    return rows.map { row in
      VersionAssociation(
        id: row[0].text ?? "", version: version, kind: kind, value: row[1].text ?? "",
        standing: row[2] == .integer(1) ? .deleted : .valid)
    }
  }

  fileprivate func insert(_ association: VersionAssociation) throws(DatastoreError) {
    let values = [
      association.id, association.version.id, association.kind.rawValue, association.value,
      Date().datastoreText,
    ]
    try execute(
      """
      INSERT INTO \(name(.associations))
        (id, datastore_version_id, "key", value, created, deleted)
      VALUES (\(values.map { literal($0) }.joined(separator: ", ")), FALSE)
      """)
  }

  /// Makes a row count again; when it was deleted stays, as Trove leaves it.
  fileprivate func restore(_ association: VersionAssociation) throws(DatastoreError) {
    try execute(
      """
      UPDATE \(name(.associations))
      SET deleted = FALSE, updated_at = \(literal(Date().datastoreText))
      WHERE id = \(literal(association.id))
      """)
  }

  fileprivate func delete(_ association: VersionAssociation) throws(DatastoreError) {
    try execute(
      """
      UPDATE \(name(.associations))
      SET deleted = TRUE, deleted_at = \(literal(Date().datastoreText))
      WHERE id = \(literal(association.id))
      """)
  }
}
