import Foundation
import Testing
import TroveManage

@Suite(.serialized) struct ConcurrencyTests {
  private static let runners = 32
  private static let versions = 4

  /// A site with core and two plugins whose scripts fail when they run twice.
  private static func site(_ engine: Engine) throws -> TestSite {
    let site = try TestSite(engine, plugins: "./one,./two")
    for name in ["core", "one", "two"] {
      let steps = (1...versions).map { version in
        (
          "00\(version)_s_default_upgrade.sql",
          """
          CREATE TABLE \(name)_\(version) (id INTEGER PRIMARY KEY);
          INSERT INTO \(name)_\(version) VALUES (1);
          \(version > 1 ? "INSERT INTO \(name)_1 VALUES (\(version));" : "")
          """
        )
      }
      try site.folder.writeRepository(name, scripts: Dictionary(uniqueKeysWithValues: steps))
    }
    return site
  }

  @Test(arguments: Engine.allCases, ["run", "version"])
  func `many runners at once run every script exactly once`(
    engine: Engine, scope: String
  ) throws {
    let site = try Self.site(engine)
    let runners = try (0..<Self.runners).map { _ in
      try site.start(["db_sync", "--transaction", scope])
    }
    let outcomes = try runners.map { try $0.outcome(within: .seconds(120)) }

    for outcome in outcomes {
      outcome.expectSuccess()
      let isIdle = outcome.output == "Nothing to do: core is at 4, one is at 4, two is at 4\n"
      #expect(isIdle || outcome.output.contains("Done:"), "\(outcome.output)")
    }
    let journal = try site.database.rows(
      "SELECT repository_id, from_version, to_version FROM trove_migrate_journal ORDER BY 1, 3")
    let expected = ["core", "one", "two"].flatMap { name in
      (1...Self.versions).map { [name, String($0 - 1), String($0)] }
    }
    #expect(journal == expected)
    for name in ["core", "one", "two"] {
      #expect(try site.version(name) == Self.versions)
      let rows = try site.database.rows("SELECT id FROM \(name)_1 ORDER BY id")
      #expect(rows == (1...Self.versions).map { [String($0)] })
    }
    // The steps that the runners say they did are those that were done.
    let said = outcomes.map { Self.appliedVersions($0) }.reduce(0, +)
    #expect(said == 3 * Self.versions)
  }

  /// The number in `Done: 3 versions`.
  private static func appliedVersions(_ outcome: TestProgram.Outcome) -> Int {
    outcome.output.firstMatch(of: /Done: (\d+) version/).flatMap { Int($0.1) } ?? 0
  }

  @Test(arguments: Engine.allCases)
  func `runners of different repositories wait for each other`(engine: Engine) throws {
    let site = try Self.site(engine)
    let runners = try (0..<12).map { number in
      try site.start(["db_sync", "--repo_path", ["core", "one", "two"][number % 3]])
    }
    for runner in runners { try runner.outcome(within: .seconds(120)).expectSuccess() }
    let count = try site.database.rows("SELECT count(*) FROM trove_migrate_journal")
    #expect(count == [["12"]])
    try site.run("db_sync").expectSuccess("Nothing to do: core is at 4, one is at 4, two is at 4\n")
  }

  @Test(arguments: Engine.allCases)
  func `asking while another runs neither waits nor fails`(engine: Engine) throws {
    let site = try Self.site(engine)
    try site.run("db_sync").expectSuccess()
    let holder = try site.database.connect()
    try holder.begin(LockWait(limit: .zero))
    defer { holder.rollback() }
    let start = ContinuousClock.now
    try site.run("db_version").expectSuccess("4\n")
    try site.run("db_status").expectSuccess()
    try site.run("db_sync").expectSuccess()
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
