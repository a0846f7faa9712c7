extension Owners {
  /// Records, in the open transaction, that those of the objects that are nobody's belong to the repository.
  static func claim(
    _ names: [ObjectName], for repository: Repository, at version: Int,
    on connection: any Connection
  ) throws(MigrationError) {
    let owner = Owner(repository)
    let table = try OwnerTable(on: connection)
    var owners = try table.owners(on: connection)
    for name in names where owners.entries[name] == nil {
      owners.entries[name] = Entry(owner: owner, fingerprint: "")
    }
    let record = OwnerRecord(
      changed: [], refreshed: [owner], versions: [owner: version], table: table)
    try record.write(&owners, on: connection)
  }
}

/// What a transaction has to remember about owners at its end.
struct OwnerRecord {
  /// The objects that are new, changed or gone.
  let changed: Set<ObjectName>
  /// The repositories of which anything may have changed.
  let refreshed: Set<Owner>
  /// Where the repositories stand that were moved.
  let versions: [Owner: Int]
  /// Where it is remembered.
  let table: OwnerTable

  /// Asks the catalog about what has changed, and writes it down; `owners` is then what is remembered.
  func write(_ owners: inout Owners, on connection: any Connection) throws(MigrationError) {
    var stale = changed
    // What was recorded before may be spoken of by others, whose own entries in the catalog stay as they are.
    let altered = changed.filter { owners.entries[$0]?.fingerprint.isEmpty == false }
    let dependents = try MigrationError.catching { () throws(DatabaseError) in
      try altered.isEmpty ? [] : connection.dependents(of: altered.sorted())
    }
    stale.formUnion(dependents.filter { owners.entries[$0] != nil })
    for owner in refreshed { stale.formUnion(owners.objects(of: owner)) }
    let owned = stale.filter { owners.entries[$0] != nil }
    let objects = try MigrationError.catching { () throws(DatabaseError) in
      try owned.isEmpty ? [] : connection.schema(of: owned.sorted())
    }
    var rows: [(object: SchemaObject, entry: Owners.Entry, version: Int)] = []
    for object in objects {
      guard var entry = owners.entries[object.name] else { continue }
      entry.fingerprint = SchemaObject.fingerprint(of: [object])
      owners.entries[object.name] = entry
      let version = versions[entry.owner] ?? owners.records[entry.owner]?.version ?? 0
      rows.append((object, entry, version))
    }
    // What the catalog does not describe is not recorded.
    let described = Set(objects.map(\.name))
    for name in owned where !described.contains(name) { owners.entries[name] = nil }
    var commands = table.creation + table.forget(stale.sorted()) + table.record(rows)
    for owner in Set(rows.map(\.entry.owner)).union(refreshed).union(versions.keys).sorted() {
      let version = versions[owner] ?? owners.records[owner]?.version ?? 0
      let fingerprint = owners.entries.fingerprint(of: owner)
      let record = Owners.Record(version: version, fingerprint: fingerprint)
      guard record != owners.records[owner] else { continue }
      let isGone = version == 0 && owners.entries.isEmpty(of: owner)
      commands +=
        isGone
        ? table.forget(owner) : table.record(owner, version: version, fingerprint: fingerprint)
      owners.records[owner] = isGone ? nil : record
    }
    guard !commands.isEmpty else { return }
    try MigrationError.catching { () throws(DatabaseError) in try connection.execute(commands) }
  }
}
