import Testing
import TroveManage

/// Core and the sample plugin keep to what `repo_check` asks of others.
@Suite struct OwnRepositoriesTests {
  private static let plugin = Checkout.root.appending(
    "migrate_repos/com/foo/dbaas/db/plugin/migrate_repo")

  private static func trip(
    of path: Path, on base: [Path] = [], _ engine: Engine
  ) throws -> (repository: Repository, trip: RoundTrip) {
    let database = try TestDatabase(engine)
    let build = ScratchBuild(
      in: ScratchDatabase(like: Database(try database.url), interruption: nil),
      identity: RunIdentity(id: "test", runBy: "test", program: "test"), interruption: nil)
    let levels = try base.map { path in
      let repository = try Repository(folder: path)
      return ScratchBuild.Level(
        Member(role: .core, repository: repository), at: repository.latest)
    }
    let repository = try Repository(folder: path)
    let member = Member(role: .named, repository: repository)
    let trip = try build.trip(of: member, on: levels, for: engine.dialect, .upDownUp)
    return (repository, trip)
  }

  /// Where core's engines differ, and always have, since Trove's own migrations make it so.
  private static let differences = [
    "026: datastore_versions: unique (name) is missing on postgresql",
    "040: modules: column apply_order: may be NULL on sqlite, NOT NULL on postgresql",
    "040: modules: column is_admin: may be NULL on sqlite, NOT NULL on postgresql",
    "040: modules: column priority_apply: may be NULL on sqlite, NOT NULL on postgresql",
  ]

  @Test(arguments: [(Checkout.core, [Path](), differences), (plugin, [Checkout.core], [])])
  func `every downgrade undoes its upgrade, and the engines agree`(
    path: Path, base: [Path], differences: [String]
  ) throws {
    let (repository, sqlite) = try Self.trip(of: path, on: base, .sqlite)
    let postgresql = try Self.trip(of: path, on: base, .postgresql).trip
    for trip in [sqlite, postgresql] {
      #expect(trip.findings.isEmpty, "\(trip.findings.map { "\($0.script.name): \($0.flaw)" })")
      #expect(trip.withoutDowngrade.isEmpty)
      #expect(trip.reached == repository.latest)
    }
    let parity = Parity(of: repository, sqlite: sqlite, postgresql: postgresql)
    #expect(
      parity.findings.map { "\($0.script.name.prefix(3)): \($0.difference)" } == differences)
  }
}
