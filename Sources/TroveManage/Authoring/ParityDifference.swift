/// Something that the scripts for one engine make otherwise than those for the other.
public struct ParityDifference: Hashable, Sendable {
  /// What the engines do not agree about.
  public enum Aspect: Sendable {
    case table, column, type, nulls, standard, primaryKey, unique, foreignKey
  }

  /// What they do not agree about.
  public let aspect: Aspect
  /// The table.
  public let table: String
  /// What of the table: `column email`; empty for the table itself.
  public let subject: String
  /// How it is on SQLite; `nil` where it is missing.
  public let sqlite: String?
  /// How it is on PostgreSQL; `nil` where it is missing.
  public let postgresql: String?

  /// The engine to whose script one looks first: that which has less.
  var suspect: Dialect { sqlite == nil ? .sqlite : .postgresql }
}

extension ParityDifference: CustomStringConvertible {
  /// What differs, in a line.
  public var description: String {
    let name = subject.isEmpty ? "table \(table)" : "\(table): \(subject)"
    switch (sqlite, postgresql) {
    case (let one?, let two?): return "\(name): \(one) on sqlite, \(two) on postgresql"
    case (nil, let two?): return "\(name)\(Self.detail(two)) is missing on sqlite"
    case (let one?, nil): return "\(name)\(Self.detail(one)) is missing on postgresql"
    case (nil, nil): return name
    }
  }

  private static func detail(_ text: String) -> String { text.isEmpty ? "" : " \(text)" }
}

extension ParityDifference {
  /// How the tables of `sqlite` and `postgresql` differ, sorted; what the engines force is left out.
  static func all(
    between sqlite: [SchemaObject], and postgresql: [SchemaObject]
  ) -> [Self] {
    let one = PortableTable.tables(of: sqlite, on: .sqlite)
    let two = PortableTable.tables(of: postgresql, on: .postgresql)
    // What is there and not understood is not missing.
    let (oneNames, twoNames) = (names(in: sqlite), names(in: postgresql))
    return oneNames.union(twoNames).sorted().flatMap { name -> [Self] in
      switch (one[name], two[name]) {
      case (let one?, let two?): return between(one, two, called: name)
      case (nil, .some) where !oneNames.contains(name):
        return [Self(aspect: .table, table: name, subject: "", sqlite: nil, postgresql: "")]
      case (.some, nil) where !twoNames.contains(name):
        return [Self(aspect: .table, table: name, subject: "", sqlite: "", postgresql: nil)]
      default: return []
      }
    }
  }

  /// The names that stand for something one can select from.
  private static func names(in objects: [SchemaObject]) -> Set<String> {
    Set(
      objects.filter {
        $0.name.table == nil && [.table, .view, .materializedView].contains($0.name.kind)
      }
      .map { $0.name.name.lowercased() })
  }

  private static func between(
    _ one: PortableTable, _ two: PortableTable, called table: String
  ) -> [Self] {
    func difference(_ aspect: Aspect, _ subject: String, _ one: String?, _ two: String?) -> Self {
      Self(aspect: aspect, table: table, subject: subject, sqlite: one, postgresql: two)
    }
    var all: [Self] = []
    for name in Set(one.columns.keys).union(two.columns.keys).sorted() {
      guard let left = one.columns[name], let right = two.columns[name] else {
        all.append(
          difference(
            .column, "column \(name)", one.columns[name].map { _ in "" },
            two.columns[name].map { _ in "" }))
        continue
      }
      for (aspect, one, two) in between(left, right) {
        all.append(difference(aspect, "\(aspect.words)column \(name)", one, two))
      }
    }
    if one.primaryKey != two.primaryKey {
      all.append(
        difference(.primaryKey, "primary key", one.primaryKey.listed, two.primaryKey.listed))
    }
    for columns in one.uniques.symmetricDifference(two.uniques).sorted(by: { $0.listed < $1.listed }
    ) {
      let isLeft = one.uniques.contains(columns)
      all.append(
        difference(.unique, "unique \(columns.listed)", isLeft ? "" : nil, isLeft ? nil : ""))
    }
    return all + references(one.references, two.references, difference)
  }

  /// What differs between two columns.
  private static func between(
    _ one: PortableTable.Column, _ two: PortableTable.Column
  ) -> [(aspect: Aspect, one: String, two: String)] {
    var all: [(aspect: Aspect, one: String, two: String)] = []
    if !one.family.isSame(onPostgreSQL: two.family) {
      all.append((.type, one.type, two.type))
    }
    if one.nulls != two.nulls { all.append((.nulls, one.nulls.words, two.nulls.words)) }
    let family = two.family == .other ? one.family : two.family
    if !one.standard.isSame(onPostgreSQL: two.standard, for: family) {
      all.append((.standard, one.standard.words, two.standard.words))
    }
    return all
  }

  /// Keys of the same columns to the same table are one key that says something else.
  private static func references(
    _ one: Set<PortableTable.Reference>, _ two: Set<PortableTable.Reference>,
    _ difference: (Aspect, String, String?, String?) -> Self
  ) -> [Self] {
    var left = one.subtracting(two).sorted { $0.words < $1.words }
    var all: [Self] = []
    for right in two.subtracting(one).sorted(by: { $0.words < $1.words }) {
      let index = left.firstIndex { $0.columns == right.columns && $0.table == right.table }
      let match = index.map { left.remove(at: $0) }
      all.append(
        difference(.foreignKey, "foreign key \(right.columns.listed)", match?.words, right.words))
    }
    return all
      + left.map { difference(.foreignKey, "foreign key \($0.columns.listed)", $0.words, nil) }
  }
}

extension ParityDifference.Aspect {
  /// What stands before the column.
  fileprivate var words: String {
    switch self {
    case .type: "type of "
    case .standard: "default of "
    default: ""
    }
  }
}

extension PortableTable.Reference {
  fileprivate var words: String {
    let target = parents.isEmpty ? table : "\(table) \(parents.listed)"
    return (["to \(target)"] + actions).joined(separator: " ")
  }
}

extension TableShape.Nulls {
  fileprivate var words: String { self == .refused ? "NOT NULL" : "may be NULL" }
}

extension [String] {
  fileprivate var listed: String { isEmpty ? "none" : "(\(joined(separator: ", ")))" }
}
