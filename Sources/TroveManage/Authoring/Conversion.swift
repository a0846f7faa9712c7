/// Puts SQL in the place of a repository's Python versions.
///
/// What they execute is recorded in scratch databases, written as scripts, and proven: the repository is built
/// once more with them, and what is there after every version compared. Where SQL cannot be trusted to do the
/// same, the version stays in Python.
public struct Conversion {
  let member: Member
  private let base: [ScratchBuild.Level]
  private let builds: [Dialect: ScratchBuild]
  private let report: (String) -> Void

  /// The conversion of `member`, which stands on top of `base`.
  ///
  /// - Parameters:
  ///   - member: the repository.
  ///   - base: what its scripts find in a database.
  ///   - builds: where each dialect's scripts can run.
  ///   - report: told what is being done.
  public init(
    of member: Member, on base: [ScratchBuild.Level], with builds: [Dialect: ScratchBuild],
    report: @escaping (String) -> Void = { _ in }
  ) {
    self.member = member
    self.base = base
    self.builds = builds
    self.report = report
  }

  /// What became of one of a version's functions.
  public struct Part: Sendable {
    /// The version.
    public let version: Int
    /// Which function.
    public let operation: Operation
    /// The file that holds it.
    public let source: Path
    /// The scripts that can stand in its place; none where it stays.
    public let scripts: [ConvertedScript]
    /// Why it stays, by engine.
    public let obstacles: [Dialect: [Obstacle]]
  }

  /// What can be written, and what stays; nothing is written yet.
  ///
  /// - Returns: the functions in the order of the versions, each version's upgrade first.
  /// - Throws: ``ScratchError`` when there can be no scratch database, or the repositories below cannot be
  ///   built.
  public func parts() throws(ScratchError) -> [Part] {
    var drafts: [Dialect: Drafts] = [:]
    for (dialect, build) in builds.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      report("recording the versions on \(dialect.rawValue)")
      let walk = try build.walk(member, on: base)
      drafts[dialect] = Drafts(
        of: member.repository, for: dialect, from: walk, and: try build.walk(member, on: base))
    }
    try prove(&drafts)
    let legs = Set(drafts.values.flatMap(\.legs))
    return legs.sorted { $0.version == $1.version ? $0 < $1 : $0.version < $1.version }
      .map { part($0, drafts) }
  }

  /// Builds the repository with the drafts until every one of them leaves what Python leaves.
  private func prove(_ drafts: inout [Dialect: Drafts]) throws(ScratchError) {
    while true {
      let scripts = ConvertedScript.merged(drafts)
      guard !scripts.isEmpty else { return }
      let folder: TemporaryFolder
      do { folder = try TemporaryFolder(named: "trove-migrate-convert") } catch {
        throw .noFolder(error)
      }
      defer { withExtendedLifetime(folder) {} }
      let converted: Repository
      do {
        let paths = try scripts.map { (script) throws(FileError) in
          let path = folder.path.appending(script.name)
          try FileSystem.write(script.text, toNew: path.text)
          return path
        }
        converted = try member.repository.adding(paths)
      } catch let error as FileError {
        throw .noFolder(error)
      } catch {
        throw .build(.repository(error as? RepositoryError ?? .noCore))
      }
      var isProven = true
      report("proving \(scripts.count) \(scripts.count == 1 ? "script" : "scripts")")
      for (dialect, build) in builds {
        let walk = try build.walk(Member(role: member.role, repository: converted), on: base)
        isProven = drafts[dialect]?.hold(against: walk) != false && isProven
      }
      if isProven { return }
    }
  }

  private func part(_ leg: RepositoryWalk.Leg, _ drafts: [Dialect: Drafts]) -> Part {
    let source = drafts.values.lazy.compactMap { $0.sources[leg] }.first ?? member.repository.folder
    return Part(
      version: leg.version, operation: leg.operation, source: source,
      scripts: ConvertedScript.merged(drafts).filter { $0.leg == leg },
      obstacles: drafts.compactMapValues { $0.obstacles[leg] })
  }
}
