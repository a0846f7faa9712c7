/// The marks of everything in a database, and what follows from them.
///
/// Where the engine tells what was made since, they grow with the catalog and are never read twice.
struct MarkedCatalog {
  private(set) var marks: [ObjectMark]
  /// The tables of which others are parts.
  private(set) var wholes: [ObjectName: ObjectName] = [:]
  /// The sequences.
  private(set) var sequences: [ObjectMark] = []
  /// Where the transaction stood when everything was marked, or as far as this has grown.
  private var place: CatalogPlace?
  /// Where each mark stands; only for what can grow.
  private var indices: [ObjectName: Int] = [:]

  /// Marks everything.
  init(on connection: any Connection) throws(DatabaseError) {
    let place = try connection.catalogPlace()
    self.init(try connection.marks(), at: place)
  }

  /// What was marked at `place`.
  init(_ marks: [ObjectMark], at place: CatalogPlace?) {
    self.marks = marks
    for mark in marks { note(mark) }
    // What belongs to a virtual table is known by its name alone, whenever it is made.
    let hasVirtual = marks.contains { $0.name.kind == .table && $0.id == nil }
    guard let place, !hasVirtual else { return }
    self.place = place
    indices = Dictionary(zip(marks.map(\.name), marks.indices)) { first, _ in first }
  }

  private mutating func note(_ mark: ObjectMark) {
    if let part = mark.part, wholes[mark.name] == nil { wholes[mark.name] = part }
    if mark.name.kind == .sequence { sequences.append(mark) }
  }

  /// What was made since, and the tables that got an index; `nil` when only all marks tell.
  func growth(on connection: any Connection) throws(DatabaseError) -> Growth? {
    guard let place, let now = try connection.catalogPlace(),
      let found = try connection.marks(madeSince: place)
    else { return nil }
    return Growth(marks: found, place: now)
  }

  /// What was marked under the name.
  func mark(of name: ObjectName) -> ObjectMark? { indices[name].map { marks[$0] } }

  /// Takes in what was made since.
  mutating func grow(by growth: Growth) {
    place = growth.place
    for mark in growth.marks {
      if let index = indices[mark.name] {
        marks[index] = mark
      } else {
        indices[mark.name] = marks.endIndex
        marks.append(mark)
        note(mark)
      }
    }
  }

  /// What was made since some place.
  struct Growth {
    /// The new marks.
    let marks: [ObjectMark]
    /// How far they go.
    let place: CatalogPlace
  }
}
