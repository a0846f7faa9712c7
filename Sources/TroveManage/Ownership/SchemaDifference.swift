/// How a schema differs from the one that it should be.
public struct SchemaDifference: Hashable, Sendable {
  /// An object that is not what it should be.
  public struct Entry: Hashable, Sendable {
    /// Which object.
    public let object: ObjectName
    /// What is wrong with it.
    public let change: Change
  }

  /// What is wrong with an object.
  public enum Change: Hashable, Sendable {
    /// It should be there and is not.
    case missing
    /// It is there and should not be.
    case added
    /// It is there, but some of its parts are not what they should be; there is at least one.
    case changed([PartChange])
  }

  /// What is wrong with a part of an object.
  public enum PartChange: Hashable, Sendable {
    /// It is there and should not be.
    case added(SchemaObject.Part)
    /// It should be there and is not.
    case removed(SchemaObject.Part)
    /// It is there, but says something else.
    case changed(from: SchemaObject.Part, to: SchemaObject.Part)
  }

  /// What differs, sorted by object.
  public let entries: [Entry]

  /// Whether nothing differs.
  public var isEmpty: Bool { entries.isEmpty }

  /// How `schema` differs from `expected`.
  ///
  /// What stands on a table, such as a trigger, counts as the table does that is missing or was added.
  public init(of schema: [SchemaObject], from expected: [SchemaObject]) {
    let now = Self.byName(schema)
    let then = Self.byName(expected)
    let names = Set(now.keys).union(then.keys).sorted()
    entries = names.compactMap { name in
      if let table = name.tableName, Self.isOneSided(table, now, then) { return nil }
      return Self.change(from: then[name], to: now[name]).map { Entry(object: name, change: $0) }
    }
  }

  /// What differs of the objects for which `isMeant` says so.
  public func filter(_ isMeant: (ObjectName) -> Bool) -> Self {
    Self(entries: entries.filter { isMeant($0.object) })
  }

  private init(entries: [Entry]) { self.entries = entries }

  private typealias Objects = [ObjectName: SchemaObject]

  private static func byName(_ objects: [SchemaObject]) -> Objects {
    Dictionary(objects.map { ($0.name, $0) }) { first, _ in first }
  }

  private static func isOneSided(_ name: ObjectName, _ now: Objects, _ then: Objects) -> Bool {
    (now[name] == nil) != (then[name] == nil)
  }

  private static func change(from then: SchemaObject?, to now: SchemaObject?) -> Change? {
    guard let now else { return then.map { _ in .missing } }
    guard let then else { return .added }
    let changes = partChanges(from: then.parts, to: now.parts)
    return changes.isEmpty ? nil : .changed(changes)
  }

  /// Parts without a name of their own are told apart by what they say.
  private static func partChanges(
    from then: [SchemaObject.Part], to now: [SchemaObject.Part]
  ) -> [PartChange] {
    var removed = then.subtracting(now)
    var changes: [PartChange] = []
    for part in now.subtracting(then) {
      let candidates = removed.indices.filter { removed[$0].isSame(as: part) }
      let isOnly = now.count { $0.isSame(as: part) } == 1 && then.count { $0.isSame(as: part) } == 1
      if let index = candidates.first, isOnly {
        changes.append(.changed(from: removed.remove(at: index), to: part))
      } else {
        changes.append(.added(part))
      }
    }
    changes += removed.map { .removed($0) }
    return changes.sorted { $0.part < $1.part }
  }
}

extension SchemaDifference.PartChange {
  /// The part as it is, or as it was.
  public var part: SchemaObject.Part {
    switch self {
    case .added(let part), .removed(let part), .changed(_, let part): part
    }
  }
}

extension SchemaObject.Part {
  /// Whether both are the same fact, be it that they say something else.
  fileprivate func isSame(as other: Self) -> Bool { kind == other.kind && name == other.name }
}

extension [SchemaObject.Part] {
  /// The parts without those of `other`, each as often as it stands there.
  fileprivate func subtracting(_ other: Self) -> Self {
    var counts: [SchemaObject.Part: Int] = [:]
    for part in other { counts[part, default: 0] += 1 }
    return filter { part in
      guard let count = counts[part], count > 0 else { return true }
      counts[part] = count - 1
      return false
    }
  }
}
