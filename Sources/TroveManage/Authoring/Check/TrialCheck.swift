/// What is wrong with a repository's scripts that shows only when they run, in scratch databases.
public struct TrialCheck: Sendable {
  /// A way to try them.
  public enum Trial: Sendable {
    /// Every version goes up, down and up again.
    case roundTrip
    /// What the scripts for one engine make is compared with what those for the other make.
    case parity
  }

  /// How far a trial is.
  public struct Progress: Sendable {
    /// The repository.
    public let repository: Repository
    /// The engine.
    public let dialect: Dialect
    /// How far each version is taken.
    public let course: RoundTrip.Course
    /// The place of the version that begins in the order of all, from 1.
    public fileprivate(set) var number: Int
  }

  /// What was found.
  public private(set) var diagnostics: [Diagnostic] = []
  /// What could not be tried, and why.
  public private(set) var remarks: [String] = []
  /// The rules that nothing was left out of.
  private(set) var finishedRules: Set<CheckRule> = []

  /// Tries the scripts of `member`, which stands on top of `base`.
  ///
  /// - Parameters:
  ///   - member: the repository.
  ///   - base: what its scripts find in a database.
  ///   - builds: where each dialect's scripts can run.
  ///   - trials: how they are tried.
  ///   - report: told of each version that begins.
  /// - Throws: ``ScratchError`` when there can be no scratch database, or `base` cannot be built.
  public init(
    of member: Member, on base: [ScratchBuild.Level], with builds: [Dialect: ScratchBuild],
    _ trials: Set<Trial>, report: (Progress) -> Void = { _ in }
  ) throws(ScratchError) {
    let repository = member.repository
    var trips: [RoundTrip] = []
    for dialect in Dialect.allCases {
      guard let build = builds[dialect] else { continue }
      let course: RoundTrip.Course = trials.contains(.roundTrip) ? .upDownUp : .up
      var progress = Progress(repository: repository, dialect: dialect, course: course, number: 0)
      trips.append(
        try build.trip(of: member, on: base, for: dialect, course) { _ in
          progress.number += 1
          report(progress)
        })
    }
    var findings = trips.flatMap(TrialFinding.list)
    let isWhole = trips.allSatisfy { $0.reached == repository.latest }
    if trials.contains(.roundTrip), isWhole, Set(repository.dialects).isSubset(of: builds.keys) {
      finishedRules.formUnion(CheckRule.ofRoundTrip)
    }
    if trials.contains(.parity) {
      let parity = Parity(of: repository, trips)
      if parity == nil {
        remarks.append("\(repository.id): no parity: its scripts are for one engine")
      }
      if parity != nil, isWhole { finishedRules.formUnion(CheckRule.ofParity) }
      findings += parity?.findings.map(TrialFinding.init) ?? []
    }
    diagnostics = TrialFinding.merged(findings).map(\.diagnostic)
    remarks += trips.flatMap { Self.remarks(on: $0, of: repository) }
  }

  private static func remarks(on trip: RoundTrip, of repository: Repository) -> [String] {
    let place = "\(repository.id) on \(trip.dialect.rawValue)"
    var remarks: [String] = []
    if !trip.withoutDowngrade.isEmpty {
      let versions = trip.withoutDowngrade.map(String.init).joined(separator: ", ")
      remarks.append("\(place): no downgrade, and so no way back to try, of \(versions)")
    }
    for finding in trip.findings where finding.isSeenInFiles {
      guard case .fails(let error) = finding.flaw else { continue }
      remarks.append("\(place): not tried: \(error.description.prefix { !$0.isNewline })")
    }
    if let next = repository.versions.first(where: { $0 > trip.reached }), next < repository.latest
    {
      remarks.append("\(place): versions above \(next) were not tried")
    }
    return remarks
  }
}

extension CheckRule {
  /// The rules that a round trip looks at.
  fileprivate static let ofRoundTrip: Set<Self> = [
    .upgradeFails, .downgradeFails, .downgradeLeavesSchema, .secondUpgradeFails,
    .secondUpgradeDiffers,
  ]

  /// The rules that a comparison of the engines looks at.
  fileprivate static let ofParity: Set<Self> = [
    .parityTable, .parityColumn, .parityType, .parityNull, .parityDefault, .parityPrimaryKey,
    .parityUnique, .parityForeignKey,
  ]
}

extension Repository {
  /// The engines that a script of it is for.
  public var dialects: [Dialect] {
    Dialect.allCases.filter { dialect in
      versions.contains { (try? script($0, .upgrade, for: dialect)) != nil }
    }
  }
}
