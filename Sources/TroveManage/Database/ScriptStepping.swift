/// What a session offers to a script that is a program: its statements come one at a time, since what
/// one returns decides which is next.
public protocol ScriptStepping: AnyObject {
  /// Runs the next statements of a script in the open transaction.
  ///
  /// PostgreSQL gets all of `queries` in one round trip. A statement that failed leaves its transaction
  /// waiting for a `ROLLBACK TO`, which may be the first of `preparation` the next time.
  ///
  /// - Parameters:
  ///   - queries: the statements.
  ///   - preparation: statements of our own that come before them.
  /// - Returns: what the last of `queries` has returned, with the rows that all of them have changed.
  /// - Throws: ``DatabaseError`` for the first statement that fails.
  func run(_ queries: [Query], after preparation: [Command]) throws(DatabaseError) -> QueryResult

  /// Runs the next statements of a script in the open transaction, and leaves the session as they leave it.
  ///
  /// PostgreSQL gets them in one round trip.
  ///
  /// - Throws: ``DatabaseError`` for the first statement that fails, with its position.
  func execute(part: [Command]) throws(DatabaseError)

  /// What ``finish(_:after:bookkeeping:)`` must know of statements to put back what they have left in the
  /// session: few words, each of which stands for the statements that have it.
  func traces(of script: [Command]) -> Set<String>

  /// Puts the session back to what it was before a script, and runs the statements that record it.
  ///
  /// PostgreSQL's answer may be heard later: by ``settle()``, or whatever the session is used for next, which
  /// fails then.
  ///
  /// - Parameters:
  ///   - script: the statements that have run, or the ``traces(of:)`` of all of them.
  ///   - preparation: statements of our own that come first.
  ///   - bookkeeping: what records the script.
  /// - Throws: ``DatabaseError`` for the first statement that fails.
  func finish(
    _ script: [Command], after preparation: [Command], bookkeeping: [Command]
  ) throws(DatabaseError)

  /// Has the engine begin with statements of our own, and does not wait: ``settle()``, or whatever the session is
  /// used for next, fails when one of them does.
  ///
  /// - Returns: those that are still to be run: all of them where nothing is put off.
  /// - Throws: ``DatabaseError`` when what was begun before has failed.
  func sendAhead(_ commands: [Command]) throws(DatabaseError) -> [Command]

  /// Waits until the engine has done what ``finish(_:after:bookkeeping:)`` or ``sendAhead(_:)`` has begun.
  ///
  /// - Throws: ``DatabaseError`` for the first statement of it that failed.
  func settle() throws(DatabaseError)

  /// The user's tables whose rows a statement that only reads would look at; the engine's catalogs do not
  /// count.
  ///
  /// PostgreSQL's planner says so: what a function reads that the statement calls is not known.
  ///
  /// - Returns: their names, sorted; empty for a statement that the engine cannot say it of.
  /// - Throws: ``DatabaseError`` when the session is lost.
  func tables(readBy query: Query) throws(DatabaseError) -> [String]
}

extension ScriptStepping {
  /// Nothing is put off.
  public func settle() throws(DatabaseError) {}

  /// Nothing is put off.
  public func sendAhead(_ commands: [Command]) throws(DatabaseError) -> [Command] { commands }
}

/// A statement of a script, and what stands for its placeholders.
public struct Query: Sendable {
  /// The statement.
  public let command: Command
  /// The values for SQLite's `?`, in order: a list for each time that the statement is to run.
  ///
  /// PostgreSQL's simple protocol has no placeholders: the statement comes with literals, and runs once.
  public let parameters: [[Value]]

  /// The statement `text`, once for each list of values for its placeholders.
  public init(_ text: ArraySlice<UInt8>, parameters: [[Value]] = [[]]) {
    command = Command(text)
    self.parameters = parameters
  }
}

/// What a statement has returned.
public struct QueryResult: Sendable {
  /// A column of the rows.
  public struct Column: Hashable, Sendable {
    /// Its name.
    public let name: String
    /// The number of its type in PostgreSQL's `pg_type`; 0 on SQLite, where each value has its own.
    public let type: UInt32
  }

  /// The columns; `nil` for a statement that returns no rows.
  public var columns: [Column]?
  /// The rows; PostgreSQL's values are all text, as the server prints them.
  public var rows: [Row] = []
  /// How many rows were changed, or returned; `nil` where the engine does not count.
  public var count: Int?
  /// The row that SQLite's session has inserted last.
  public var lastRow: Int64?
  /// Whether the engine says that nothing was written.
  ///
  /// PostgreSQL says so of a `SELECT`, whatever the functions do that it calls.
  public var isReadOnly = true

  /// Takes the rows of the next statement for those of all, and adds up what all have changed.
  mutating func append(_ next: Self) {
    let before = self
    self = next
    isReadOnly = before.isReadOnly && next.isReadOnly
    count = before.count.map { $0 + (next.count ?? 0) } ?? next.count
  }
}
