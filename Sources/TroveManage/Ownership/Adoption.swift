/// Finds out at which versions repositories stand in a database that does not say so, and records it.
///
/// Each repository is built version by version in a scratch database, on top of those before it, and the
/// version whose schema is the one here is the one that it stands at.
public struct Adoption {
  private let database: Database
  private let members: [Member]
  private let base: [ScratchBuild.Level]
  private let build: ScratchBuild
  private let options: Migrator.Options
  private let report: (MigrationEvent) -> Void

  /// The adoption of `members`, in their order, in `database`.
  ///
  /// - Parameters:
  ///   - members: the repositories.
  ///   - base: repositories that stand there already and on which the members may build.
  ///   - database: the database; nothing of it is changed before ``record(_:)``.
  ///   - build: runs the scripts in scratch databases.
  ///   - options: what the transactions that record may be told.
  ///   - report: told what happens to the database, but not in scratch databases.
  public init(
    of members: [Member], on base: [ScratchBuild.Level] = [], in database: Database,
    with build: ScratchBuild, options: Migrator.Options,
    report: @escaping (MigrationEvent) -> Void = { _ in }
  ) {
    self.database = database
    self.members = members
    self.base = base
    self.build = build
    self.options = options
    self.report = report
  }

  /// What the schema says about each member, in their order.
  ///
  /// - Parameter version: the version of the first member, where several have its schema; it must be one of
  ///   them.
  /// - Returns: a finding for each member.
  /// - Throws: ``AdoptionError``, also for a `version` that the first member does not have.
  public func findings(choosing version: Int? = nil) throws(AdoptionError) -> [Finding] {
    let standings = try AdoptionError.catching { () throws(MigrationError) in
      try migrator(of: members).standings()
    }
    if let version, let first = standings.first { try check(version, for: first) }
    let schema = try AdoptionError.catching { () throws(MigrationError) in
      try MigrationError.catching { () throws(DatabaseError) in
        try database.connection(for: .reading).schema(of: nil)
      }
    }.withoutBookkeeping(of: members + base.map(\.member))
    let owners = try AdoptionError.catching { () throws(MigrationError) in try self.owners() }
    var findings: [Finding] = []
    var base = base
    for (index, standing) in standings.enumerated() {
      if let open = findings.first(where: { !$0.isResolved }), open.matches.isEmpty {
        findings.append(Finding(standing.member, behind: open.member.repository))
        continue
      }
      var finding = try finding(
        of: standing, in: schema, on: base, choosing: index == 0 ? version : nil)
      finding.lacksOwners = owners.records[Owner(standing.repository)] == nil
      findings.append(finding)
      base.append(finding.level)
    }
    return findings
  }

  private func owners() throws(MigrationError) -> Owners {
    let connection = try migrator(of: members).connection(for: .reading)
    return try OwnerTable(on: connection).owners(on: connection)
  }

  private func check(_ version: Int, for standing: Standing) throws(AdoptionError) {
    let repository = standing.repository
    if let recorded = standing.version, recorded != version {
      throw .migration(.version(.alreadyControlled(repository, version: recorded)))
    }
    guard repository.canStand(at: version) else {
      throw .migration(.version(.noSuchVersion(repository, version: version)))
    }
  }

  private func finding(
    of standing: Standing, in schema: [SchemaObject], on base: [ScratchBuild.Level],
    choosing version: Int?
  ) throws(AdoptionError) -> Finding {
    let history: SchemaHistory
    do {
      history = try build.history(of: standing.member, on: base)
    } catch {
      throw .scratch(error)
    }
    return Finding(
      standing.member, recorded: standing.version, chosen: version, in: schema, history: history)
  }

  // MARK: - Recording

  /// Puts every repository whose version was found under version control at it, each in a transaction of
  /// its own that makes sure that its schema still is what it was.
  ///
  /// - Throws: ``MigrationError``; those before the one that failed are recorded.
  public func record(_ findings: [Finding]) throws(MigrationError) {
    for finding in findings {
      switch finding.verdict {
      case .found(let version):
        let migrator = migrator(of: [finding.member])
        try migrator.control(at: version) { (connection) throws(MigrationError) in
          try confirm(finding, on: connection)
        }
      case .verified where finding.lacksOwners:
        try migrator(of: [finding.member]).underLock { (connection) throws(MigrationError) in
          try confirm(finding, on: connection)
        }
      default: break
      }
    }
  }

  private func migrator(of members: [Member]) -> Migrator {
    Migrator(database, members: members, options: options, report: report)
  }

  /// Makes sure, under the lock, that the schema is what the finding is about, and claims it.
  private func confirm(
    _ finding: Finding, on connection: any Connection
  ) throws(MigrationError) {
    let now = try MigrationError.catching { () throws(DatabaseError) in
      try connection.schema(of: finding.names)
    }
    guard Set(now) == Set(finding.schema) else {
      throw .rule(
        SchemaChangedMeanwhile(
          repository: finding.member.repository, lost: "its version was not recorded"))
    }
    try Owners.claim(
      finding.schema.map(\.name), for: finding.member.repository, at: finding.version,
      on: connection)
  }
}

/// Why an adoption could not be looked into.
public enum AdoptionError: Error, CustomStringConvertible {
  /// The repositories' scripts could not be run in a scratch database.
  case scratch(ScratchError)
  /// The database or its version tables could not be read.
  case migration(MigrationError)

  /// What the engine said, when it was the engine.
  public var databaseError: DatabaseError? {
    switch self {
    case .scratch(let error): error.databaseError
    case .migration(let error): error.databaseError
    }
  }

  /// What went wrong, and what to do.
  public var description: String {
    switch self {
    case .scratch(let error): error.description
    case .migration(let error): error.description
    }
  }

  fileprivate static func catching<Result>(
    _ body: () throws(MigrationError) -> Result
  ) throws(AdoptionError) -> Result {
    do {
      return try body()
    } catch {
      throw .migration(error)
    }
  }
}
