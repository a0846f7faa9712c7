extension Adoption {
  /// What a database's schema says about a repository.
  public struct Finding: Sendable {
    /// The repository in its role.
    public let member: Member
    /// The version that the version table has; `nil` when it has none.
    public let recorded: Int?
    /// What follows.
    public let verdict: Verdict
    /// The versions whose schema is the one here.
    public let matches: [Int]
    /// The version from which the fewest facts differ; `nil` when there is a match.
    public let nearest: Int?
    /// Why it is none of the others.
    public let rejections: [VersionEvidence.Rejection]
    /// The repository's objects as they are in the database.
    public let schema: [SchemaObject]
    /// Whether nothing is recorded of what the repository owns.
    public internal(set) var lacksOwners = false
    /// The objects that its scripts make at some version.
    let names: [ObjectName]
  }

  /// What follows from the schema for a repository.
  public enum Verdict: Hashable, Sendable {
    /// It stands at the version, which is to be recorded.
    case found(version: Int)
    /// It stands at the version, as is recorded.
    case verified(version: Int)
    /// Nothing of it is there.
    case absent
    /// Several versions have this schema.
    case ambiguous
    /// The schema is not that of the version, which is recorded, or was chosen, or is the nearest.
    case different(from: Int, SchemaDifference)
    /// Nobody knows, before the repository on which it builds is there.
    case behind(repositoryID: String)
  }
}

extension Adoption.Finding {
  /// Whether nothing is in the way of recording.
  public var isResolved: Bool {
    switch verdict {
    case .found, .verified, .absent: true
    case .ambiguous, .different, .behind: false
    }
  }

  /// The version that is recorded, or is to be; 0 when there is none.
  public var version: Int {
    switch verdict {
    case .found(let version), .verified(let version): version
    case .absent, .ambiguous, .different, .behind: 0
    }
  }

  /// Whether there is something to record: the version, or what the repository owns.
  public var isNew: Bool {
    switch verdict {
    case .found: true
    case .verified: lacksOwners
    case .absent, .ambiguous, .different, .behind: false
    }
  }

  /// What to build the next repository on: what is not there yet will come as it is latest.
  var level: ScratchBuild.Level {
    switch verdict {
    case .found(let version), .verified(let version): .init(member, at: version)
    case .absent: .init(member, at: member.repository.latest)
    case .ambiguous: .init(member, at: matches.last ?? 0)
    case .different(let version, _): .init(member, at: matches.last ?? version)
    case .behind: .init(member, at: 0)
    }
  }

  /// A finding that has to wait for `repository`.
  init(_ member: Member, behind repository: Repository) {
    self.init(
      member: member, recorded: nil, verdict: .behind(repositoryID: repository.id), matches: [],
      nearest: nil, rejections: [], schema: [], names: [])
  }

  /// Holds `schema` against `history`.
  init(
    _ member: Member, recorded: Int?, chosen: Int?, in schema: [SchemaObject],
    history: SchemaHistory
  ) {
    let evidence = VersionEvidence(of: schema, in: history)
    self.init(
      member: member, recorded: recorded,
      verdict: Self.verdict(evidence, recorded: recorded, chosen: chosen),
      matches: evidence.matches, nearest: evidence.matches.isEmpty ? evidence.nearest : nil,
      rejections: evidence.rejections, schema: history.own(of: schema),
      names: history.objects.sorted())
  }

  private static func verdict(
    _ evidence: VersionEvidence, recorded: Int?, chosen: Int?
  ) -> Adoption.Verdict {
    let matches = evidence.matches
    if let version = recorded ?? chosen {
      guard matches.contains(version) else {
        return .different(from: version, evidence.difference(from: version))
      }
      if recorded != nil { return .verified(version: version) }
      return version == 0 ? .absent : .found(version: version)
    }
    if matches.contains(0) { return .absent }
    switch matches.count {
    case 0: return .different(from: evidence.nearest, evidence.difference(from: evidence.nearest))
    case 1: return .found(version: matches[0])
    default: return .ambiguous
    }
  }
}
