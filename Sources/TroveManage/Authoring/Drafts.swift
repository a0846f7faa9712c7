/// The SQL that may stand in the place of a repository's Python versions on one engine.
struct Drafts {
  typealias Leg = RepositoryWalk.Leg

  /// Every function that is in Python on this engine, by the file that holds it.
  let sources: [Leg: Path]
  /// The scripts that may stand in their place.
  private(set) var texts: [Leg: [UInt8]] = [:]
  /// Why the others must stay.
  private(set) var obstacles: [Leg: [Obstacle]] = [:]

  /// What Python does.
  private let walk: RepositoryWalk

  /// Every function that is in Python on this engine.
  var legs: [Leg] { Array(sources.keys) }

  /// What two walks of `repository` have recorded, which should be the same.
  init(
    of repository: Repository, for dialect: Dialect, from walk: RepositoryWalk,
    and second: RepositoryWalk
  ) {
    self.walk = walk
    var sources: [Leg: Path] = [:]
    for version in repository.versions {
      for operation in Operation.ofVersions {
        let path = try? repository.script(version, operation, for: dialect)
        guard let path, path.isPython else { continue }
        sources[Leg(version: version, operation: operation)] = path
      }
    }
    self.sources = sources
    for (leg, source) in sources {
      do throws(Refusal) {
        texts[leg] = try Self.text(of: leg, from: source, walk, second, dialect)
      } catch {
        obstacles[leg] = error.obstacles
      }
    }
  }

  private struct Refusal: Error {
    let obstacles: [Obstacle]
  }

  private static func text(
    of leg: Leg, from source: Path, _ walk: RepositoryWalk, _ second: RepositoryWalk,
    _ dialect: Dialect
  ) throws(Refusal) -> [UInt8] {
    if let error = walk.failures[leg] ?? second.failures[leg] {
      throw Refusal(obstacles: [.fails(error)])
    }
    guard let step = walk.steps[leg], let again = second.steps[leg] else {
      throw Refusal(obstacles: [.unreached])
    }
    guard step.remarks.isEmpty else {
      throw Refusal(obstacles: step.remarks.map { .remark($0) })
    }
    let statements = step.script.statements
    if let place = statements.firstDifference(from: again.script.statements) {
      throw Refusal(obstacles: [.varies(place)])
    }
    let text = ConvertedScript.text(of: statements, from: source, leg.operation)
    do {
      _ = try Script(path: source.text, text: text, dialect: dialect)
    } catch {
      throw Refusal(obstacles: [.unwritable(error)])
    }
    return text
  }

  /// Compares what Python does with what the drafts do; the first that does something else is given up.
  ///
  /// - Returns: whether all of them do the same.
  mutating func hold(against proof: RepositoryWalk) -> Bool {
    for leg in walk.schemas.keys.sorted() {
      guard let obstacle = obstacle(at: leg, of: proof) else { continue }
      // What a script has left may show behind the next one only.
      guard let guilty = texts.keys.filter({ $0 <= leg }).max() else { continue }
      texts[guilty] = nil
      obstacles[guilty] = [obstacle]
      return false
    }
    return true
  }

  private func obstacle(at leg: Leg, of proof: RepositoryWalk) -> Obstacle? {
    if let error = proof.failures[leg] { return .failsAsSQL(error) }
    // What is behind a failure has its own turn once that one is mended.
    guard let schema = proof.schemas[leg] else { return nil }
    let difference = SchemaDifference(of: schema, from: walk.schemas[leg, default: []])
    return difference.isEmpty ? nil : .differs(difference)
  }
}

extension [Statement] {
  /// The place of the first statement that `other` does not have as often.
  ///
  /// The order does not count: SQLAlchemy keeps a table's indexes and constraints in sets.
  fileprivate func firstDifference(from other: Self) -> TextLocation? {
    firstSurplus(over: other) ?? other.firstSurplus(over: self)
  }

  private func firstSurplus(over other: Self) -> TextLocation? {
    var counts: [ArraySlice<UInt8>: Int] = [:]
    for statement in other { counts[statement.text, default: 0] += 1 }
    return first { statement in
      counts[statement.text, default: 0] -= 1
      return counts[statement.text, default: 0] < 0
    }?.location
  }
}
