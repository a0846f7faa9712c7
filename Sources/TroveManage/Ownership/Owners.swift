/// Who owns what, as the side tables remember it and the open transaction changes it.
struct Owners {
  /// What is remembered of an object.
  struct Entry: Hashable {
    let owner: Owner
    /// The digest of what the catalog said about it when it was recorded.
    var fingerprint: String
  }

  /// What is remembered of a repository.
  struct Record: Hashable {
    /// Where it stood when it was recorded.
    let version: Int
    /// The digest over all that it owns.
    let fingerprint: String
  }

  /// The objects that have an owner.
  var entries = OwnerEntries()
  /// The repositories about which something was recorded, be it that they own nothing.
  var records: [Owner: Record] = [:]
  /// Tables of this program besides those whose names tell, in small letters.
  var versionTables: Set<String> = []

  /// The tables of which others are parts.
  var wholes: [ObjectName: ObjectName] = [:]

  /// Whom the object belongs to; `nil` for nobody.
  ///
  /// A trigger that nobody made belongs to its table.
  func owner(of name: ObjectName) -> Owner? {
    if isOwn(name) { return .program }
    if let entry = entries[wholes[name] ?? name] { return entry.owner }
    return name.tableName.flatMap { owner(of: $0) }
  }

  /// Whom what is marked belongs to: a part to its whole.
  func owner(of mark: ObjectMark) -> Owner? { owner(of: mark.part ?? mark.name) }

  /// Whom a table or view of this name belongs to.
  func owner(ofRelation name: ObjectName) -> Owner? {
    let kinds: [ObjectName.Kind] = [.table, .view, .materializedView]
    return kinds.lazy.compactMap { kind in
      owner(of: ObjectName(kind, schema: name.schema, name: name.name))
    }.first
  }

  /// Whose trigger is called so; `nil` when there is none with an owner.
  func owner(ofTrigger name: String) -> Owner? {
    entries.byName.first { $0.key.kind == .trigger && $0.key.name == name }?.value.owner
  }

  /// The names of what `owner` has, sorted.
  func objects(of owner: Owner) -> [ObjectName] {
    entries.byName.filter { $0.value.owner == owner }.keys.sorted()
  }

  private func isOwn(_ name: ObjectName) -> Bool {
    guard name.kind == .table else { return false }
    let table = name.name.lowercased()
    return table.hasPrefix("trove_migrate_") || versionTables.contains(table)
  }
}
