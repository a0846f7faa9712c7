/// What a printed script writes down about owners: that is what the catalog says once the scripts have run, so
/// that the run is tried in a scratch database.
public struct PrintedOwners {
  private let summary: PlanSummary
  private let levels: [ScratchBuild.Level]
  private let build: ScratchBuild

  /// The run that `summary` is about.
  ///
  /// - Parameters:
  ///   - summary: the plan.
  ///   - levels: the repositories of the database and where they stand, in the order in which they build on each
  ///     other; those of the plan are among them, unless they stand at 0.
  ///   - build: runs scripts in scratch databases.
  public init(
    of summary: PlanSummary, among levels: [ScratchBuild.Level], with build: ScratchBuild
  ) {
    self.summary = summary
    self.levels = levels
    self.build = build
  }

  /// The repositories of the plan.
  private var members: [Member] { summary.standings.map(\.member) }

  /// All repositories.
  private var everyone: [Member] {
    members
      + levels.map(\.member).filter { one in !members.contains { $0.isSame(as: one) } }
  }

  // MARK: A database that can be asked

  /// What each part of the plan writes down in `live`, which is asked for what is there.
  ///
  /// - Parameters:
  ///   - live: the database.
  ///   - warn: told when its schema is not what the scripts make.
  /// - Returns: the statements, part by part.
  /// - Throws: ``ScratchError`` when the scripts cannot be tried.
  public func writes(
    in live: Database, warn: (String) -> Void
  ) throws(ScratchError) -> [[Command]] {
    guard !summary.parts.isEmpty else { return [] }
    let connection = try ScratchError.catching { () throws(DatabaseError) in
      try live.connection(for: .reading)
    }
    let table: OwnerTable
    let before: OwnerRows
    do {
      table = try OwnerTable(on: connection)
      before = try table.rows(on: connection)
    } catch {
      throw .build(error)
    }
    let schema = try ScratchError.catching { () throws(DatabaseError) in
      try connection.schema(of: nil)
    }
    return try build.use { (database, _) throws(ScratchError) in
      for level in levels { try build.build(level, in: database) }
      try compare(schema, in: database, warn: warn)
      try put(before, into: database)
      var last = before
      return try snapshots(in: database).map { rows in
        defer { last = rows }
        return rows.commands(from: last, in: table)
      }
    }
  }

  /// Warns of objects that are not what the scripts make, for they are what is written down.
  private func compare(
    _ schema: [SchemaObject], in database: Database, warn: (String) -> Void
  ) throws(ScratchError) {
    let expected = try build.schema(of: database, everyone)
    let found = Set(schema)
    let others = expected.filter { !found.contains($0) }.map(\.name.description).sorted()
    guard !others.isEmpty else { return }
    let names = others.prefix(5).joined(separator: ", ") + (others.count > 5 ? ", …" : "")
    warn(
      """
      the schema is not what the scripts make (db_diff shows how), and of this the script writes down what \
      they make: \(names)
      """)
  }

  /// Has the scratch database remember what the live one does.
  private func put(_ rows: OwnerRows, into database: Database) throws(ScratchError) {
    do throws(MigrationError) {
      let connection = try MigrationError.catching { () throws(DatabaseError) in
        try database.connection(for: .writing)
      }
      let table = try OwnerTable(on: connection)
      let commands = rows.commands(from: OwnerRows(), in: table)
      try MigrationError.catching { () throws(DatabaseError) in try connection.execute(commands) }
    } catch {
      throw .build(error)
    }
  }

  // MARK: One that nobody asks

  /// What each part of the plan, which is about one repository, writes down wherever it is run: first all that
  /// the repository owns.
  ///
  /// - Parameter dialect: the engine's.
  /// - Returns: the statements, part by part.
  /// - Throws: ``ScratchError`` when the scripts cannot be tried.
  public func writes(for dialect: Dialect) throws(ScratchError) -> [[Command]] {
    guard !summary.parts.isEmpty, let member = members.first else { return [] }
    let table = OwnerTable(unasked: dialect)
    let owner = Owner(member.repository)
    return try build.use { (database, _) throws(ScratchError) in
      for level in levels where level.version > 0 {
        _ = try run([level.member], to: .upgrade(to: level.version), in: database)
      }
      var last: OwnerRows?
      return try snapshots(in: database).map { rows in
        let rows = rows.rows(of: owner)
        defer { last = rows }
        if let last { return rows.commands(from: last, in: table) }
        return Self.forgetting(member, for: dialect) + rows.commands(from: OwnerRows(), in: table)
      }
    }
  }

  /// What forgets what a repository owns: the next run asks the scripts then, and `db_adopt` the catalog.
  public static func forgetting(_ member: Member, for dialect: Dialect) -> [Command] {
    let table = OwnerTable(unasked: dialect)
    let owner = Owner(member.repository)
    return table.creation + table.forgetObjects(of: owner) + table.forget(owner)
  }

  // MARK: Running

  /// What is remembered after each part of the plan.
  private func snapshots(in database: Database) throws(ScratchError) -> [OwnerRows] {
    let found = try run(members, to: summary.target, in: database)
    guard found.count != summary.parts.count, let last = found.last else { return found }
    // Nothing is lost when the last part writes all of it down.
    return Array(found.prefix(summary.parts.count - 1)) + [last]
  }

  /// Takes the repositories to `target`, and notes what is remembered after each commit.
  private func run(
    _ some: [Member], to target: Target, in database: Database
  ) throws(ScratchError) -> [OwnerRows] {
    let neighbours = everyone.filter { one in !some.contains { $0.isSame(as: one) } }
    var options = build.options
    options.scope = summary.scope
    var found: [OwnerRows] = []
    var failure: MigrationError?
    let migrator = Migrator(
      database, members: some, options: options,
      rules: [OwnershipRule(some, neighbours: { neighbours })], variables: build.variables,
      report: { event in
        guard failure == nil, case .committed = event else { return }
        do throws(MigrationError) {
          let connection = try MigrationError.catching { () throws(DatabaseError) in
            try database.connection(for: .writing)
          }
          found.append(try OwnerTable(on: connection).rows(on: connection))
        } catch {
          failure = error
        }
      })
    do throws(RunFailure) {
      _ = try migrator.run(to: target)
    } catch {
      throw .build(error.error)
    }
    if let failure { throw .build(failure) }
    return found
  }
}
