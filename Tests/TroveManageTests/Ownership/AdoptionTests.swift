import Foundation
import Testing
import TroveManage

@Suite struct AdoptionTests {
  /// A dump of the reference, and the versions that have its schema.
  struct Start: CustomTestStringConvertible {
    let engine: Engine
    let version: Int
    let matches: [Int]

    var testDescription: String { "\(engine) \(version)" }

    static let all =
      [(1, [1]), (13, [13]), (16, [16]), (18, [17, 18]), (30, [30]), (39, [39]), (48, [48])]
      .flatMap { version, matches in
        Engine.allCases.map { Start(engine: $0, version: version, matches: matches) }
      } + [Start(engine: .sqlite, version: 26, matches: [25, 26])]
  }

  @Test(arguments: Start.all)
  func `a database of the reference without its version row is adopted`(start: Start) throws {
    let database = try TestDatabase(start.engine)
    try database.connect().load(dump: ReferenceSchemas.dump(start.version))
    try database.execute(
      "DROP TABLE migrate_version", "CREATE TABLE quotas_of_others (id INTEGER)")
    let adoption = try adoption(in: database)
    let found = try #require(try adoption.findings().first)
    #expect(found.matches == start.matches)
    #expect(
      found.verdict == (start.matches.count > 1 ? .ambiguous : .found(version: start.version)))
    let findings =
      start.matches.count > 1 ? try adoption.findings(choosing: start.version) : [found]
    #expect(findings.map(\.verdict) == [.found(version: start.version)])
    #expect(try database.tables().contains("migrate_version") == false)
    try adoption.record(findings)
    #expect(try database.coreVersion() == start.version)

    try database.migrate(Core.folder)
    #expect(try database.coreVersion() == Core.latest)
  }

  @Test(arguments: Engine.allCases)
  func `a database that is recorded already is verified`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 30)
    let before = try DatabaseContents(of: database.connect())
    let adoption = try adoption(in: database)
    let findings = try adoption.findings()
    #expect(findings.map(\.verdict) == [.verified(version: 30)])
    try adoption.record(findings)
    let after = try DatabaseContents(of: database.connect())
    #expect(after.schema == before.schema && after.bookkeeping == before.bookkeeping)
  }

  @Test(arguments: Engine.allCases)
  func `a drifted database is nearest to its version`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 40, "ALTER TABLE instances ADD COLUMN stray INTEGER", "DROP TABLE quotas",
      "DROP TABLE migrate_version")
    let finding = try #require(try adoption(in: database).findings().first)
    guard case .different(from: 40, let difference) = finding.verdict else {
      Issue.record("\(finding.verdict)")
      return
    }
    #expect(finding.nearest == 40 && finding.matches == [])
    #expect(
      difference.lines == ["instances: column stray was added", "table quotas is missing"])
  }

  @Test(arguments: Engine.allCases)
  func `a schema that changes after the look at it is not recorded`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 30, "DROP TABLE migrate_version")
    let adoption = try adoption(in: database)
    let findings = try adoption.findings()
    try database.execute("ALTER TABLE instances ADD COLUMN stray INTEGER")
    let error = #expect(throws: MigrationError.self) { try adoption.record(findings) }
    #expect("\(try #require(error))".contains("changed the schema of Trove Migrations"))
    #expect(try !database.tables().contains("migrate_version"))
  }

  private static let ownersQuery = """
    SELECT object_name, repository_id, version FROM trove_migrate_objects ORDER BY object_name
    """

  @Test(arguments: Engine.allCases)
  func `who owns what is recorded with the version, or not at all`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 2, "DROP TABLE migrate_version")
    try database.execute(
      "DROP TABLE IF EXISTS trove_migrate_objects", "DROP TABLE IF EXISTS trove_migrate_owners")
    let adoption = try adoption(in: database)
    let findings = try adoption.findings()
    try database.execute("CREATE TABLE trove_migrate_objects (mine INTEGER)")
    #expect(throws: MigrationError.self) { try adoption.record(findings) }
    #expect(try !database.tables().contains("migrate_version"))

    try database.execute("DROP TABLE trove_migrate_objects")
    try adoption.record(findings)
    let owned = ["instances", "service_images"].map { [$0, "Trove Migrations", "2"] }
    #expect(try database.rows(Self.ownersQuery) == owned)
    #expect(try database.coreVersion() == 2)
  }

  @Test(arguments: Engine.allCases)
  func `a version that is recorded gets its owners`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 2)
    try database.execute(
      "DROP TABLE IF EXISTS trove_migrate_objects", "DROP TABLE IF EXISTS trove_migrate_owners")
    let adoption = try adoption(in: database)
    let findings = try adoption.findings()
    #expect(findings.map(\.verdict) == [.verified(version: 2)] && findings[0].isNew)
    try adoption.record(findings)
    #expect(try database.rows(Self.ownersQuery).count == 2)
    #expect(try !adoption.findings()[0].isNew)
  }

  @Test func `an extension that somebody installed is there for the scripts`() throws {
    let database = try TestDatabase(.postgresql)
    let repository = try database.folder.writeRepository(
      "r",
      scripts: [
        "001_a_postgresql_upgrade.sql": "CREATE TABLE a (id INTEGER, label s.hstore);",
        "002_b_postgresql_upgrade.sql": "CREATE TABLE b (id INTEGER);",
      ])
    try database.execute(
      "CREATE SCHEMA s", "CREATE EXTENSION hstore SCHEMA s",
      "CREATE TABLE a (id INTEGER, label s.hstore)")
    let member = Member(role: .core, repository: try Repository(folder: Path(repository)))
    let findings = try adoption(of: [member], in: database).findings()
    #expect(findings.map(\.verdict) == [.found(version: 1)])
  }

  /// An adoption of core, or of `members`.
  private func adoption(
    of members: [Member]? = nil, in database: TestDatabase
  ) throws -> Adoption {
    let core = Member(role: .core, repository: try Repository(folder: Checkout.core))
    let live = Database(try database.url)
    let identity = RunIdentity(id: UUID().uuidString, runBy: "tester@localhost", program: "tests")
    let build = ScratchBuild(
      in: ScratchDatabase(like: live, interruption: nil), identity: identity, interruption: nil)
    return Adoption(
      of: members ?? [core], in: live, with: build, options: .init(identity: identity))
  }
}
