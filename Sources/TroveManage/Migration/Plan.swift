/// Where a run takes its repositories.
public enum Target: Hashable, Sendable {
  /// Up to the highest version of each.
  case latest
  /// Up to the version.
  case upgrade(to: Int)
  /// Down to the version.
  case downgrade(to: Int)
}

/// What a run begins with.
public enum Beginning: Hashable, Sendable {
  /// The database as it is.
  case asItIs
  /// The database as it is, which must be under version control.
  case underControl
  /// What the repositories' scripts make is dropped first.
  case nothing
}

/// What a run will do: steps in order, every script already read and split.
public struct Plan: Sendable {
  /// The steps, core's before the plugins' on the way up, the other way round on the way down.
  public let steps: [Step]

  /// Whether there is nothing to do.
  public var isEmpty: Bool { steps.isEmpty }

  /// The plan that takes the repositories from where they stand to `target`.
  ///
  /// - Throws: ``MigrationError`` when the target cannot be reached or a script cannot be used.
  init(
    from standings: [Standing], to target: Target, dialect: Dialect,
    variables: (ScriptVariable) -> String?
  ) throws(MigrationError) {
    var steps: [Step] = []
    for move in try Self.moves(from: standings, to: target) {
      steps.append(try Step(move, dialect: dialect, variables: variables))
    }
    self.steps = steps
  }

  /// The statements that drop everything that the scripts make, as far as it exists.
  func drops(dialect: Dialect) -> [String] {
    let statements = steps.flatMap(\.script.statements)
    let created = statements.compactMap { CreatedObject($0.text, dialect: dialect) }
    let objects = Dictionary(grouping: CreatedObject.lasting(created), by: \.kind)
    return CreatedObject.Kind.allCases.flatMap { kind in
      CreatedObject.drop(objects[kind, default: []], dialect: dialect)
    }
  }

  /// The steps in the groups that are committed together.
  func units(_ scope: TransactionScope) -> [[Step]] {
    switch scope {
    case .run: steps.isEmpty ? [] : [steps]
    case .version: steps.map { [$0] }
    case .repository:
      steps.reduce(into: []) { units, step in
        if let last = units.last?.last, last.member.isSame(as: step.member) {
          units[units.count - 1].append(step)
        } else {
          units.append([step])
        }
      }
    }
  }

  /// The moves without their scripts: decided from numbers alone.
  static func moves(
    from standings: [Standing], to target: Target
  ) throws(MigrationError) -> [Move] {
    var moves: [Move] = []
    for standing in standings {
      guard standing.isKnown else {
        throw .version(.unknownVersion(standing.repository, version: standing.version ?? 0))
      }
      guard standing.late.isEmpty else {
        throw .version(
          .lateVersions(standing.repository, versions: standing.late, at: standing.version ?? 0))
      }
      switch target {
      case .latest: moves += up(standing, to: standing.repository.latest)
      case .upgrade(let version): moves += try up(standing, checked: version)
      case .downgrade(let version): moves = try down(standing, checked: version) + moves
      }
    }
    return moves
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
