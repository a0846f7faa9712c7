/// Builds repositories in scratch databases, to see what their scripts make.
public struct ScratchBuild {
  /// A repository and the version at which it stands, or is to stand.
  public struct Level: Sendable {
    /// The repository in its role.
    public let member: Member
    /// The version.
    public let version: Int
    /// What of the repository runs.
    let extent: Extent

    /// What of a repository runs.
    public enum Extent: Hashable, Sendable {
      /// The scripts between versions.
      case versions
      /// Everything that a run to the latest version runs.
      case everything
    }

    /// The repository of `member` at `version`.
    ///
    /// - Parameters:
    ///   - member: the repository in its role.
    ///   - version: the version.
    ///   - extent: what runs; below the latest version, it is the versions alone.
    public init(_ member: Member, at version: Int, _ extent: Extent = .versions) {
      self.member = member
      self.version = version
      self.extent = version == member.repository.latest ? extent : .versions
    }

    /// The repository where it stands; `nil` for one at no version.
    public init?(_ standing: Standing) {
      guard let version = standing.version, version > 0 else { return nil }
      self.init(standing.member, at: version, standing.hasRepeated ? .everything : .versions)
    }

    fileprivate var target: Target { extent == .everything ? .latest : .upgrade(to: version) }
  }

  private let scratch: ScratchDatabase
  let options: Migrator.Options
  let variables: (ScriptVariable) -> String?

  /// Builds in `scratch`.
  ///
  /// - Parameters:
  ///   - scratch: where.
  ///   - identity: who runs it.
  ///   - interruption: what ends a build early.
  ///   - python: how versions in Python are run.
  ///   - variables: the values of script variables.
  public init(
    in scratch: ScratchDatabase, identity: RunIdentity, interruption: Interruption?,
    python: PythonSetup = PythonSetup(),
    variables: @escaping (ScriptVariable) -> String? = { _ in nil }
  ) {
    self.scratch = scratch
    var options = Migrator.Options(
      identity: identity, python: python, interruption: { interruption })
    options.scriptsTogether = 1
    self.options = options
    self.variables = variables
  }

  /// The schema that the scripts of `levels` make, one repository after the other, without bookkeeping.
  public func schema(of levels: [Level]) throws(ScratchError) -> [SchemaObject] {
    try use { (database, _) throws(ScratchError) in
      for level in levels { try build(level, in: database) }
      return try schema(of: database, levels.map(\.member))
    }
  }

  /// What the scripts of `member` make, version by version, in a database where `base` stands already.
  public func history(
    of member: Member, on base: [Level]
  ) throws(ScratchError) -> SchemaHistory {
    try use { (database, _) throws(ScratchError) in
      for level in base { try build(level, in: database) }
      let members = base.map(\.member) + [member]
      var schemas = [0: try schema(of: database, members)]
      let latest = Level(member, at: member.repository.latest)
      try build(latest, in: database) { (step) throws(ScratchError) in
        schemas[step.to] = try schema(of: database, members)
      }
      return SchemaHistory(of: member.repository, schemas)
    }
  }

  /// Uses an empty database; when a script misses something that an extension may bring which somebody
  /// installed in the live database, once more one with its extensions.
  ///
  /// They are not there at once, for a script may bring its own.
  func use<Result>(
    _ body: (Database, ScratchDatabase.Furnishing) throws(ScratchError) -> Result
  ) throws(ScratchError) -> Result {
    do {
      return try scratch.use { (database) throws(ScratchError) in try body(database, .none) }
    } catch {
      guard case .build(let cause) = error, cause.databaseError?.isMissingObject == true else {
        throw error
      }
    }
    return try scratch.use(having: .extensions) { (database) throws(ScratchError) in
      try body(database, .extensions)
    }
  }

  /// The schema in `database`, without bookkeeping of `members`.
  func schema(
    of database: Database, _ members: [Member]
  ) throws(ScratchError) -> [SchemaObject] {
    try ScratchError.catching { () throws(DatabaseError) in
      try database.connection(for: .writing).schema(of: nil).withoutBookkeeping(of: members)
    }
  }

  /// Brings a repository to its version; `look` is called when a step is done, be it not committed.
  func build(
    _ level: Level, in database: Database,
    look: @escaping (Step) throws(ScratchError) -> Void = { _ throws(ScratchError) in }
  ) throws(ScratchError) {
    guard level.version > 0 else { return }
    if let failure = try run(level.member, to: level.target, in: database, look: look) {
      throw .build(failure.error)
    }
  }

  /// What becomes of versions in Python.
  enum Manner {
    /// They run, and everything is committed at once.
    case plain
    /// They are recorded, and every version is committed by itself.
    case recording
  }

  /// Takes a repository to its target; `look` is called when a step is done.
  ///
  /// - Returns: why it did not get there; `nil` when it did.
  /// - Throws: what `look` throws.
  func run(
    _ member: Member, to target: Target, in database: Database, _ manner: Manner = .plain,
    look: @escaping (Step) throws(ScratchError) -> Void
  ) throws(ScratchError) -> RunFailure? {
    var failure: ScratchError?
    var options = options
    if manner == .recording {
      options.scope = .version
      options.python.records = true
    }
    let migrator = Migrator(
      database, members: [member], options: options, variables: variables,
      report: { event in
        guard failure == nil, case .finished(let step, _) = event else { return }
        do throws(ScratchError) { try look(step) } catch { failure = error }
      })
    var stop: RunFailure?
    do throws(RunFailure) {
      _ = try migrator.run(to: target)
    } catch {
      stop = error
    }
    if let failure { throw failure }
    if case .interrupted? = stop?.error.databaseError?.kind, let stop { throw .build(stop.error) }
    return stop
  }
}

extension DatabaseError {
  /// Whether a function, an operator, a type, an operator class or a schema is not there (PostgreSQL,
  /// appendix A).
  var isMissingObject: Bool { ["42883", "42704", "3F000"].contains(code) }
}
