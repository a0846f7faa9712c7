/// The marks of everything in a database, and what follows from them.
///
/// Where the engine tells what a transaction has made and touched, they grow with the catalog, and are never
/// read twice as long as nobody else writes.
struct MarkedCatalog {
  private(set) var marks: [ObjectMark] = []
  /// The tables of which others are parts.
  private(set) var wholes: [ObjectName: ObjectName] = [:]
  /// The sequences.
  private(set) var sequences: [ObjectName] = []
  /// Where the session stood when everything was marked, or as far as this has grown.
  private(set) var place: CatalogPlace?
  /// Whether some objects can change without a trace in the engine's answer.
  private var needsAll = false
  /// Where each mark stands.
  private var indices: [ObjectName: Int] = [:]
  /// The marks that the open transaction has changed.
  private var unsettled: Set<Int> = []

  /// Marks everything.
  init(on connection: any Connection) throws(DatabaseError) {
    self.init(try connection.marks())
  }

  /// What was marked.
  init(_ all: CatalogMarks) {
    marks.reserveCapacity(all.marks.count)
    take(all)
  }

  /// What was made and touched since; `nil` when only the marks of everything tell.
  func growth(on connection: any Connection) throws(DatabaseError) -> CatalogMarks? {
    needsAll ? nil : try connection.changes(since: place)
  }

  /// What was marked under the name.
  func mark(of name: ObjectName) -> ObjectMark? { indices[name].map { marks[$0] } }

  /// Everything before and after, when `marks` are those of everything.
  func change(to marks: [ObjectMark]) -> MarkChange { MarkChange(before: self.marks, after: marks) }

  /// What `growth` marks, and what there was of that before, in the order of ``marks``; growth takes nothing
  /// away.
  func change(by growth: CatalogMarks) -> MarkChange {
    let known = growth.marks.compactMap { indices[$0.name] }.sorted()
    return MarkChange(before: known.map { marks[$0] }, after: growth.marks)
  }

  /// Takes in what was marked since.
  mutating func take(_ growth: CatalogMarks) {
    place = growth.place
    for mark in growth.marks {
      let index = indices[mark.name] ?? marks.endIndex
      if index == marks.endIndex {
        indices[mark.name] = index
        marks.append(mark)
        if mark.name.kind == .sequence { sequences.append(mark.name) }
      } else {
        marks[index] = mark
      }
      if let part = mark.part, wholes[mark.name] == nil { wholes[mark.name] = part }
      unsettled.insert(index)
      // What belongs to a virtual table is known by its name alone, whenever it is made; and what waits for
      // the commit may do anything in it.
      needsAll = needsAll || mark.mayWaitForCommit || mark.name.kind == .table && mark.id == nil
    }
  }

  /// Turns the marks to those that the next transaction begins with.
  mutating func settle() {
    for index in unsettled { marks[index] = marks[index].settled }
    unsettled = []
  }
}

/// The marks of the same objects from before and after something.
struct MarkChange {
  /// Those from before.
  let before: [ObjectMark]
  /// Those from after, with what is new.
  let after: [ObjectMark]
}
