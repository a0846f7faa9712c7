import Foundation
import Testing

@testable import TroveManage

@Suite struct VersionGuardTests {
  private struct Built<Version: FixedWidthInteger>: DBPlugin {
    var mapper: any Mapper { MapperOf() }
    // Int8 is one behind what the repository has, Int64 one ahead.
    var repositoryVersion: Int? { Version.bitWidth == 8 ? 1 : 3 }
  }

  @Test(arguments: Engine.allCases)
  func `a service does not start on a database that is behind`(engine: Engine) throws {
    let bench = try ServiceBench(engine, at: 1)

    #expect(
      try bench.refusal() == """
        acme stands at version 1; this service was built for 2
        hint: bring the database up to date: trove-manage --config-file \(bench.site.conf) db_sync
        """)
    #expect(try bench.sessions() == 0)
    #expect(
      try configureDB(bench.conf(), registered: [ServiceBench.entry: Built<Int8>.self]).tables
        .map(\.name) == ["instances"])
  }

  @Test(arguments: Engine.allCases)
  func `a service does not start on a database that is ahead`(engine: Engine) throws {
    let bench = try ServiceBench(engine)

    #expect(
      try bench.refusal([ServiceBench.entry: Built<Int8>.self], versions: .exact(core: 0)) == """
        core stands at version 1; this service was built for 0
        acme stands at version 2; this service was built for 1
        hint: start the service that was built for 1, or go back: trove-manage --config-file \
        \(bench.site.conf) db_downgrade --repo_path \(bench.folder.path("core")) 0
        hint: start the service that was built for 2, or go back: trove-manage --config-file \
        \(bench.site.conf) db_downgrade --repo_path \(bench.repository) 1
        """)
    #expect(
      try bench.refusal([ServiceBench.entry: Built<Int64>.self]).contains(
        "was built for 3\nhint: bring"))
  }

  @Test(arguments: Engine.allCases)
  func `a database that no run has seen is told, as a plugin is that none has`(
    engine: Engine
  ) throws {
    let bench = try ServiceBench(engine, at: nil)
    if engine == .sqlite {
      #expect(
        try bench.refusal().hasPrefix(
          "\(bench.folder.path("test.sqlite")): there is no such database"))
      #expect(!FileManager.default.fileExists(atPath: bench.folder.path("test.sqlite")))
    } else {
      #expect(
        try bench.refusal().hasPrefix(
          """
          core is not under version control; this service was built for 1
          acme is not under version control; this service was built for 2
          hint: bring the database up to date: 
          """))
    }
    try bench.succeed("db_sync", "--repo_path", bench.folder.path("core"))
    #expect(
      try bench.refusal().hasPrefix(
        "acme is not under version control; this service was built for 2\nhint: bring the database")
    )
    #expect(try bench.refusal().split(separator: "\n").count == 2)
  }

  @Test(arguments: Engine.allCases)
  func `a draft is no version that a service waits for`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let versions = "plugins/com/acme/migrate_repo/versions"
    try bench.folder.write("\(versions)/003_c_default_upgrade.sql", "-- migrate: draft\nSELECT 1;")
    #expect(try bench.engine().tables.count == 3)

    try bench.folder.write("\(versions)/003_c_default_upgrade.sql", "SELECT 1;")
    try bench.folder.write("\(versions)/004_d_default_upgrade.sql", "-- migrate: draft\nSELECT 1;")
    #expect(
      try bench.refusal().hasPrefix("acme stands at version 2; this service was built for 3\n"))
  }

  @Test(arguments: Engine.allCases)
  func `whoever ignores versions starts anywhere`(engine: Engine) throws {
    let bench = try ServiceBench(engine, at: 1)
    let mapped = try configureDB(
      bench.conf(), registered: [ServiceBench.entry: Built<Int64>.self], versions: .ignore)
    #expect(mapped.tables.map(\.name) == ["instances"])
  }

  @Test(arguments: Engine.allCases)
  func `one query asks for all versions`(engine: Engine) throws {
    let bench = try ServiceBench(engine)
    let settings = try Settings(bench.conf())
    let members = try RepositoryFinder(settings, dataFolder: nil).members()
    let connection = try bench.database.connect()
    var queries = 0
    connection.statementHandler = { _, _ in queries += 1 }

    let mismatches = try VersionGuard.exact(core: 7).mismatches(
      of: members, expected: [ServiceBench.entry: 2], on: connection)

    #expect(mismatches.map(\.repository) == ["core"])
    #expect(queries == 1)
    #expect(try VersionGuard.ignore.mismatches(of: members, expected: [:], on: connection).isEmpty)
    #expect(queries == 1)
  }
}
