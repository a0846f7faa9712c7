/// The turn of one repository in a transaction: its scripts, and what there was before them.
struct OwnershipSegment {
  /// The first step.
  let step: Step
  /// Whose scripts run.
  let actor: Owner
  /// What has run, in order.
  var parts: [ScriptPart]
  /// What the scripts are known to have dropped.
  var dropped: Set<ObjectName> = []
  /// A sequence of another's that a script has moved.
  private(set) var movedSequence: ObjectName?

  /// What there was before them; it grows to what there is after them.
  var catalog: MarkedCatalog
  /// Where the sequences of others stood.
  let positions: [ObjectName: SequencePosition]
  private let owners: Owners
  private let mayTouch: (Owner) -> Bool
  private var bookkeeping: [ObjectName: OwnWrites] = [:]
  /// Whether rows are counted: an engine that asks has been asked about rows, and counts none.
  private let countsWrites: Bool

  /// The turn that begins with `part`.
  init(
    _ part: ScriptPart, catalog: MarkedCatalog, owners: Owners, on connection: any Connection,
    mayTouch: @escaping (Owner) -> Bool
  ) throws(DatabaseError) {
    step = part.step
    actor = Owner(part.step.repository)
    parts = [part]
    countsWrites = !connection.asksWarden
    self.catalog = catalog
    self.owners = owners
    self.mayTouch = mayTouch
    positions = try connection.positions(of: Self.sequences(catalog, owners, mayTouch))
  }

  /// Notes what the last part has run, and counts the rows of our own tables that `commands` have written to
  /// record it, table by table.
  mutating func finish(_ part: ScriptPart, recordedBy commands: [Command]) {
    parts[parts.count - 1] = part
    guard countsWrites else { return }
    for command in commands {
      guard let (table, isRemade) = command.target else { continue }
      bookkeeping[table, default: OwnWrites()].add(command, isRemade: isRemade)
    }
  }

  /// The comparison of the marks from the beginning and the end of the turn.
  func comparison(of change: MarkChange) -> MarkComparison {
    MarkComparison(change, owners: owners, actor: actor, mayTouch: mayTouch)
  }

  /// What the scripts have done that they may not.
  func trespass(
    _ change: MarkChange, on connection: any Connection
  ) throws(DatabaseError) -> Trespass? {
    if let trespass = comparison(of: change).trespass(besides: bookkeeping) { return trespass }
    return try move(change, on: connection)
  }

  /// What the scripts have done that they may not, and which statement did it: they run again for that.
  mutating func violation(
    _ change: MarkChange, on connection: any Connection, _ notify: (String) -> Void
  ) throws(MigrationError) -> OwnershipViolation? {
    let trespass = try MigrationError.catching { () throws(DatabaseError) in
      try self.trespass(change, on: connection)
    }
    guard let trespass else { return nil }
    if trespass.deed == .movesSequence { movedSequence = trespass.object }
    if parts.count == 1, parts[0].statements.count == 1 {
      let statement = parts[0].step.script.statements[parts[0].statements.lowerBound]
      return violation(trespass, parts[0], statement)
    }
    notify("a script has touched what is not its own; running again to find the statement")
    if let found = try? repeated(on: connection) { return found }
    return violation(trespass, parts.last { $0.step.script.mentions([trespass.object.name]) })
  }

  private func violation(
    _ trespass: Trespass, _ part: ScriptPart?, _ statement: Statement? = nil
  ) -> OwnershipViolation {
    let part = part ?? parts[parts.count - 1]
    return OwnershipViolation(
      trespass: trespass, step: part.step,
      statement: statement ?? part.firstStatement(speakingOf: trespass))
  }

  /// Runs the scripts again, and compares after each statement.
  private func repeated(on connection: any Connection) throws(DatabaseError) -> OwnershipViolation?
  {
    try connection.goBack()
    let segment = try Self(
      parts[0], catalog: MarkedCatalog(on: connection), owners: owners, on: connection,
      mayTouch: mayTouch)
    for part in parts {
      var traces: Set<String> = []
      for piece in part.pieces {
        let script = piece.map { Command($0.text) }
        if let (trespass, index) = try part.isLong
          ? segment.firstTrespass(runningPiece: script, on: connection)
          : segment.firstTrespass(runningAgain: script, on: connection)
        {
          return violation(trespass, part, piece[index])
        }
        traces.formUnion(connection.traces(of: script))
      }
      try connection.finish(traces.map { Command($0) }, after: [], bookkeeping: [])
      try connection.settle()
    }
    return nil
  }

  /// What has changed by now.
  private func now(on connection: any Connection) throws(DatabaseError) -> MarkChange {
    catalog.change(to: try connection.marksOfAll().marks)
  }

  /// Runs a piece of a long script as a whole, and again statement by statement only when there is a
  /// trespass in it: to compare after each of millions would take hours.
  private func firstTrespass(
    runningPiece script: [Command], on connection: any Connection
  ) throws(DatabaseError) -> (Trespass, Int)? {
    connection.setReturn()
    try connection.execute(part: script)
    guard try trespass(now(on: connection), on: connection) != nil else {
      connection.forgetReturn()
      return nil
    }
    try connection.goBack()
    return try firstTrespass(runningAgain: script, on: connection)
  }

  private func firstTrespass(
    runningAgain script: [Command], on connection: any Connection
  ) throws(DatabaseError) -> (Trespass, Int)? {
    var found: (Trespass, Int)?
    try connection.runAgain(script) { (index) throws(DatabaseError) in
      found = try trespass(now(on: connection), on: connection).map { ($0, index) }
      return found == nil
    }
    return found
  }

  // MARK: Sequences

  private static func sequences(
    _ catalog: MarkedCatalog, _ owners: Owners, _ mayTouch: (Owner) -> Bool
  ) -> [ObjectName] {
    catalog.sequences.filter { name in
      catalog.mark(of: name).flatMap { owners.owner(of: $0) }.map { !mayTouch($0) } == true
    }
  }

  /// A counter that a script has made for a table of another's, which has given out no number yet.
  private func newCounter(_ change: MarkChange) -> Trespass? {
    for mark in change.after where mark.name.kind == .sequence {
      guard catalog.mark(of: mark.name) == nil, let owner = owners.owner(of: mark), !mayTouch(owner)
      else { continue }
      return Trespass(deed: .movesSequence, object: mark.name, owner: owner)
    }
    return nil
  }

  /// A sequence of another's that the scripts have moved.
  ///
  /// Others may take numbers meanwhile, so that what counts is whether we hold the lock that taking one
  /// takes, or whether the sequence went back.
  private func move(
    _ change: MarkChange, on connection: any Connection
  ) throws(DatabaseError) -> Trespass? {
    if connection.asksWarden, let counter = newCounter(change) { return counter }
    guard !positions.isEmpty else { return nil }
    let current = try connection.positions(of: Array(positions.keys))
    let moved = positions.filter { name, old in current[name].map { $0 != old } == true }
    guard !moved.isEmpty else { return nil }
    let after = Dictionary(change.after.map { ($0.name, $0) }) { first, _ in first }
    for (name, old) in moved.sorted(by: { $0.key < $1.key }) {
      guard let new = current[name], let first = catalog.mark(of: name),
        let owner = owners.owner(of: first)
      else { continue }
      // Without a mark, nothing of ours has touched it; where the engine asks, nobody else could.
      let hasTaken = after[name].map { mark in
        mark.isOfTransaction || mark.isLockedForWriting && !first.isLockedForWriting
      }
      // Our own journal takes numbers meanwhile.
      if new.isBehind(old) || new.isFarAhead(of: old)
        || (connection.asksWarden || hasTaken == true) && owner != .program
      {
        return Trespass(deed: .movesSequence, object: name, owner: owner)
      }
    }
    return nil
  }
}

extension Command {
  /// The table that a statement of our own writes, which it names with its schema, and whether it makes or
  /// changes it.
  fileprivate var target: (table: ObjectName, isRemade: Bool)? {
    // Eight are enough for the longest beginning: CREATE TABLE IF NOT EXISTS "schema"."table".
    var words = StatementWords(text.span, dialect: .postgresql, atMost: 8)
    func table() -> ObjectName? {
      words.name().map { ObjectName(.table, schema: $0.schema ?? "", name: $0.name) }
    }
    if words.take("insert", "into") || words.take("delete", "from") || words.take("update") {
      return table().map { ($0, false) }
    }
    guard words.take("create", "table") || words.take("alter", "table") else { return nil }
    if words.take("if", "not") { _ = words.take("exists") }
    return table().map { ($0, true) }
  }
}

extension ScriptPart {
  fileprivate var isLong: Bool { step.script.long != nil }

  fileprivate func firstStatement(speakingOf trespass: Trespass) -> Statement? {
    let name: Set = [trespass.object.name.lowercased()]
    for piece in pieces {
      let found = piece.first { $0.text.mentions(name, dialect: step.script.dialect) }
      if let found { return found }
    }
    return nil
  }
}
