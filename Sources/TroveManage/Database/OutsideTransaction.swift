/// What a session does for statements that the engine refuses inside a transaction.
///
/// Between ``lockSession(_:)`` and ``unlockSession()``, ``Connection/begin(_:)`` opens transactions that
/// leave the session as the script has set it.
public protocol OutsideTransaction: AnyObject {
  /// Makes sure that the session is ours alone between transactions, too.
  ///
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/refused`` when a pooler shares it.
  func requireOwnSession() throws(DatabaseError)

  /// Takes the runners' lock for longer than a transaction, where the engine has such a lock.
  ///
  /// SQLite has none: there the caller makes sure in each transaction that no other runner was faster.
  func lockSession(_ lock: LockWait) throws(DatabaseError)

  /// Puts the session back to what it was when it was locked; the lock stays.
  func resetSession() throws(DatabaseError)

  /// Puts the session back to what it was, and gives the lock up. A session that is broken has lost it.
  func unlockSession()

  /// Runs a statement, with no transaction around it.
  func executeAlone(_ command: Command) throws(DatabaseError)

  /// Runs a statement that cleans up, with no transaction around it, unless others' locks keep it from
  /// that for longer than a person waits.
  func executeBriefly(_ command: Command) throws(DatabaseError)

  /// Runs statements of a script in the open transaction, and those that record them; what the script
  /// has set stays set.
  ///
  /// - Throws: ``DatabaseError`` with a position in `script + bookkeeping`.
  func executeKeepingSession(
    _ script: [Command], bookkeeping: [Command]
  ) throws(DatabaseError)

  /// Whether the table or index is partitioned, which makes the engine refuse to rebuild it inside a
  /// transaction.
  func isPartitioned(_ name: CatalogName) throws(DatabaseError) -> Bool

  /// What there is before a statement runs, for ``aftermath(of:since:patience:)`` to compare with: text to be
  /// kept.
  ///
  /// - Throws: ``DatabaseError`` when what somebody else's interrupted statement left is in its way.
  func mark(before statement: LoneStatement) throws(DatabaseError) -> String

  /// What has become of a statement that was begun, and whose end nobody saw.
  ///
  /// - Throws: ``DatabaseError``, also when somebody else is at work on the same and `patience` is none.
  func aftermath(
    of statement: LoneStatement, since mark: String, patience: Patience
  ) throws(DatabaseError) -> Aftermath
}

/// What to do while somebody else is at work.
public enum Patience: Hashable, Sendable {
  /// Wait for the end.
  case endless
  /// Give up at once.
  case none
}

/// What has become of a statement whose end nobody saw.
public struct Aftermath: Sendable {
  /// What it was to do is done.
  public var isDone = false
  /// Statements, outside a transaction, that remove what it left half-made.
  public var mends: [Command] = []
  /// What is to be run in its place.
  public var replacement: Command?

  /// A statement of which nothing is left.
  public init() {}
}
