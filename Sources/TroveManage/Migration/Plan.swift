/// Where a run takes its repositories.
public enum Target: Hashable, Sendable {
  /// Up to the highest version of each.
  case latest
  /// Up to the version.
  case upgrade(to: Int)
  /// Down to the version.
  case downgrade(to: Int)
  /// Down to 0 and out of version control, in one transaction.
  case nothing
}

/// What a run begins with.
public enum Beginning: Hashable, Sendable {
  /// The database as it is.
  case asItIs
  /// The database as it is, which must be under version control.
  case underControl
  /// What the repositories own, or their scripts make, is dropped first.
  case nothing
}

/// What a run will do: steps in order, every script already read and split.
public struct Plan: Sendable {
  /// The steps, core's before the plugins' on the way up, the other way round on the way down.
  public let steps: [Step]

  /// A plan of just these steps.
  init(_ steps: [Step]) { self.steps = steps }

  /// Whether there is nothing to do.
  public var isEmpty: Bool { steps.isEmpty }

  /// The plan that takes the repositories from where they stand to `target`.
  ///
  /// - Throws: ``MigrationError`` when the target cannot be reached or a script cannot be used.
  init(
    from standings: [Standing], to target: Target, late: LatePolicy = .refuse, dialect: Dialect,
    limits: ReadingLimits, isPartitioned: (CatalogName) throws(MigrationError) -> Bool,
    variables: (ScriptVariable) -> String?
  ) throws(MigrationError) {
    var steps: [Step] = []
    for move in try Self.moves(from: standings, to: target, late: late, dialect: dialect) {
      let progress = standings.first { $0.member.isSame(as: move.member) }?.progress
      // A hook may come twice: gone on with, and as one of this run.
      let isInterrupted =
        progress?.isOf(move) == true
        && !steps.contains { $0.progress != nil && $0.member.isSame(as: move.member) }
      steps.append(
        try Step(
          move, dialect: dialect, limits: limits, progress: isInterrupted ? progress : nil,
          isPartitioned: isPartitioned, variables: variables))
    }
    self.steps = steps
  }

  /// The statements that drop everything that the scripts make, as far as it exists.
  ///
  /// - Parameters:
  ///   - known: what is not theirs to drop: what belongs to others, and what is dropped anyway.
  ///   - dialect: the engine's.
  /// - Returns: the statements, in an order that works as far as kinds tell.
  func drops(besides known: Set<ObjectName>, dialect: Dialect) -> [String] {
    let created = steps.flatMap(\.script.createdObjects)
    let unknown = CreatedObject.lasting(created).filter { !known.contains(where: $0.made) }
    let objects = Dictionary(grouping: unknown, by: \.kind)
    return CreatedObject.Kind.allCases.flatMap { kind in
      CreatedObject.drop(objects[kind, default: []], dialect: dialect)
    }
  }

  /// Steps that are committed together, or one that no transaction can hold.
  enum Unit {
    /// All of them, or none.
    case transaction([Step])
    /// All of them together, or, where that fails, each by itself.
    case group([Step])
    /// Statement by statement.
    case outside(Step)

    var isOutside: Bool {
      if case .outside = self { true } else { false }
    }
  }

  /// The steps in the order in which they are committed.
  ///
  /// A step outside a transaction ends the one before it, and so does one that adds a value to a type,
  /// which those after it may use.
  func units(_ scope: TransactionScope) -> [Unit] {
    var units: [Unit] = []
    var open: [Step] = []
    func close() {
      switch scope {
      case .run, .repository: if !open.isEmpty { units.append(.transaction(open)) }
      case .version:
        units += CommitGroup.groups(of: open).map { $0.count > 1 ? .group($0) : .transaction($0) }
      }
      open = []
    }
    for step in steps {
      if let last = open.last, !last.belongs(with: step, in: scope) { close() }
      if step.runsOutside {
        close()
        units.append(.outside(step))
      } else {
        open.append(step)
        if step.addsTypeValue { close() }
      }
    }
    close()
    return units
  }

  /// The only transaction that the plan takes; one without a step for an empty plan.
  ///
  /// - Throws: ``MigrationError/notOneTransaction(_:)`` for a step that ends a transaction, or cannot be in one.
  func singleUnit() throws(MigrationError) -> Unit {
    let units = units(.run)
    if let step = steps.first(where: \.runsOutside) { throw .notOneTransaction(step) }
    if units.count > 1, let step = steps.first(where: \.addsTypeValue) {
      throw .notOneTransaction(step)
    }
    return units.first ?? .transaction([])
  }

  /// The moves without their scripts: decided from numbers alone.
  static func moves(
    from standings: [Standing], to target: Target, late: LatePolicy, dialect: Dialect
  ) throws(MigrationError) -> [Move] {
    var moves: [Move] = []
    for standing in standings {
      guard standing.isKnown else {
        throw .version(.unknownVersion(standing.repository, version: standing.version ?? 0))
      }
      guard standing.late.isEmpty || late == .apply && !target.isDown else {
        throw .version(.lateVersions(standing, dialect))
      }
      var own =
        switch target {
        case .latest: up(standing, to: standing.repository.latest)
        case .upgrade(let version): try up(standing, checked: version)
        case .downgrade(let version): try down(standing, checked: version)
        case .nothing: standing.version == nil ? [] : try down(standing, checked: 0)
        }
      if target != .latest || standing.progress?.operation.isOfVersion != false {
        own = try goingOn(own, from: standing)
      } else {
        own = lateMoves(from: standing) + own
      }
      if target == .latest { own = try syncing(own, from: standing, dialect) }
      if target.isDown { moves = own + moves } else { moves += own }
    }
    return moves
  }

  /// The moves with those that bring late versions: first of all, unless a script waits to be gone on with.
  private static func goingOn(
    _ own: [Move], from standing: Standing
  ) throws(MigrationError) -> [Move] {
    let late = lateMoves(from: standing)
    guard let progress = standing.progress else { return late + own }
    if let index = late.firstIndex(where: progress.isOfVersion(of:)) {
      // Others may have appeared below it since it began.
      let first = late[index].starting(at: progress.from)
      return [first] + late[..<index] + late[(index + 1)...] + own
    }
    guard let first = own.first, progress.isOf(first) else {
      throw .version(.interrupted(standing.repository, progress))
    }
    return [first] + late.map { $0.staying(at: first.to) } + own.dropFirst()
  }

  /// The moves that bring late versions.
  private static func lateMoves(from standing: Standing) -> [Move] {
    standing.lateVersions.map {
      Move(
        member: standing.member, operation: .upgrade, from: $0.predecessor, to: $0.number,
        staysAt: standing.version)
    }
  }

  private static func up(_ standing: Standing, to version: Int) -> [Move] {
    var at = standing.version ?? 0
    return standing.pending.filter { $0 <= version }.map { next in
      defer { at = next }
      return Move(member: standing.member, operation: .upgrade, from: at, to: next)
    }
  }

  private static func up(
    _ standing: Standing, checked version: Int
  ) throws(MigrationError) -> [Move] {
    try standing.checkReachable(version)
    guard version >= standing.version ?? 0 else {
      throw .version(
        .wrongDirection(standing.repository, .upgrade, at: standing.version ?? 0, to: version))
    }
    return up(standing, to: version)
  }

  private static func down(
    _ standing: Standing, checked version: Int
  ) throws(MigrationError) -> [Move] {
    try standing.checkReachable(version)
    guard let at = standing.version, version <= at else {
      throw .version(
        .wrongDirection(standing.repository, .downgrade, at: standing.version ?? 0, to: version))
    }
    let stops = [0] + standing.repository.versions.filter { $0 <= at }
    return zip(stops.dropFirst(), stops).reversed().filter { $0.0 > version }.map {
      Move(member: standing.member, operation: .downgrade, from: $0.0, to: $0.1)
    }
  }
}

extension Standing {
  fileprivate func checkReachable(_ version: Int) throws(MigrationError) {
    guard repository.canStand(at: version) else {
      throw .version(.noSuchVersion(repository, version: version))
    }
  }
}

extension Progress {
  /// Whether it is that of the script of `move`.
  fileprivate func isOf(_ move: Move) -> Bool {
    operation == move.operation && from == move.from && to == move.to
  }

  /// Whether it is that of the script of `move`, wherever that one starts.
  fileprivate func isOfVersion(of move: Move) -> Bool {
    operation == move.operation && to == move.to
  }
}

extension Target {
  fileprivate var isDown: Bool {
    switch self {
    case .latest, .upgrade: false
    case .downgrade, .nothing: true
    }
  }
}

extension Move {
  fileprivate func starting(at from: Int) -> Self {
    Self(member: member, operation: operation, from: from, to: to, staysAt: staysAt)
  }

  fileprivate func staying(at version: Int) -> Self {
    Self(member: member, operation: operation, from: from, to: to, staysAt: version)
  }
}

extension Step {
  /// Whether the two may be committed together.
  fileprivate func belongs(with next: Step, in scope: TransactionScope) -> Bool {
    switch scope {
    case .run: true
    case .repository, .version: member.isSame(as: next.member)
    }
  }
}
