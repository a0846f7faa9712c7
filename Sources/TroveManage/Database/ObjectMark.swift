/// What tells, at little cost, whether an object is still as it was when it was marked.
///
/// A mark is compared with another one of the same transaction; it says that something has changed, not what.
public struct ObjectMark: Hashable, Sendable {
  /// A side of an object that can be changed alone.
  public enum Aspect: Hashable, Sendable, CaseIterable {
    /// Columns, constraints, options, owner: what `ALTER` and `CREATE OR REPLACE` change.
    case shape
    /// The file that holds the rows: a new one is taken by `TRUNCATE` and whatever rewrites a table.
    case storage
    /// The indexes of a table.
    case indexes
    /// Rewrite rules and row security policies.
    case rules
    /// What hangs on a table from elsewhere: children, extended statistics, publications.
    case attachments
    /// Who may do what.
    case privileges
    /// The comments.
    case comments
  }

  /// What the object is called.
  public let name: ObjectName
  /// The number by which the catalog knows it, whatever it is called; `nil` where it has none.
  public let id: Int64?
  /// A text for each side that there is something to say about, equal as long as nothing changes.
  public var aspects: [Aspect: String] = [:]
  /// The texts as they will be once the open transaction is committed; `nil` when they stay as they are.
  var settledAspects: [Aspect: String]?
  /// How many rows the open transaction has inserted, as far as the engine counts them.
  public var insertions: Int64 = 0
  /// How many rows the open transaction has updated and deleted, as far as the engine counts them.
  public var changes: Int64 = 0
  /// Whether the open transaction holds the lock that writing rows takes.
  public var isLockedForWriting = false
  /// Whether the open transaction made the object or changed its entry in the catalog.
  public var isOfTransaction = true
  /// Whether a change of it since another mark may be the open transaction's; otherwise it is somebody else's.
  public var isTouched = true
  /// Whether it is code that may run as late as in the commit.
  public var mayWaitForCommit = false
  /// The table that a sequence, or a table that holds what a virtual one shows, is a part of; `nil` for what
  /// stands alone.
  public var part: ObjectName?
  /// The numbers of the tables whose deleted or updated rows take rows of this one along.
  public var cascadeParents: Set<Int64> = []

  /// A mark of an object about which nothing is known yet.
  public init(_ name: ObjectName, id: Int64?) {
    self.name = name
    self.id = id
  }
}

extension ObjectMark {
  /// The mark of the object for the next transaction, if nobody does anything to it meanwhile.
  var settled: Self {
    var mark = self
    mark.aspects = settledAspects ?? aspects
    mark.settledAspects = nil
    mark.insertions = 0
    mark.changes = 0
    mark.isLockedForWriting = false
    mark.isOfTransaction = false
    mark.isTouched = false
    return mark
  }
}

/// The marks of a catalog, or of what has changed in it.
public struct CatalogMarks: Sendable {
  /// The marks.
  public let marks: [ObjectMark]
  /// Where the session stood then; `nil` where that cannot be said, or another session may be writing.
  public let place: CatalogPlace?
}

/// Where a sequence stands.
public struct SequencePosition: Hashable, Sendable {
  /// Which way a sequence counts.
  public enum Direction: Hashable, Sendable {
    case up, down
  }

  /// The last number that was given out, or is the next one to be.
  public let value: Int64
  /// Whether ``value`` was given out.
  public let isCalled: Bool
  /// Which way it counts.
  public let direction: Direction

  /// A position.
  public init(value: Int64, isCalled: Bool, direction: Direction = .up) {
    self.value = value
    self.isCalled = isCalled
    self.direction = direction
  }

  /// Whether it lies further ahead of `other` than services go while scripts run.
  public func isFarAhead(of other: Self) -> Bool {
    let distance = value.subtractingReportingOverflow(other.value)
    let far = distance.overflow || distance.partialValue.magnitude > 10_000
    return far && !isBehind(other)
  }

  /// Whether the sequence would give out numbers again from here that it has given out before it came to
  /// `other`.
  public func isBehind(_ other: Self) -> Bool {
    guard value == other.value else {
      return direction == .up ? value < other.value : value > other.value
    }
    return !isCalled && other.isCalled
  }
}
