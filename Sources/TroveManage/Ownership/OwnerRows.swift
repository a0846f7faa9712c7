/// The rows of the tables that say who owns what (``OwnerTable``), as they are.
struct OwnerRows: Hashable {
  /// A row about an object.
  struct Object: Hashable {
    let owner: Owner
    let version: Int
    let fingerprint: String
    let definition: String
  }

  /// What is remembered of objects.
  var objects: [ObjectName: Object] = [:]
  /// What is remembered of repositories.
  var owners: [Owner: Owners.Record] = [:]

  /// Those about one repository.
  func rows(of owner: Owner) -> Self {
    Self(
      objects: objects.filter { $0.value.owner == owner },
      owners: owners.filter { $0.key == owner })
  }

  /// What makes these of the rows `old` in `table`; nothing when they are the same.
  func commands(from old: Self, in table: OwnerTable) -> [Command] {
    let names = Set(objects.keys).union(old.objects.keys).filter { objects[$0] != old.objects[$0] }
    let repositories = Set(owners.keys).union(old.owners.keys).filter {
      owners[$0] != old.owners[$0]
    }
    guard !names.isEmpty || !repositories.isEmpty else { return [] }
    let rows = names.sorted().compactMap { name in
      objects[name].map { row in
        (
          object: SchemaObject(name: name, definition: row.definition),
          entry: Owners.Entry(owner: row.owner, fingerprint: row.fingerprint), version: row.version
        )
      }
    }
    return table.creation + table.forget(names.sorted()) + table.record(rows)
      + repositories.sorted().flatMap { owner in
        owners[owner].map {
          table.record(owner, version: $0.version, fingerprint: $0.fingerprint)
        } ?? table.forget(owner)
      }
  }
}
