/// What a session offers to find out what a script does to the objects of others.
public protocol SchemaWatching: AnyObject {
  /// Asked about what the statements of scripts touch, where ``asksWarden`` says so.
  var warden: (any ScriptWarden)? { get set }

  /// Whether the engine asks before it runs a statement; otherwise the marks from before and after tell
  /// what a script has done.
  var asksWarden: Bool { get }

  /// Marks every object of the user's, in the open transaction.
  func marks() throws(DatabaseError) -> CatalogMarks

  /// Where the open transaction stands, when it has just begun; `nil` for an engine that cannot say it.
  func catalogPlace() throws(DatabaseError) -> CatalogPlace?

  /// Marks what the open transaction has made or touched since the catalog was marked at `place`, with all
  /// that it has.
  ///
  /// Objects may be among the marks that nothing has touched.
  ///
  /// - Returns: the marks; `nil` when something may have changed besides, so that only the marks of
  ///   everything tell what was done.
  func changes(since place: CatalogPlace?) throws(DatabaseError) -> CatalogMarks?

  /// Where the sequences stand; one that we may not read is left out.
  func positions(of sequences: [ObjectName]) throws(DatabaseError) -> [ObjectName: SequencePosition]

  /// The objects whose description speaks of one of `names`, and may be another one now that it has changed.
  func dependents(of names: [ObjectName]) throws(DatabaseError) -> [ObjectName]

  /// Runs what the script has put off to the commit: deferred triggers and constraints.
  func runDeferred() throws(DatabaseError)

  /// Puts a sequence back that was moved in a transaction which is rolled back, as far as that is safe.
  ///
  /// - Returns: what was done, or is left to do, for a person; `nil` when the sequence stands there.
  func restore(
    _ sequence: ObjectName, to position: SequencePosition
  ) throws(DatabaseError) -> String?

  /// The table called so, or the one that an index called so is on; `nil` when there is none.
  func table(of name: CatalogName) throws(DatabaseError) -> ObjectName?

  /// Puts aside, in the open transaction, what a script outside a transaction has set in its session.
  ///
  /// It lasts until ``takeSessionBack()`` or the end of the transaction.
  func putSessionAside() throws(DatabaseError)

  /// Gives the session back what was put aside; nothing may have been written since.
  func takeSessionBack() throws(DatabaseError)

  /// Marks the place in the open transaction from which ``runAgain(_:afterEach:)`` starts.
  func setReturn()

  /// Forgets the place; what was done since stays.
  func forgetReturn()

  /// Goes back to the place.
  func goBack() throws(DatabaseError)

  /// Runs the next statements of a script one by one, and leaves the session as they leave it.
  ///
  /// - Parameters:
  ///   - script: the statements.
  ///   - body: called after each statement with its number, counted from 0; the rest is left out when it
  ///     returns `false`.
  /// - Throws: ``DatabaseError`` of a statement, or of `body`.
  func runAgain(
    _ script: [Command], afterEach body: (Int) throws(DatabaseError) -> Bool
  ) throws(DatabaseError)
}

extension SchemaWatching {
  /// The marks after what scripts have put off to the commit.
  func marksOfAll() throws(DatabaseError) -> CatalogMarks {
    let marks = try marks()
    guard marks.marks.contains(where: \.mayWaitForCommit) else { return marks }
    try runDeferred()
    return try self.marks()
  }
}
