/// What the scripts of a repository do on one engine when every version is taken up, down and up again in
/// scratch databases.
public struct RoundTrip: Sendable {
  /// How far each version is taken.
  public enum Course: Sendable {
    /// Up only, to see what it makes.
    case up
    /// Up, down and up again.
    case upDownUp
  }

  /// What is wrong with a script.
  public enum Flaw: Sendable {
    /// It fails where it has not run before.
    case fails(MigrationError)
    /// A downgrade leaves another schema than there was before its upgrade.
    case leaves(SchemaDifference)
    /// What a downgrade leaves lets its upgrade fail.
    case blocks(MigrationError)
    /// What a downgrade leaves lets its upgrade make another schema than the first time.
    case spoils(SchemaDifference)
  }

  /// A script with something wrong.
  public struct Finding: Sendable {
    /// The version.
    public let version: Int
    /// The script to blame.
    public let script: Path
    /// Which of the version's scripts it is.
    public let operation: Operation
    /// What is wrong.
    public let flaw: Flaw
  }

  /// The engine.
  public let dialect: Dialect
  /// What is wrong, in the order of the versions.
  public fileprivate(set) var findings: [Finding] = []
  /// The versions that cannot be taken down, since they have no script for it.
  public fileprivate(set) var withoutDowngrade: [Int] = []
  /// The highest version that was reached.
  public fileprivate(set) var reached = 0
  /// The schema at every version that was reached, and at 0.
  fileprivate(set) var schemas: [Int: [SchemaObject]] = [:]

  fileprivate init(on dialect: Dialect) { self.dialect = dialect }
}

extension ScratchBuild {
  /// Takes every version of `member` on its course, where `base` stands already, as far as it can be upgraded.
  ///
  /// Behind a downgrade that does not undo its upgrade, the trip goes on in another database.
  ///
  /// - Parameters:
  ///   - member: the repository.
  ///   - base: what its scripts find in a database.
  ///   - dialect: the engine of the scratch databases.
  ///   - course: how far each version is taken.
  ///   - progress: told of each version that begins.
  /// - Returns: what was found, and the schemas that were seen.
  /// - Throws: ``ScratchError`` when there can be no scratch database, when `base` cannot be built, and for
  ///   what no script of the repository is to blame for.
  public func trip(
    of member: Member, on base: [Level], for dialect: Dialect, _ course: RoundTrip.Course,
    progress: (Int) -> Void = { _ in }
  ) throws(ScratchError) -> RoundTrip {
    var trip = RoundTrip(on: dialect)
    var start: Int? = 0
    while let version = start {
      start = try use { (database, furnishing) throws(ScratchError) in
        for level in base + [Level(member, at: version)] { try build(level, in: database) }
        var traveller = Traveller(
          build: self, member: member, members: base.map(\.member) + [member], database: database,
          mayLack: furnishing == .none, trip: trip)
        let next = try traveller.go(from: version, course, progress)
        trip = traveller.trip
        return next
      }
    }
    return trip
  }
}

/// A trip as far as one database goes.
private struct Traveller {
  let build: ScratchBuild
  let member: Member
  let members: [Member]
  let database: Database
  /// Whether an extension of the live database may be all that a failed script lacked.
  let mayLack: Bool
  var trip: RoundTrip

  private var repository: Repository { member.repository }

  /// Goes on from where the repository stands.
  ///
  /// - Returns: the version from which the trip goes on in another database; `nil` when it is over.
  mutating func go(
    from start: Int, _ course: RoundTrip.Course, _ progress: (Int) -> Void
  ) throws(ScratchError) -> Int? {
    if start == 0 { trip.schemas[0] = try schema() }
    var below = start
    for version in repository.versions where version > start {
      progress(version)
      if let error = try run(to: .upgrade(to: version), version, .upgrade) {
        add(.fails(error), version, .upgrade)
        return nil
      }
      trip.schemas[version] = try schema()
      trip.reached = version
      if course == .upDownUp, try !turn(at: version, above: below) {
        return version == repository.latest ? nil : version
      }
      below = version
    }
    return nil
  }

  /// Goes down from `version` to `below`, and up again.
  ///
  /// - Returns: whether the database is as it was.
  private mutating func turn(at version: Int, above below: Int) throws(ScratchError) -> Bool {
    guard (try? repository.script(version, .downgrade, for: trip.dialect)) != nil else {
      trip.withoutDowngrade.append(version)
      return true
    }
    if let error = try run(to: .downgrade(to: below), version, .downgrade) {
      add(.fails(error), version, .downgrade)
      return false
    }
    let left = SchemaDifference(of: try schema(), from: trip.schemas[below, default: []])
    guard left.isEmpty else {
      add(.leaves(left), version, .downgrade)
      return false
    }
    if let error = try run(to: .upgrade(to: version), version, .upgrade) {
      add(.blocks(error), version, .downgrade)
      return false
    }
    let made = SchemaDifference(of: try schema(), from: trip.schemas[version, default: []])
    if !made.isEmpty { add(.spoils(made), version, .downgrade) }
    return made.isEmpty
  }

  private func schema() throws(ScratchError) -> [SchemaObject] {
    try build.schema(of: database, members)
  }

  private mutating func add(_ flaw: RoundTrip.Flaw, _ version: Int, _ operation: Operation) {
    let script = try? repository.script(version, operation, for: trip.dialect)
    trip.findings.append(
      .init(
        version: version, script: script ?? repository.folder, operation: operation, flaw: flaw))
  }

  /// Runs the script of `version`.
  ///
  /// - Returns: why it failed; `nil` when it did not.
  private func run(
    to target: Target, _ version: Int, _ operation: Operation
  ) throws(ScratchError) -> MigrationError? {
    let failure = try build.run(member, to: target, in: database) { _ throws(ScratchError) in }
    guard let error = failure?.error else { return nil }
    if mayLack, error.databaseError?.isMissingObject == true { throw .build(error) }
    guard error.blamedVersion(in: repository, operation, trip.dialect) == version else {
      throw .build(error)
    }
    return error
  }
}
