/// The rule that a script touches only what its own repository has made.
///
/// Who owns what stands in the database. SQLite asks before each statement (``ScriptWarden``); on
/// PostgreSQL the objects are marked before and after the scripts of a repository, and when something of
/// another's has changed, the scripts run again from a savepoint, statement by statement, to find the one to
/// blame. Either way the transaction is not committed.
public final class OwnershipRule: RunRule {
  private let run: [Member]
  private let findNeighbours: () -> [Member]
  private let notify: (String) -> Void
  private lazy var members = run + findNeighbours()
  private lazy var allowances = Dictionary(
    members.map { (Owner($0.repository), $0.repository.allowances) },
    uniquingKeysWith: { $0.union($1) })

  private var table: OwnerTable?
  var owners = Owners()
  var segment: OwnershipSegment?
  /// The marks at the end of the last segment.
  private var catalog: MarkedCatalog?
  /// Where the last transaction ended: whoever finds the database there knows ``owners`` and ``catalog`` to
  /// be right.
  private var lastEnd: CatalogPlace?
  /// What is to be recorded anew.
  private var changed: Set<ObjectName> = []
  /// Where the repositories stand that the transaction has moved or found.
  private var versions: [Owner: Int] = [:]
  /// The repositories whose scripts ran outside the transaction.
  private var refreshed: Set<Owner> = []
  /// The table that the statement outside a transaction changes; `nil` when it cannot be told.
  private var changedAlone: ObjectName?
  /// What SQLite was told to refuse.
  var refused: Trespass?

  /// The rule for runs of some of a database's repositories.
  ///
  /// - Parameters:
  ///   - members: the repositories of the run.
  ///   - neighbours: finds the others; asked for once, when something runs.
  ///   - notify: told what a person should know.
  public init(
    _ members: [Member], neighbours: @escaping () -> [Member] = { [] },
    notify: @escaping (String) -> Void = { _ in }
  ) {
    run = members
    findNeighbours = neighbours
    self.notify = notify
  }

  /// The tables that say who owns what.
  public var tableNames: [String] { OwnerTable.names }

  /// Whether a script of `actor` may touch what `owner` has.
  func may(_ actor: Owner, touch owner: Owner) -> Bool {
    guard case .repository(let key) = owner else { return false }
    return actor == owner || allowances[actor, default: []].contains(key.id)
  }

  // MARK: Transactions

  /// Reads who owns what, and asks the scripts of repositories of which nothing is recorded.
  public func begin(
    from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    reset(connection)
    try MigrationError.catching { () throws(DatabaseError) in try connection.putSessionAside() }
    let seed =
      try isAtLastEnd(connection)
      ? seed(from: standings, on: connection) : load(from: standings, on: connection)
    try MigrationError.catching { () throws(DatabaseError) in try connection.takeSessionBack() }
    versions = seed.versions
    changed = Set(seed.claims.keys)
    refreshed = seed.newOwners
    for line in seed.notices { notify(line) }
  }

  /// Whether nobody has written since the last transaction ended.
  private func isAtLastEnd(_ connection: any Connection) throws(MigrationError) -> Bool {
    guard let lastEnd else { return false }
    return try MigrationError.catching { () throws(DatabaseError) in
      try connection.catalogPlace() == lastEnd
    }
  }

  private func load(
    from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) -> OwnerSeed {
    forget()
    let table = try OwnerTable(on: connection)
    self.table = table
    owners = try table.owners(on: connection)
    owners.versionTables.formUnion(members.map { $0.repository.versionTable.lowercased() })
    return try seed(from: standings, on: connection)
  }

  private func seed(
    from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) -> OwnerSeed {
    let seed = try OwnerSeed(owners, members: members, standings: standings, on: connection)
    owners.entries.add(seed.claims)
    return seed
  }

  /// Forgets what the repositories owned.
  public func cleared(_ repositories: [Repository]) {
    catalog = nil
    for owner in repositories.map(Owner.init) {
      for name in owners.objects(of: owner) {
        owners.entries[name] = nil
        changed.insert(name)
      }
      versions[owner] = 0
    }
  }

  /// Marks what there is, when another repository's turn begins.
  public func willRun(_ part: ScriptPart, on connection: any Connection) throws(MigrationError) {
    if segment?.step.member.isSame(as: part.step.member) == true {
      segment?.parts.append(part)
      return
    }
    try close(on: connection)
    let actor = Owner(part.step.repository)
    segment = try MigrationError.catching { () throws(DatabaseError) -> OwnershipSegment in
      try connection.putSessionAside()
      let before = if let catalog { catalog } else { try MarkedCatalog(on: connection) }
      // The segment alone holds it, and may let it grow without copying it.
      catalog = nil
      owners.wholes = before.wholes
      let segment = try OwnershipSegment(
        part, catalog: before, owners: owners, on: connection,
        mayTouch: { [unowned self] in may(actor, touch: $0) })
      try connection.takeSessionBack()
      connection.setReturn()
      return segment
    }
    connection.warden = self
  }

  /// Counts what was written to our own tables.
  public func didRun(_ part: ScriptPart, recordedBy bookkeeping: [Command]) {
    let owner = Owner(part.step.repository)
    if part.statements == part.step.script.statements.indices {
      versions[owner] = part.step.rowAfter
    }
    segment?.finish(part, recordedBy: bookkeeping)
  }

  /// Compares, and records who owns what now.
  public func end(on connection: any Connection) throws(MigrationError) {
    try close(on: connection)
    defer { reset(connection) }
    guard let table else { return }
    try OwnerRecord(
      changed: changed, refreshed: refreshed, versions: versions, table: table
    ).write(&owners, on: connection)
    guard table.exists else { return forget() }
    lastEnd = try MigrationError.catching { () throws(DatabaseError) in
      try connection.catalogPlace()
    }
    catalog?.settle()
  }

  /// Puts sequences of others back that a script has moved, since no rollback does.
  public func rolledBack(after error: MigrationError?, on connection: any Connection) {
    forget()
    defer { reset(connection) }
    guard let segment, !segment.positions.isEmpty, error?.databaseError?.kind != .connectionLost,
      let now = try? connection.positions(of: Array(segment.positions.keys))
    else { return }
    for (sequence, old) in segment.positions {
      guard let new = now[sequence],
        new.isBehind(old) || new.isFarAhead(of: old) || sequence == segment.movedSequence
      else { continue }
      do throws(DatabaseError) {
        if let words = try connection.restore(sequence, to: old) { notify(words) }
      } catch {
        notify("the sequence \(sequence) stood at \(old.value) and was moved: \(error.message)")
      }
    }
  }

  private func reset(_ connection: any Connection) {
    connection.warden = nil
    segment = nil
    changed = []
    versions = [:]
    refreshed = []
    refused = nil
  }

  /// Forgets what was known to be right at the end of the last transaction.
  private func forget() {
    lastEnd = nil
    catalog = nil
  }

  /// Ends the turn of a repository.
  private func close(on connection: any Connection) throws(MigrationError) {
    connection.warden = nil
    guard segment != nil else { return }
    let found = try MigrationError.catching { () throws(DatabaseError) in
      try segment?.catalog.growth(on: connection)
    }
    let marks = if let found { found } else { try allMarks(on: connection) }
    let change =
      found == nil
      ? segment?.catalog.change(to: marks.marks) : segment?.catalog.change(by: marks)
    let outcome = try outcome(of: change, on: connection)
    connection.forgetReturn()
    // Nobody else holds it now, so that it grows without being copied.
    catalog = found == nil ? MarkedCatalog(marks) : segment?.catalog
    segment = nil
    if found != nil { catalog?.take(marks) }
    for (name, entry) in outcome.entries { owners.entries[name] = entry }
    changed.formUnion(outcome.changed)
  }

  /// What the scripts have changed.
  ///
  /// - Throws: ``MigrationError/rule(_:)`` for what they may not, where the engine has not asked.
  private func outcome(
    of change: MarkChange?, on connection: any Connection
  ) throws(MigrationError) -> OwnerChange {
    guard var ending = segment, let change else { return OwnerChange() }
    if !connection.asksWarden,
      let violation = try ending.violation(change, on: connection, notify)
    {
      segment = ending
      throw .rule(violation)
    }
    return ending.comparison(of: change).outcome(dropped: ending.dropped)
  }

  /// The marks after the scripts, and after what they have put off to the commit.
  private func allMarks(on connection: any Connection) throws(MigrationError) -> CatalogMarks {
    do throws(DatabaseError) {
      try connection.putSessionAside()
      return try connection.marksOfAll()
    } catch {
      let suspects = (segment?.parts ?? []).map(\.step).filter { $0.script.mentions(error.tables) }
      throw suspects.isEmpty ? .database(error) : .commitRefused(suspects, error)
    }
  }

  // MARK: Outside a transaction

  /// Looks whose tables the statements are about that no transaction can hold.
  public func check(
    _ plan: Plan, from standings: [Standing], on connection: any Connection
  ) throws(MigrationError) {
    let lone = plan.steps.flatMap { step in
      step.roles.lone.map { ScriptPart(step, statement: $0) }
    }
    guard !lone.isEmpty else { return }
    _ = try load(from: standings, on: connection)
    for part in lone { try willRunAlone(part, on: connection) }
  }

  /// Looks whose table the statement is about, as the session of the script finds it.
  public func willRunAlone(
    _ part: ScriptPart, on connection: any Connection
  ) throws(MigrationError) {
    changedAlone = nil
    guard let index = part.statements.first, case .lone(let lone) = part.step.roles[index],
      let target = lone.target
    else { return }
    let relation = try MigrationError.catching { () throws(DatabaseError) in
      try connection.table(of: target.name)
    }
    guard let relation, let owner = owners.owner(ofRelation: relation) else { return }
    guard !may(Owner(part.step.repository), touch: owner) else {
      changedAlone = relation
      return
    }
    throw .rule(
      OwnershipViolation(
        trespass: Trespass(deed: target.deed, object: relation, owner: owner), step: part.step,
        statement: part.step.script.statements[index]))
  }

  /// Remembers which table looks another way now; of an index that is gone already, nobody can tell which
  /// table it was on.
  public func didRunAlone(_ part: ScriptPart) {
    guard let index = part.statements.first, case .lone(let lone) = part.step.roles[index],
      lone.target != nil
    else { return }
    guard let changedAlone else {
      refreshed.insert(Owner(part.step.repository))
      return
    }
    changed.insert(changedAlone)
  }
}
