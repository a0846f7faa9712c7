/// One session with a database.
///
/// It belongs to the thread that opened it.
///
/// A connection knows transactions, statements and catalogs; it does not know what a migration is.
public protocol Connection: OutsideTransaction, ScriptStepping, SchemaReading, SchemaWatching,
  SchemaDropping, TrialWatching, RowAccess
{
  /// The SQL that the engine understands.
  var dialect: Dialect { get }

  /// Looked at between and during statements; a signal cancels what runs.
  var interruption: Interruption? { get set }

  /// Called with each statement after it ran, and how long it took.
  var statementHandler: ((Command, Duration) -> Void)? { get set }

  /// How long the statements of a script may take; counts from the next transaction on.
  var limits: StatementLimits { get set }

  /// Begins a transaction that no other runner can hold on this database at the same time. None is left
  /// when it throws.
  ///
  /// - Parameter lock: how long to wait for another runner, and whom to tell.
  /// - Throws: ``DatabaseError`` of kind ``DatabaseError/Kind/lockTimeout`` when the wait was in vain.
  func begin(_ lock: LockWait) throws(DatabaseError)

  /// Makes the transaction durable.
  ///
  /// - Throws: ``DatabaseError`` when the engine refuses; the transaction is rolled back then.
  func commit() throws(DatabaseError)

  /// Undoes the transaction. A session that is broken, or stands in none, is left as it is.
  func rollback()

  /// Runs a script's statements in order, puts the session back to what it was before them, and runs
  /// the statements that record the script.
  ///
  /// PostgreSQL gets all of it in one round trip.
  ///
  /// - Throws: ``DatabaseError`` for the first statement that fails, with its position counted over
  ///   `script` and `bookkeeping` together.
  func execute(_ script: [Command], bookkeeping: [Command]) throws(DatabaseError)

  /// How many relations a transaction may lock without a thought; `nil` where relations are not locked one by
  /// one.
  var harmlessLocks: Int? { get }

  /// How many relations the transactions of all sessions can keep locked at a time; `nil` for any number.
  ///
  /// - Throws: ``DatabaseError`` when the server does not say.
  func lockRoom() throws(DatabaseError) -> LockRoom?

  /// How many scripts are best handed over together to ``execute(_:done:)``; 1 where that saves nothing.
  var scriptsTogether: Int { get }

  /// Runs scripts in order, each as ``execute(_:bookkeeping:)`` does.
  ///
  /// PostgreSQL gets many of them in one round trip, and reads all of those before it runs any.
  ///
  /// - Parameters:
  ///   - scripts: the scripts, with what records them.
  ///   - done: called with the number of each that is recorded.
  /// - Throws: ``DatabaseError`` for the first statement that fails, with its position counted over `scripts`
  ///   and what records them, one after the other.
  func execute(_ scripts: [RecordedScript], done: (Int) -> Void) throws(DatabaseError)

  /// The rows of a query of our own.
  func rows(_ query: String) throws(DatabaseError) -> [Row]

  /// What the catalog says about the tables called `names`, in their order.
  ///
  /// PostgreSQL looks along the `search_path`, SQLite into the main database.
  func tables(named names: [String]) throws(DatabaseError) -> [Table]

  /// The bare names of all tables, sorted: in SQLite's main database, in the schemas of PostgreSQL's
  /// `search_path`.
  func tableNames() throws(DatabaseError) -> [String]
}

extension Connection {
  /// 1: nothing is saved.
  public var scriptsTogether: Int { 1 }

  /// Relations are not locked one by one.
  public var harmlessLocks: Int? { nil }

  /// Any number.
  public func lockRoom() throws(DatabaseError) -> LockRoom? { nil }

  /// Runs one after the other.
  public func execute(
    _ scripts: [RecordedScript], done: (Int) -> Void
  ) throws(DatabaseError) {
    var first = 0
    for (index, script) in scripts.enumerated() {
      do throws(DatabaseError) {
        try execute(script.script, bookkeeping: script.bookkeeping)
      } catch {
        let command = first + (error.position?.command ?? script.script.count)
        throw error.at(.init(command: command, offset: error.position?.offset))
      }
      first += script.count
      done(index)
    }
  }

  /// Runs statements of our own, in order.
  public func execute(_ commands: [Command]) throws(DatabaseError) {
    try execute([], bookkeeping: commands)
  }
}

/// A script, and the statements that record it.
public struct RecordedScript: Sendable {
  /// The statements of the script.
  public let script: [Command]
  /// What records it.
  public let bookkeeping: [Command]

  /// The script `script`, recorded by `bookkeeping`.
  public init(_ script: [Command], recordedBy bookkeeping: [Command]) {
    self.script = script
    self.bookkeeping = bookkeeping
  }

  /// How many statements there are in all.
  public var count: Int { script.count + bookkeeping.count }
}

/// A table of the database, as the catalog describes it, or one that does not exist yet.
public struct Table: Hashable, Sendable {
  /// The name with the schema in which the table is or would be created, quoted: right in a statement
  /// whatever the `search_path` is.
  public let qualifiedName: String
  /// The columns' types by name, as the engine spells them; empty when there is no such table.
  public let columnTypes: [String: String]

  /// Whether the table exists.
  public var exists: Bool { !columnTypes.isEmpty }

  /// A table as `CREATE TABLE IF NOT EXISTS` would make it, in a database that nobody asks.
  init(unasked name: String, dialect: Dialect) {
    self.init(qualifiedName: dialect.unasked(table: name), columnTypes: [:])
  }

  init(qualifiedName: String, columnTypes: [String: String]) {
    self.qualifiedName = qualifiedName
    self.columnTypes = columnTypes
  }

  /// The types by name, from a catalog's rows of names and types.
  static func types(_ columns: [(Value, Value)]) -> [String: String] {
    let pairs = columns.compactMap { name, type in name.text.map { ($0, type.text ?? "") } }
    return Dictionary(pairs) { first, _ in first }
  }
}

/// How long a statement of a script may take.
public struct StatementLimits: Hashable, Sendable {
  /// The longest run of a statement; `nil` leaves it to the server.
  public var duration: Duration?
  /// The longest wait of a statement for a lock on PostgreSQL; `nil` leaves it to the server.
  ///
  /// On SQLite a run holds the only lock from its start.
  public var lockWait: Duration?

  /// Limits, or none.
  public init(duration: Duration? = nil, lockWait: Duration? = nil) {
    self.duration = duration
    self.lockWait = lockWait
  }
}

/// How long to wait for another runner.
public struct LockWait {
  /// How long at the most; zero for a single try.
  public let limit: Duration
  /// Called once, when the wait has lasted long enough for people to wonder, with the one who holds the
  /// lock, when that is known.
  public let notice: (LockHolder?) -> Void

  /// A wait of at most `limit`.
  public init(limit: Duration, notice: @escaping (LockHolder?) -> Void = { _ in }) {
    self.limit = limit
    self.notice = notice
  }

  /// The pause before the next try; random, so that many runners do not try in step.
  static func pause(attempt: Int) -> Duration {
    .milliseconds(Int.random(in: 5...min(100, 10 << min(attempt, 4))))
  }
  /// What to do when the wait was in vain.
  static let hint = "try again when it is done, or wait longer: lock_wait in the section [migrate]"
  /// How long a wait lasts before it is worth a message.
  static let silence = Duration.seconds(1)
}

/// How much room a server has for locks.
public struct LockRoom: Hashable, Sendable {
  /// The setting `max_locks_per_transaction`.
  public let perTransaction: Int
  /// For how many transactions the server keeps so much room; one may use that of all.
  public let transactions: Int

  /// About how many relations can be locked at a time.
  public var locks: Int { perTransaction * transactions }

  /// The setting with which there is room for `count` locks, and some to spare.
  public func perTransaction(for count: Int) -> Int {
    let needed = Double(count) * 1.3 / Double(max(transactions, 1))
    return max(64, Int((needed / 64).rounded(.up)) * 64)
  }
}
