/// Whether the scripts of a repository for SQLite and those for PostgreSQL make tables that agree.
///
/// They agree in their columns, in what these hold, whether they may be NULL and their defaults, and in primary,
/// unique and foreign keys. What an engine forces, such as the names of types, is no difference.
public struct Parity: Sendable {
  /// A difference, and the version that has brought it.
  public struct Finding: Sendable {
    /// The version.
    public let version: Int
    /// The script to look at.
    public let script: Path
    /// Whose script that is.
    public let dialect: Dialect
    /// What differs.
    public let difference: ParityDifference
  }

  /// The differences, in the order of the versions; each once, where it comes up.
  public let findings: [Finding]

  /// How the schemas differ that the trips of `repository` on both engines have seen, as far as both came.
  public init(of repository: Repository, sqlite: RoundTrip, postgresql: RoundTrip) {
    var findings: [Finding] = []
    // What the repositories below differ in is not to blame on this one.
    var known = Set(Self.differences(at: 0, sqlite, postgresql))
    for version in repository.versions
    where version <= min(sqlite.reached, postgresql.reached) {
      let all = Self.differences(at: version, sqlite, postgresql)
      for difference in all where !known.contains(difference) {
        let dialect = difference.suspect
        let script = try? repository.script(version, .upgrade, for: dialect)
        findings.append(
          Finding(
            version: version, script: script ?? repository.folder, dialect: dialect,
            difference: difference))
      }
      known = Set(all)
    }
    self.findings = findings
  }

  /// The same, when both engines are among those of `trips`; otherwise `nil`.
  init?(of repository: Repository, _ trips: [RoundTrip]) {
    guard let sqlite = trips.first(where: { $0.dialect == .sqlite }),
      let postgresql = trips.first(where: { $0.dialect == .postgresql })
    else { return nil }
    self.init(of: repository, sqlite: sqlite, postgresql: postgresql)
  }

  private static func differences(
    at version: Int, _ sqlite: RoundTrip, _ postgresql: RoundTrip
  ) -> [ParityDifference] {
    ParityDifference.all(
      between: sqlite.schemas[version, default: []],
      and: postgresql.schemas[version, default: []])
  }
}
