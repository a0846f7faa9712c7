/// The datastores of a Trove, their versions and what belongs to these, in a database.
///
/// Whatever changes something is one transaction under the runners' lock: a migration never runs
/// underneath, and of two changes at once the second sees the first.
public struct DatastoreCatalog {
  /// What a change may be told.
  public struct Options: Sendable {
    /// How long to wait for a runner.
    public var lockWait: Duration
    /// How long statements may take.
    public var limits: StatementLimits
    /// What ends a change early.
    public var interruption: @Sendable () -> Interruption?

    /// Options, each with a default.
    public init(
      lockWait: Duration = .seconds(60), limits: StatementLimits = StatementLimits(),
      interruption: @escaping @Sendable () -> Interruption? = { nil }
    ) {
      self.lockWait = lockWait
      self.limits = limits
      self.interruption = interruption
    }
  }

  private let database: Database
  private let options: Options
  private let waiting: (LockHolder?) -> Void

  /// The catalog in `database`; nothing is opened yet.
  ///
  /// - Parameters:
  ///   - database: the database.
  ///   - options: what a change may be told.
  ///   - waiting: called when another runner holds the lock for long enough to wonder, with that runner
  ///     when it is known.
  public init(
    _ database: Database, options: Options = Options(),
    waiting: @escaping (LockHolder?) -> Void = { _ in }
  ) {
    self.database = database
    self.options = options
    self.waiting = waiting
  }

  /// A session for asking; a database file that is missing is not made.
  func session(with tables: [DatastoreTable]) throws(DatastoreError) -> DatastoreSession {
    try DatastoreSession(connection(for: .reading), with: tables)
  }

  /// Makes a change in one transaction.
  ///
  /// The tables are looked for before anything is locked or made, and again under the lock, for a
  /// migration may have come in between.
  func change<Result>(
    with tables: [DatastoreTable],
    _ body: (DatastoreSession) throws(DatastoreError) -> Result
  ) throws(DatastoreError) -> Result {
    _ = try session(with: tables)
    let connection = try connection(for: .writing)
    connection.interruption = options.interruption()
    connection.limits = options.limits
    let wait = LockWait(limit: options.lockWait, notice: waiting)
    try DatastoreError.catching { () throws(DatabaseError) in try connection.begin(wait) }
    do throws(DatastoreError) {
      let result = try body(DatastoreSession(connection, with: tables))
      try commit(on: connection)
      return result
    } catch {
      connection.rollback()
      throw error
    }
  }

  private func connection(
    for purpose: Database.Purpose
  ) throws(DatastoreError) -> any Connection {
    try DatastoreError.catching { () throws(DatabaseError) in
      try database.connection(for: purpose)
    }
  }

  private func commit(on connection: any Connection) throws(DatastoreError) {
    if let signal = connection.interruption?.signal {
      throw .database(.interrupted(by: signal))
    }
    do throws(DatabaseError) {
      try connection.commit()
    } catch {
      throw error.kind == .connectionLost ? .commitUnanswered(error) : .database(error)
    }
  }
}
