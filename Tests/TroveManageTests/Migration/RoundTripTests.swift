import Foundation
import Testing

@testable import TroveManage

/// How often a PostgreSQL server that may be far away is waited for.
@Suite struct RoundTripTests {
  /// Repositories of `count` versions each, and how often a run to their latest waits for the server.
  private static func roundTrips(
    _ count: Int, repositories names: [String] = ["core"], in database: TestDatabase
  ) throws -> Int {
    let members = try names.map { name in
      var scripts: [String: String] = [:]
      for version in 1...count {
        let number = String(repeating: "0", count: 4 - String(version).count) + String(version)
        scripts["\(number)_x_default_upgrade.sql"] = """
          CREATE TABLE \(name)_\(version) (id INTEGER PRIMARY KEY, name VARCHAR(40));
          INSERT INTO \(name)_\(version) VALUES (1, 'x');
          """
      }
      let folder = try database.folder.writeRepository(name, scripts: scripts)
      let role: Member.Role = name == "core" ? .core : .plugin(name: name)
      return Member(role: role, repository: try Repository(folder: Path(folder)))
    }
    let identity = RunIdentity(id: UUID().uuidString, runBy: "tester", program: "tests")
    let migrator = Migrator(
      Database(try database.url), members: members, options: .init(identity: identity),
      rules: [OwnershipRule(members)])
    _ = try migrator.run()
    let connection = try migrator.database.connection(for: .writing) as? PostgresConnection
    return try #require(connection).roundTrips
  }

  @Test func `a fresh run waits nine times, however many versions there are`() throws {
    #expect(try Self.roundTrips(2, in: TestDatabase(.postgresql)) == 9)
    #expect(try Self.roundTrips(300, in: TestDatabase(.postgresql)) == 9)
  }

  @Test func `a run with nothing to do asks twice, however many repositories there are`() throws {
    let database = try TestDatabase(.postgresql)
    let names = ["core", "a", "b", "c"]
    _ = try Self.roundTrips(2, repositories: names, in: database)
    #expect(try Self.roundTrips(2, repositories: names, in: database) == 2)
    #expect(try Self.roundTrips(2, in: database) == 2)
  }
}
