internal import FoundationEssentials

/// Takes repositories to their versions.
public struct Migrator {
  /// What a run may be told.
  public struct Options: Sendable {
    /// How much is committed together.
    public var scope: TransactionScope
    /// How many scripts may be handed over together, where that saves anything; 1 when what each of them has
    /// done is looked at before the next.
    public var scriptsTogether = Int.max
    /// How long to wait for another runner.
    public var lockWait: Duration
    /// How long the statements of scripts may take.
    public var limits: StatementLimits
    /// How often a transaction is tried again that the locks of others ended, counted over a run.
    public var retryLimit: Int
    /// What becomes of versions that appeared below the one that a repository stands at.
    public var late = LatePolicy.refuse
    /// What becomes of scripts that were edited after they ran.
    public var edits = EditPolicy.ignore
    /// How much of a script is held in memory.
    public var reading = ReadingLimits()
    /// How versions in Python are run.
    public var python: PythonSetup
    /// Who runs it.
    public var identity: @Sendable () -> RunIdentity
    /// What ends a run early.
    public var interruption: @Sendable () -> Interruption?

    /// Options of a run by `identity`.
    public init(
      identity: @autoclosure @escaping @Sendable () -> RunIdentity, scope: TransactionScope = .run,
      lockWait: Duration = .seconds(60),
      limits: StatementLimits = StatementLimits(),
      retryLimit: Int = 5,
      python: PythonSetup = PythonSetup(),
      interruption: @escaping @Sendable () -> Interruption? = { nil }
    ) {
      self.identity = identity
      self.scope = scope
      self.lockWait = lockWait
      self.limits = limits
      self.retryLimit = retryLimit
      self.python = python
      self.interruption = interruption
    }
  }

  let database: Database
  let members: [Member]
  let options: Options
  let rules: [any RunRule]
  let report: (MigrationEvent) -> Void
  let variables: (ScriptVariable) -> String?

  /// A migrator of the repositories `members`, in their order, in `database`.
  ///
  /// - Parameters:
  ///   - database: the database.
  ///   - members: the repositories, in the order of a run.
  ///   - options: what the run may be told.
  ///   - rules: what every run keeps.
  ///   - variables: the values of script variables.
  ///   - report: told what happens.
  public init(
    _ database: Database, members: [Member], options: Options, rules: [any RunRule] = [],
    variables: @escaping (ScriptVariable) -> String? = { _ in nil },
    report: @escaping (MigrationEvent) -> Void = { _ in }
  ) {
    self.database = database
    self.members = members
    self.options = options
    self.rules = rules
    self.variables = variables
    self.report = report
    database.noticeHandler = { report(.notice($0)) }
  }

  /// How closely repositories are looked at.
  public enum Depth: Hashable, Sendable {
    /// At their versions.
    case versions
    /// At every script that ran, and at those without a version that are due, too.
    case scripts
  }

  /// Where the repositories stand.
  ///
  /// Nothing is written, not even an empty file.
  public func standings(_ depth: Depth = .versions) throws(MigrationError) -> [Standing] {
    for warning in members.flatMap(\.repository.warnings) { report(.warning(warning)) }
    let state = try state(for: .reading)
    guard depth == .scripts else { return state.standings }
    var standings = try state.inspectedStandings(on: connection(for: .reading))
    for index in standings.indices {
      standings[index].dueScripts = try standings[index].dueScripts(for: database.url.dialect)
    }
    return standings
  }

  /// Takes every repository to `target`.
  ///
  /// When there is nothing to do, nothing is locked or written.
  ///
  /// - Throws: ``RunFailure`` with what was done before.
  public func run(
    to target: Target = .latest, from beginning: Beginning = .asItIs
  ) throws(RunFailure) -> RunReport {
    var run = Run(of: self, to: target, from: beginning)
    do {
      try run.perform()
    } catch {
      let failure = RunFailure(error: error.hiding(database.secrets), report: run.finalReport)
      run.remember(failure.error)
      throw failure
    }
    return run.finalReport ?? RunReport(before: [])
  }

  /// Puts the database under the version control of every repository at `version`, without running a
  /// script.
  ///
  /// - Parameters:
  ///   - version: the version of each.
  ///   - confirm: does more in the same transaction, or ends it by an error.
  /// - Throws: ``VersionError/alreadyControlled(_:version:)`` for one that is there already, and
  ///   ``MigrationError/rule(_:)`` for a stamp that breaks a rule.
  public func control(
    at version: Int,
    confirming confirm: (any Connection) throws(MigrationError) -> Void = {
      _ throws(MigrationError) in
    }
  ) throws(MigrationError) {
    for member in members where !member.repository.canStand(at: version) {
      throw .version(.noSuchVersion(member.repository, version: version))
    }
    // A stamp that is refused must not make a database file.
    try check(
      stamping: try state(for: .reading), at: version, on: try connection(for: .reading))
    try underLock { (connection) throws(MigrationError) in
      let state = try state(for: .writing)
      try check(stamping: state, at: version, on: connection)
      let bookkeeping = Bookkeeping(state: state, identity: options.identity())
      for standing in state.standings {
        if let now = standing.version {
          throw .version(.alreadyControlled(standing.repository, version: now))
        }
        if let progress = standing.progress {
          throw .version(.interrupted(standing.repository, progress))
        }
        try MigrationError.catching { () throws(DatabaseError) in
          try connection.execute(
            bookkeeping.commands(stamping: standing.repository, at: version))
        }
      }
      try confirm(connection)
    }
  }

  /// What `body` returns, which is one transaction under the runners' lock.
  ///
  /// - Throws: ``MigrationError``, and nothing of it is left then.
  func underLock<Result>(
    _ body: (any Connection) throws(MigrationError) -> Result
  ) throws(MigrationError) -> Result {
    let connection = try connection(for: .writing)
    connection.interruption = options.interruption()
    try begin(on: connection)
    do throws(MigrationError) {
      let result = try body(connection)
      try MigrationError.catching { () throws(DatabaseError) in try connection.commit() }
      return result
    } catch {
      connection.rollback()
      throw error
    }
  }

  /// Whether a rule relied on what is not so any more, now that the run has the lock.
  func hasOutdatedRule(on connection: any Connection) throws(MigrationError) -> Bool {
    for rule in rules where try rule.isOutdated(on: connection) { return true }
    return false
  }

  private func check(
    stamping state: DatabaseState, at version: Int, on connection: any Connection
  ) throws(MigrationError) {
    // What is there already is another mistake, which is told first.
    guard state.standings.allSatisfy({ $0.version == nil }) else { return }
    for rule in rules { try rule.check(stamping: state.standings, at: version, on: connection) }
  }

  /// Begins a transaction under the runners' lock.
  func begin(on connection: any Connection) throws(MigrationError) {
    try MigrationError.catching { () throws(DatabaseError) in
      try connection.begin(lockWait)
    }
  }

  /// How long to wait for another runner.
  var lockWait: LockWait { LockWait(limit: options.lockWait) { report(.waiting($0)) } }

  func plan(from state: DatabaseState, to target: Target) throws(MigrationError) -> Plan {
    try Plan(
      from: state.standings, to: target, late: options.late, dialect: database.url.dialect,
      limits: options.reading,
      isPartitioned: { (name) throws(MigrationError) in
        let connection = try connection(for: .reading)
        return try MigrationError.catching { () throws(DatabaseError) in
          try connection.isPartitioned(name)
        }
      }, variables: variables)
  }

  func state(for purpose: Database.Purpose) throws(MigrationError) -> DatabaseState {
    try DatabaseState(
      of: members, from: try connection(for: purpose), for: purpose,
      lookingUp: rules.flatMap(\.tableNames))
  }

  func connection(for purpose: Database.Purpose) throws(MigrationError) -> any Connection {
    try MigrationError.catching { () throws(DatabaseError) in
      try database.connection(for: purpose)
    }
  }
}
