/// What a diagram is made from.
struct DiagramSource {
  /// A repository, as the legend names it.
  struct Repository {
    let owner: Owner
    let kind: Kind
    /// Where it stands; `nil` when that is not known.
    let version: Int?

    enum Kind {
      case core
      case other
    }
  }

  /// What the picture is of.
  let title: String
  let shapes: [TableShape]
  let keys: [ForeignKeyReference]
  /// Whose tables are which; tables of the program are not in it.
  let owners: [ObjectName: Owner]
  /// Version tables, in small letters.
  let versionTables: Set<String>
  /// Those that the conf files or the command line name, in their order.
  let repositories: [Repository]

  /// Whose the table is; `nil` for nobody's.
  func owner(of shape: TableShape) -> Owner? {
    let name = shape.name.name.lowercased()
    let columns = Set(shape.columns.map { $0.name.lowercased() })
    let isVersionTable =
      versionTables.contains(name)
      || owners[shape.name] == nil && columns == ["repository_id", "repository_path", "version"]
    if isVersionTable || name.hasPrefix("trove_migrate_") { return .program }
    return owners[shape.name]
  }

  /// The picture of what `scope` lets in.
  func diagram(of scope: Diagram.Scope) -> Diagram {
    var builder = DiagramBuilder(self, scope)
    return builder.build()
  }
}

/// Puts a diagram together.
private struct DiagramBuilder {
  /// A table that is to be shown.
  private struct Entry {
    let name: ObjectName
    let owner: Owner?
    let detail: Diagram.Detail
    let shape: TableShape?
  }

  private let source: DiagramSource
  private let scope: Diagram.Scope
  private let shapes: [ObjectName: TableShape]
  /// The owners in the legend's order; those that nobody names come behind.
  private let order: [Owner]

  init(_ source: DiagramSource, _ scope: Diagram.Scope) {
    self.source = source
    self.scope = scope
    shapes = Dictionary(source.shapes.map { ($0.name, $0) }) { first, _ in first }
    let named = source.repositories.map(\.owner)
    let others = Set(source.shapes.compactMap { source.owner(of: $0) })
      .subtracting(named).subtracting([.program]).sorted()
    order = named + others
  }

  mutating func build() -> Diagram {
    let shown = source.shapes.filter(isShown).map {
      Entry(name: $0.name, owner: source.owner(of: $0), detail: .columns, shape: $0)
    }
    let names = Set(shown.map(\.name))
    let keys = source.keys.filter { names.contains($0.child) }
    let entries = (shown + referred(by: keys, besides: names)).sorted {
      (rank(of: $0.owner), $0.name) < (rank(of: $1.owner), $1.name)
    }
    let ranks = Set(entries.map { rank(of: $0.owner) }).sorted()
    let indexes = Dictionary(entries.enumerated().map { ($1.name, $0) }) { first, _ in first }
    return Diagram(
      title: source.title,
      tables: entries.map { entry in
        Diagram.Table(
          name: entry.name, holder: ranks.firstIndex(of: rank(of: entry.owner)) ?? 0,
          detail: entry.detail, columns: columns(of: entry, keys))
      },
      keys: keys.compactMap { key(from: $0, indexes) }.sorted {
        ($0.child, $0.columns.description, $0.words, $0.name ?? "")
          < ($1.child, $1.columns.description, $1.words, $1.name ?? "")
      },
      holders: ranks.map { rank in
        holder(rank, count: entries.count { self.rank(of: $0.owner) == rank && $0.shape != nil })
      })
  }

  private func isShown(_ shape: TableShape) -> Bool {
    let owner = source.owner(of: shape)
    if scope.extent == .usual, owner == .program || shape.role == .partition { return false }
    guard let repositories = scope.repositories else { return true }
    guard case .repository(let key)? = owner else { return false }
    return repositories.contains { $0.sharesRow(with: key) }
  }

  /// The tables that keys refer to and that are not shown.
  private func referred(by keys: [ForeignKeyReference], besides names: Set<ObjectName>) -> [Entry] {
    Set(keys.map(\.parent)).subtracting(names).map { name in
      let shape = shapes[name]
      return Entry(
        name: name, owner: shape.flatMap { source.owner(of: $0) },
        detail: shape == nil ? .missing : .name, shape: nil)
    }
  }

  // MARK: - Holders

  private func rank(of owner: Owner?) -> Int {
    guard let owner else { return order.count }
    return order.firstIndex(of: owner) ?? order.count + 1
  }

  private func holder(_ rank: Int, count: Int) -> Diagram.Holder {
    guard rank < order.count else {
      let isNobody = rank == order.count
      return Diagram.Holder(
        kind: isNobody ? .nobody : .program, label: isNobody ? "nobody's" : "trove-manage's own",
        tableCount: count)
    }
    let repository = source.repositories.first { $0.owner == order[rank] }
    let cores = source.repositories.count { $0.kind == .core }
    let version = repository?.version.map { " \($0)" } ?? ""
    let isCore = repository?.kind == .core
    return Diagram.Holder(
      kind: isCore ? .core : .repository(rank - min(cores, rank)),
      label: "\(order[rank])\(version)\(isCore ? " (core)" : "")", tableCount: count)
  }

  // MARK: - Columns and keys

  private func columns(of entry: Entry, _ keys: [ForeignKeyReference]) -> [Diagram.Column] {
    guard let shape = entry.shape else { return [] }
    let own = keys.filter { $0.child == entry.name }.flatMap(\.columns).map { $0.lowercased() }
    return shape.columns.map { column in
      var marks: Set<Diagram.Mark> = []
      if column.nulls == .allowed { marks.insert(.nullable) }
      if shape.primaryKey.contains(column.name) { marks.insert(.primaryKey) }
      if own.contains(column.name.lowercased()) { marks.insert(.foreignKey) }
      return Diagram.Column(name: column.name, type: column.type, marks: marks)
    }
  }

  private func key(from key: ForeignKeyReference, _ indexes: [ObjectName: Int]) -> Diagram.Key? {
    guard let child = indexes[key.child], let parent = indexes[key.parent],
      let shape = shapes[key.child]
    else { return nil }
    // SQLite takes names whatever their case is.
    let columns = key.columns.compactMap { column in
      shape.columns.firstIndex { $0.name == column }
        ?? shape.columns.firstIndex { $0.name.lowercased() == column.lowercased() }
    }
    let targets =
      key.parentColumns.isEmpty ? shapes[key.parent]?.primaryKey ?? [] : key.parentColumns
    let target = targets.isEmpty ? "" : " (\(targets.joined(separator: ", ")))"
    return Diagram.Key(
      name: key.name, child: child, columns: columns, parent: parent,
      words: "\(key.child) (\(key.columns.joined(separator: ", "))) → \(key.parent)\(target)",
      counts: Diagram.Counts(
        isOptional: columns.contains { shape.columns[$0].nulls == .allowed },
        isSingle: !columns.isEmpty
          && Set(columns.map { shape.columns[$0].name }) == Set(shape.primaryKey)))
  }
}
