/// What the scripts of a repository do in scratch databases on their way up, and down again.
struct RepositoryWalk: Sendable {
  /// Which of a version's scripts; in the order of the walk.
  struct Leg: Hashable, Comparable, Sendable {
    let version: Int
    let operation: Operation

    static func < (one: Self, other: Self) -> Bool {
      switch (one.operation == .downgrade, other.operation == .downgrade) {
      case (false, false): one.version < other.version
      case (true, true): one.version > other.version
      case (false, true): true
      case (true, false): false
      }
    }
  }

  /// The scripts that ran; those in Python with what they executed, as SQL.
  fileprivate(set) var steps: [Leg: Step] = [:]
  /// The schema behind each of them.
  fileprivate(set) var schemas: [Leg: [SchemaObject]] = [:]
  /// The scripts that could not be run, or not to their end.
  ///
  /// No version is reached above one that cannot be upgraded to.
  fileprivate(set) var failures: [Leg: MigrationError] = [:]
}

extension ScratchBuild {
  /// Takes `member` up version by version, as far as its scripts go, and down again, where `base` stands
  /// already.
  ///
  /// Below a script that cannot go down, the walk goes on in another database.
  func walk(_ member: Member, on base: [Level]) throws(ScratchError) -> RepositoryWalk {
    var walk = RepositoryWalk()
    var top = try use { (database, furnishing) throws(ScratchError) in
      walk = RepositoryWalk()
      for level in base { try build(level, in: database) }
      var walker = Walker(
        self, member, on: base, in: database, mayLack: furnishing == .none, walk)
      let top = try walker.descend(from: try walker.climb())
      walk = walker.walk
      return top
    }
    while top > 0 {
      top = try use { (database, furnishing) throws(ScratchError) in
        for level in base + [Level(member, at: top)] { try build(level, in: database) }
        var walker = Walker(
          self, member, on: base, in: database, mayLack: furnishing == .none, walk)
        let next = try walker.descend(from: top)
        walk = walker.walk
        return next
      }
    }
    return walk
  }
}

/// A walk as far as one database goes.
private struct Walker {
  let build: ScratchBuild
  let member: Member
  let members: [Member]
  let database: Database
  /// Whether an extension of the live database may be all that a failed script lacked.
  let mayLack: Bool
  var walk: RepositoryWalk

  init(
    _ build: ScratchBuild, _ member: Member, on base: [ScratchBuild.Level], in database: Database,
    mayLack: Bool, _ walk: RepositoryWalk
  ) {
    self.build = build
    self.member = member
    members = base.map(\.member) + [member]
    self.database = database
    self.mayLack = mayLack
    self.walk = walk
  }

  /// Goes up as far as the scripts go.
  ///
  /// - Returns: the version that was reached.
  mutating func climb() throws(ScratchError) -> Int {
    let latest = member.repository.latest
    guard let failure = try run(to: .upgrade(to: latest), .upgrade) else { return latest }
    // What cannot even be read ends a run before it begins.
    let highest = below(failure.version)
    if failure.standing < highest, let other = try run(to: .upgrade(to: highest), .upgrade) {
      return other.standing
    }
    return highest
  }

  /// Goes down as far as the scripts go.
  ///
  /// - Returns: the version from which the walk goes on in another database; 0 when it is over.
  mutating func descend(from version: Int) throws(ScratchError) -> Int {
    guard version > 0, let failure = try run(to: .downgrade(to: 0), .downgrade) else { return 0 }
    if failure.standing > failure.version,
      let other = try run(to: .downgrade(to: failure.version), .downgrade)
    {
      return below(other.version)
    }
    return below(failure.version)
  }

  private func below(_ version: Int) -> Int {
    member.repository.versions.last { $0 < version } ?? 0
  }

  /// Runs scripts, each in a transaction of its own.
  ///
  /// - Returns: the version whose script failed, and where the repository stands then; `nil` when all ran.
  private mutating func run(
    to target: Target, _ operation: Operation
  ) throws(ScratchError) -> (version: Int, standing: Int)? {
    var steps: [Step] = []
    var schemas: [[SchemaObject]] = []
    let failure = try build.run(member, to: target, in: database, .recording) {
      [build, database, members] (step) throws(ScratchError) in
      schemas.append(try build.schema(of: database, members))
      steps.append(step)
    }
    for (step, schema) in zip(steps, schemas) {
      let leg = RepositoryWalk.Leg(version: step.version, operation: operation)
      walk.steps[leg] = step
      walk.schemas[leg] = schema
    }
    guard let failure else { return nil }
    if mayLack, failure.error.databaseError?.isMissingObject == true {
      throw .build(failure.error)
    }
    let blamed = failure.error.blamedVersion(
      in: member.repository, operation, database.url.dialect)
    guard let blamed else { throw .build(failure.error) }
    walk.failures[.init(version: blamed, operation: operation)] = failure.error
    let start = operation == .upgrade ? 0 : member.repository.latest
    return (blamed, failure.report?.after.first?.version ?? start)
  }
}

extension MigrationError {
  /// The version of `repository` whose script is to blame; `nil` when no script is.
  func blamedVersion(
    in repository: Repository, _ operation: Operation, _ dialect: Dialect
  ) -> Int? {
    switch self {
    case .pythonFailed(_, .missingPackage): nil
    case .statementFailed(let step, _, _), .pythonFailed(let step, _),
      .recordingFailed(let step, _), .editedSince(let step, _):
      step.version
    case .commitRefused(let steps, _): steps.last?.version
    case .rule(let violation): violation.blame?.step.version
    case .repository(.noScript(_, let version, _, _)): version
    case .script(let error):
      repository.version(ofScript: error.location.path, operation, dialect)
    case .bound(let location, _): repository.version(ofScript: location.path, operation, dialect)
    case .python(.noInterpreter), .python(.missingPackage): nil
    case .python(let error): repository.version(ofScript: error.script, operation, dialect)
    default: nil
    }
  }
}

extension Repository {
  /// The version whose script has the name of the file at `path`.
  fileprivate func version(
    ofScript path: String, _ operation: Operation, _ dialect: Dialect
  ) -> Int? {
    let name = Path(path).name
    return versions.first { version in
      (try? script(version, operation, for: dialect))?.name == name
    }
  }
}
