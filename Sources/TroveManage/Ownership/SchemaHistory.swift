/// What a repository's scripts make, version by version.
public struct SchemaHistory: Sendable {
  /// The repository.
  public let repository: Repository
  /// The versions in ascending order, 0 first: what was there before the first script.
  public let versions: [Int]
  /// The objects that a script made, changed or dropped.
  public let objects: Set<ObjectName>

  private let schemas: [Int: [SchemaObject]]

  /// The history that consists of `schemas` by version, of which one is that at 0.
  init(of repository: Repository, _ schemas: [Int: [SchemaObject]]) {
    self.repository = repository
    versions = schemas.keys.sorted()
    let start = Set(schemas[0, default: []])
    let objects = schemas.values.reduce(into: Set<ObjectName>()) { names, schema in
      names.formUnion(start.symmetricDifference(schema).map(\.name))
    }
    self.objects = objects
    self.schemas = schemas.mapValues { $0.filter { objects.contains($0.name) } }
  }

  /// The repository's objects as they are at `version`.
  public func schema(at version: Int) -> [SchemaObject] { schemas[version, default: []] }

  /// Those of `schema` that are the repository's, be it at another version.
  public func own(of schema: [SchemaObject]) -> [SchemaObject] {
    schema.filter { objects.contains($0.name) }
  }
}

extension [SchemaObject] {
  /// The objects without the version tables of `members` and our own tables.
  public func withoutBookkeeping(of members: [Member]) -> Self {
    let tables = Set(members.map { $0.repository.versionTable.lowercased() })
    return filter { object in
      let name = (object.name.table ?? object.name.name).lowercased()
      let isTable = object.name.kind == .table || object.name.table != nil
      return !(isTable && (name.hasPrefix("trove_migrate_") || tables.contains(name)))
    }
  }
}
