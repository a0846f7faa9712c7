internal import FoundationEssentials

extension DatastoreCatalog {
  /// The versions of the datastore with the name or id `datastore`, or of all, in the order of the
  /// datastores' names, their own and their numbers.
  ///
  /// - Throws: ``DatastoreError``.
  public func versions(of datastore: String? = nil) throws(DatastoreError) -> [DatastoreVersion] {
    let session = try session(with: [.datastores, .versionContents])
    var condition = ""
    if let datastore {
      condition = "WHERE v.datastore_id = \(session.literal(try session.datastore(datastore).id))"
    }
    let rows = try session.rows(
      """
      SELECT v.id, v.name, v.version, v.datastore_id, d.name, v.manager, v.image_id, v.image_tags,
        v.packages, CASE WHEN v.active THEN 1 ELSE 0 END, v.registry_ext, v.repl_strategy
      FROM \(session.name(.versions)) AS v
      LEFT JOIN \(session.name(.datastores)) AS d ON d.id = v.datastore_id
      \(condition)
      """)
    return rows.map { DatastoreVersion($0) }.sorted {
      $0.order.lexicographicallyPrecedes($1.order)
    }
  }

  /// Adds the version that `selector` names when it is missing, and sets all of its content.
  ///
  /// The number is the name when `selector` has none. What `content` leaves out is not kept from
  /// before: the tags become NULL, the classes those of the manager.
  ///
  /// - Returns: the version as it is now.
  /// - Throws: ``DatastoreError``; nothing is changed then.
  public func updateVersion(
    _ selector: VersionSelector, to content: DatastoreVersion.Content
  ) throws(DatastoreError) -> DatastoreVersion {
    try change(with: [.datastores, .versionContents]) { (session) throws(DatastoreError) in
      let number = selector.number ?? selector.version
      try session.checkName(selector.version, for: "name", of: .versions)
      try session.checkName(number, for: "version", of: .versions)
      let content = content.completed
      try session.check(content)
      let datastore = try session.datastore(selector.datastore)
      let known = try session.rows(
        """
        SELECT id FROM \(session.name(.versions))
        WHERE datastore_id = \(session.literal(datastore.id))
          AND name = \(session.literal(selector.version)) AND version = \(session.literal(number))
        """)
      let identity = DatastoreVersion.Identity(
        id: known.first?[0].text ?? UUID().uuidString.lowercased(), name: selector.version,
        number: number)
      let version = DatastoreVersion(
        identity: identity, datastoreID: datastore.id, datastoreName: datastore.name,
        content: content)
      try known.isEmpty ? session.insert(version) : session.update(version)
      return version
    }
  }
}

extension DatastoreVersion {
  /// The version in the columns of the list's query.
  fileprivate init(_ row: Row) {
    var content = Content(
      manager: "", imageID: "", packages: "",
      activity: row[9] == .integer(1) ? .active : .inactive)
    content.manager = row[5].text
    content.imageID = row[6].text
    content.imageTags = row[7].text
    content.packages = row[8].text
    content.registryExtension = row[10].text
    content.replicationStrategy = row[11].text
    self.init(
      identity: Identity(row[0...2]), datastoreID: row[3].text, datastoreName: row[4].text,
      content: content)
  }

  /// What versions are sorted by.
  fileprivate var order: [ExactText] {
    [datastoreName, identity.name, identity.number, identity.id].map { ExactText($0 ?? "") }
  }
}

extension DatastoreVersion.Content {
  /// The content with the manager's classes where it names none.
  fileprivate var completed: Self {
    var content = self
    content.registryExtension =
      registryExtension ?? ManagerDefaults.registryExtension(of: manager ?? "")
    content.replicationStrategy =
      replicationStrategy ?? ManagerDefaults.replicationStrategy(of: manager ?? "")
    return content
  }
}

extension DatastoreSession {
  fileprivate func check(_ content: DatastoreVersion.Content) throws(DatastoreError) {
    try checkName(content.manager ?? "", for: "manager", of: .versionContents)
    try check(content.imageID, for: "image_id", of: .versionContents)
    try check(content.imageTags, for: "image_tags", of: .versionContents)
    try check(content.packages, for: "packages", of: .versionContents)
    try check(content.registryExtension, for: "registry_ext", of: .versionContents)
    try check(content.replicationStrategy, for: "repl_strategy", of: .versionContents)
  }

  /// The columns of a content and their values as SQL.
  private func assignments(
    _ content: DatastoreVersion.Content
  ) -> [(column: String, value: String)] {
    [
      ("manager", literal(content.manager)), ("image_id", literal(content.imageID)),
      ("image_tags", literal(content.imageTags)), ("packages", literal(content.packages)),
      ("active", content.activity == .active ? "TRUE" : "FALSE"),
      ("registry_ext", literal(content.registryExtension)),
      ("repl_strategy", literal(content.replicationStrategy)),
    ]
  }

  fileprivate func insert(_ version: DatastoreVersion) throws(DatastoreError) {
    let identity = version.identity
    let values =
      [
        ("id", literal(identity.id)), ("datastore_id", literal(version.datastoreID)),
        ("name", literal(identity.name)), ("version", literal(identity.number)),
      ] + assignments(version.content)
    try execute(
      """
      INSERT INTO \(name(.versions)) (\(values.map(\.0).joined(separator: ", ")))
      VALUES (\(values.map(\.1).joined(separator: ", ")))
      """)
  }

  fileprivate func update(_ version: DatastoreVersion) throws(DatastoreError) {
    let changes = assignments(version.content).map { "\($0.column) = \($0.value)" }
    try execute(
      """
      UPDATE \(name(.versions)) SET \(changes.joined(separator: ", "))
      WHERE id = \(literal(version.identity.id))
      """)
  }
}
