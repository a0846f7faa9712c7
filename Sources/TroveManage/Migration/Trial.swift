/// Watches a run that is only tried: what its statements do, and what no rollback undoes.
final class Trial: StatementObserver {
  /// The versions that have begun.
  private(set) var steps: [TriedStep] = []
  /// The versions that are left out.
  private(set) var untried: [UntriedStep] = []
  /// The sequences that a rollback has left elsewhere.
  private(set) var sequences: [MovedSequence] = []
  /// The schema before and at the end.
  private(set) var schemas: (before: [SchemaObject], after: [SchemaObject])?

  private var before: [SchemaObject] = []
  private var relations: [Int64: LockableRelation] = [:]
  /// The file of each relation, as it was seen last.
  private var storages: [Int64: Int64] = [:]
  private var held: Set<HeldLock> = []
  private var positions: [ObjectName: SequencePosition] = [:]
  /// Where the sequences stood that the transaction had moved, right before it was undone; `nil` when it
  /// failed and could not be asked.
  private var lastPositions: [ObjectName: SequencePosition]?

  /// The part of `plan` that can be tried.
  func choose(from plan: Plan) -> Plan {
    let selection = TrialSelection(plan)
    untried = selection.untried
    return Plan(selection.steps)
  }

  // MARK: The transaction

  /// Looks at what there is, now that the transaction has begun.
  func begin(on connection: any Connection) throws(MigrationError) {
    steps = []
    schemas = nil
    try MigrationError.catching { () throws(DatabaseError) in
      before = try connection.schema(of: nil)
      let found = try connection.lockableRelations()
      relations = Dictionary(found.map { ($0.id, $0) }) { first, _ in first }
      storages = relations.mapValues(\.storage)
      let names = found.map(\.name).filter { $0.kind == .sequence }
      positions = try connection.positions(of: names.sorted())
      held = Set(try connection.heldLocks())
    }
  }

  /// Looks at what there is before the transaction is undone that came to its end.
  func end(on connection: any Connection) throws(DatabaseError) {
    schemas = (before, try connection.schema(of: nil))
    held.formUnion(try connection.heldLocks())
    lastPositions = try connection.positions(of: lockedSequences)
  }

  /// The sequences that the transaction has locked, as whoever takes a number does.
  private var lockedSequences: [ObjectName] {
    let names = held.compactMap { relations[$0.relation]?.name }.filter { $0.kind == .sequence }
    return Set(names).filter { positions[$0] != nil }.sorted()
  }

  /// Puts back the sequences that the transaction has moved, now that it was undone.
  ///
  /// One that others have moved, or whose number a transaction of theirs has taken, stays: they are about to use
  /// the number. The signal that ended the run must not end this.
  func putSequencesBack(on connection: any Connection) {
    connection.interruption = nil
    guard !positions.isEmpty, let others = try? connection.relationsLockedByOthers(),
      let now = try? connection.positions(of: positions.keys.sorted())
    else { return }
    let own = Set(lockedSequences)
    let taken = Set(others.compactMap { relations[$0]?.name })
    for (name, old) in positions.sorted(by: { $0.key < $1.key }) {
      guard let moved = now[name], moved != old else { continue }
      let isAlone = !taken.contains(name) && lastPositions.map { $0[name] == moved } ?? true
      // Nobody can tell whether a failed statement has moved it, or a service that goes on meanwhile.
      guard own.contains(name), isAlone else {
        // A service that takes numbers is no news, unless we took some, too, or failed.
        if own.contains(name) || lastPositions == nil { note(name, old, moved, moved, Self.left) }
        continue
      }
      var words = Self.left
      do throws(DatabaseError) {
        words = try connection.restore(name, to: old) ?? "put back"
      } catch {
        words = "not put back: \(error.message)"
      }
      let after = (try? connection.positions(of: [name]))?[name]
      note(name, old, moved, after, words)
    }
  }

  private static let left = "left there: others may have taken numbers meanwhile"

  private func note(
    _ name: ObjectName, _ before: SequencePosition, _ moved: SequencePosition,
    _ after: SequencePosition?, _ words: String
  ) {
    sequences.append(
      MovedSequence(name: name, before: before, moved: moved, after: after, note: words))
  }

  // MARK: Steps

  /// The statements that follow are those of `step`.
  func begin(_ step: Step) { steps.append(TriedStep(step)) }

  /// The step is done, bookkeeping included.
  func end(_ step: Step, after duration: Duration) {
    guard !steps.isEmpty else { return }
    steps[steps.count - 1].duration = duration
  }

  /// Notes a statement that ran, and what it has locked.
  func note(
    _ statement: Statement, _ result: QueryResult, after duration: Duration,
    on connection: any Connection
  ) throws(DatabaseError) {
    var tried = TriedStatement(statement: statement, ending: .done, duration: duration)
    tried.changedRows = result.changedRows(by: statement, dialect: connection.dialect)
    let change = try look(on: connection)
    tried.locks = change.locks
    tried.rewritten = change.rewritten
    add(tried)
  }

  /// Notes a statement that failed.
  func note(failed statement: Statement, after duration: Duration) {
    add(TriedStatement(statement: statement, ending: .failed, duration: duration))
  }

  /// Takes the locks of the bookkeeping for no statement's.
  func passOver(on connection: any Connection) throws(DatabaseError) {
    _ = try look(on: connection)
  }

  private func add(_ statement: TriedStatement) {
    guard !steps.isEmpty else { return }
    steps[steps.count - 1].statements.append(statement)
  }

  // MARK: Locks

  /// What has changed since the last look.
  private func look(
    on connection: any Connection
  ) throws(DatabaseError) -> (locks: [TakenLock], rewritten: [ObjectName]) {
    guard !relations.isEmpty else { return ([], []) }
    let now = try connection.heldLocks()
    let known = Dictionary(grouping: held, by: \.relation)
    let new = now.filter { lock in
      !known[lock.relation, default: []].contains { $0.mode.covers(lock.mode) }
    }
    let locks = new.filter { lock in
      !new.contains {
        $0.relation == lock.relation && $0.mode != lock.mode && $0.mode.covers(lock.mode)
      }
    }.compactMap(taken)
    var rewritten: [ObjectName] = []
    for lock in now {
      guard let relation = relations[lock.relation], let storage = lock.storage,
        storages[lock.relation] != storage
      else { continue }
      storages[lock.relation] = storage
      if relation.index == nil, relation.name.kind != .sequence { rewritten.append(relation.name) }
    }
    held = Set(now)
    return (Self.telling(locks), rewritten.sorted())
  }

  /// The lock, when it is on something that was there before and that is no part of a table; nobody else sees
  /// what is new.
  private func taken(_ lock: HeldLock) -> TakenLock? {
    guard let relation = relations[lock.relation], relation.counted == nil else { return nil }
    return TakenLock(object: relation.name, index: relation.index, mode: lock.mode)
  }

  /// Those that say something: of an index the strongest alone, unless its table has it, too; of a sequence
  /// not the one that taking a number takes.
  private static func telling(_ locks: [TakenLock]) -> [TakenLock] {
    let closed = Set(
      locks.filter { $0.index == nil && $0.mode == .accessExclusive }.map(\.object))
    return locks.filter { lock in
      if lock.index != nil { return lock.mode == .accessExclusive && !closed.contains(lock.object) }
      return lock.object.kind != .sequence || lock.mode != .rowExclusive
    }.sorted { one, other in
      (one.object, one.index ?? "", one.mode.rawValue)
        < (other.object, other.index ?? "", other.mode.rawValue)
    }
  }
}

extension QueryResult {
  /// How many rows were changed; `nil` for a statement that is not about rows.
  fileprivate func changedRows(by statement: Statement, dialect: Dialect) -> Int? {
    guard !isReadOnly, let count else { return nil }
    guard count == 0 else { return count }
    // SQLite counts none where there is nothing to count.
    let words = StatementWords(statement.text.span, dialect: dialect)
    let verbs = ["insert", "update", "delete", "replace", "with", "merge", "copy"]
    return verbs.contains { words.begins(with: $0) } ? 0 : nil
  }
}
