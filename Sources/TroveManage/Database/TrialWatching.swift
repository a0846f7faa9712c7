/// What a session offers to watch a transaction that is only tried.
public protocol TrialWatching: AnyObject {
  /// Runs the next statement of a script in the open transaction, as a run does.
  ///
  /// - Returns: how many rows it has changed; rows that it returns are left out, where they may be.
  /// - Throws: ``DatabaseError`` when it fails.
  func tryOut(_ command: Command) throws(DatabaseError) -> QueryResult

  /// The relations of the user's that can be locked; none where relations are not locked one by one.
  ///
  /// - Throws: ``DatabaseError`` when the catalog cannot be read.
  func lockableRelations() throws(DatabaseError) -> [LockableRelation]

  /// The locks on relations that the open transaction holds, but for those that reading takes.
  ///
  /// - Throws: ``DatabaseError`` when the engine does not say.
  func heldLocks() throws(DatabaseError) -> [HeldLock]

  /// The numbers of the relations on which other sessions hold a lock that says more than that they read.
  ///
  /// - Throws: ``DatabaseError`` when the engine does not say.
  func relationsLockedByOthers() throws(DatabaseError) -> Set<Int64>

  /// Looks for what would keep the open transaction from being committed, and leaves it open.
  ///
  /// - Throws: ``DatabaseError`` as the commit would.
  func checkCommit() throws(DatabaseError)
}

extension TrialWatching {
  /// None.
  public func lockableRelations() throws(DatabaseError) -> [LockableRelation] { [] }

  /// None.
  public func heldLocks() throws(DatabaseError) -> [HeldLock] { [] }

  /// None.
  public func relationsLockedByOthers() throws(DatabaseError) -> Set<Int64> { [] }
}

/// A relation that can be locked.
public struct LockableRelation: Hashable, Sendable {
  /// The number by which the catalog knows it.
  public let id: Int64
  /// What it is called; an index goes by the name of its table.
  public let name: ObjectName
  /// The index's own name; `nil` for what is none.
  public let index: String?
  /// The name of the table for whose column a sequence counts; `nil` for what is none, or stands alone.
  public let counted: String?
  /// The number of the file that holds its rows; 0 where it has none.
  public let storage: Int64
}

/// A lock that the open transaction holds.
public struct HeldLock: Hashable, Sendable {
  /// The number of the relation.
  public let relation: Int64
  /// How strong it is.
  public let mode: LockMode
  /// The number of the file that holds the relation's rows now; `nil` when the relation was dropped.
  public let storage: Int64?
}

/// How strong a lock is that says more than that somebody reads (PostgreSQL documentation, 13.3.1).
public enum LockMode: String, CaseIterable, Hashable, Sendable {
  case rowShare = "RowShareLock"
  case rowExclusive = "RowExclusiveLock"
  case shareUpdateExclusive = "ShareUpdateExclusiveLock"
  case share = "ShareLock"
  case shareRowExclusive = "ShareRowExclusiveLock"
  case exclusive = "ExclusiveLock"
  case accessExclusive = "AccessExclusiveLock"

  /// As `LOCK TABLE` calls it.
  public var words: String {
    switch self {
    case .rowShare: "ROW SHARE"
    case .rowExclusive: "ROW EXCLUSIVE"
    case .shareUpdateExclusive: "SHARE UPDATE EXCLUSIVE"
    case .share: "SHARE"
    case .shareRowExclusive: "SHARE ROW EXCLUSIVE"
    case .exclusive: "EXCLUSIVE"
    case .accessExclusive: "ACCESS EXCLUSIVE"
    }
  }

  /// Whether whoever waits for `other` waits for this one, too.
  public func covers(_ other: Self) -> Bool {
    // SHARE does not conflict with itself, as both of those do with it.
    if self == .share, other == .rowExclusive || other == .shareUpdateExclusive { return false }
    return rank >= other.rank
  }

  private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// What others wait for while it is held.
  public enum Blocked: String, Hashable, Sendable {
    case read, write
  }

  /// What others wait for that read or write rows.
  public var blocks: [Blocked] {
    switch self {
    case .rowShare, .rowExclusive, .shareUpdateExclusive: []
    case .share, .shareRowExclusive, .exclusive: [.write]
    case .accessExclusive: [.read, .write]
    }
  }
}
