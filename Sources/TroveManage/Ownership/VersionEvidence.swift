/// What a database's schema says about the version at which a repository stands in it.
public struct VersionEvidence: Sendable {
  /// Versions that are out of question for the same reason.
  public struct Rejection: Hashable, Sendable {
    /// The versions, which follow each other.
    public let versions: ClosedRange<Int>
    /// What each of them has and the database has not, or the other way round.
    public let reason: String
  }

  /// The versions whose schema is the one that the database has, in ascending order; 0 when nothing of the
  /// repository is there.
  public let matches: [Int]
  /// Why it is none of the others; 0 is left out.
  public let rejections: [Rejection]
  /// How many objects of the repository the database has.
  public let objectCount: Int

  private let differences: [Int: SchemaDifference]
  private let distances: [Int: Int]

  /// Holds `schema` against every version of `history`.
  ///
  /// Only what the repository's scripts made or changed at some version counts: of that, exactly what they
  /// have made up to a version must be there.
  public init(of schema: [SchemaObject], in history: SchemaHistory) {
    let own = history.own(of: schema)
    var differences: [Int: SchemaDifference] = [:]
    var distances: [Int: Int] = [:]
    for version in history.versions {
      let expected = history.schema(at: version)
      let difference = SchemaDifference(of: own, from: expected)
      differences[version] = difference
      distances[version] = Self.distance(difference, own + expected)
    }
    self.differences = differences
    self.distances = distances
    objectCount = own.count
    matches = history.versions.filter { differences[$0]?.isEmpty == true }
    rejections = Self.rejections(
      history.versions.filter { $0 > 0 }.map { ($0, differences[$0]?.evidence ?? []) })
  }

  /// The version from which the fewest facts differ, the highest of several.
  public var nearest: Int {
    distances.min { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key ?? 0
  }

  /// How the database differs from `version`.
  public func difference(from version: Int) -> SchemaDifference {
    differences[version] ?? SchemaDifference(of: [], from: [])
  }

  /// How many facts differ; of an object that is there or not, all of its own.
  private static func distance(_ difference: SchemaDifference, _ objects: [SchemaObject]) -> Int {
    let sizes = Dictionary(objects.map { ($0.name, $0.parts.count + 1) }) { first, _ in first }
    return difference.entries.reduce(0) { sum, entry in
      switch entry.change {
      case .missing, .added: sum + sizes[entry.object, default: 1]
      case .changed(let changes): sum + changes.count
      }
    }
  }

  /// Versions in a row that have a reason in common become one rejection.
  private static func rejections(_ facts: [(version: Int, reasons: [String])]) -> [Rejection] {
    var rejections: [Rejection] = []
    var open: (versions: ClosedRange<Int>, reasons: [String])?
    func close() {
      if let open, let reason = open.reasons.first {
        rejections.append(Rejection(versions: open.versions, reason: reason))
      }
      open = nil
    }
    for (version, reasons) in facts {
      guard !reasons.isEmpty else {
        close()
        continue
      }
      if let last = open {
        let known = Set(reasons)
        let common = last.reasons.filter { known.contains($0) }
        if !common.isEmpty {
          open = (last.versions.lowerBound...version, common)
          continue
        }
      }
      close()
      open = (version...version, reasons)
    }
    close()
    return rejections
  }
}

extension SchemaDifference {
  /// Each fact in words about the database: what is there, and what is missing.
  fileprivate var evidence: [String] {
    entries.flatMap { entry -> [String] in
      switch entry.change {
      case .missing: ["\(entry.object.title) is missing"]
      case .added: ["\(entry.object.title) is there"]
      case .changed(let changes): changes.map { "\(entry.subject): \($0.evidence)" }
      }
    }
  }
}
