import Foundation
import Testing
import TroveManage

/// A repository of Python versions, run by the program and by sqlalchemy-migrate.
@Suite struct PythonVersionTests {
  static let modules = Checkout.fixtures.appending("python").text
  static let repository = "\(modules)/com/foo/dbaas/db/migrate_repo"
  static let latest = 20

  /// A database of the program's, one of sqlalchemy-migrate's.
  struct Pair {
    let site: TestSite
    let other: TestDatabase
    let reference: ReferenceProcess
    /// The repository that the program runs.
    private let repository: String

    init(_ engine: Engine, running repository: String = PythonVersionTests.repository) throws {
      site = try TestSite.withPython(engine)
      other = try TestDatabase(engine)
      reference = try ReferenceProcess(
        repository: PythonVersionTests.repository, modules: modules)
      self.repository = repository
      try site.run("db_version_control", "--repo_path", repository).expectSuccess()
    }

    /// Lets both take their databases to `version`, and compares.
    func move(to version: Int, _ operation: TroveManage.Operation) throws {
      let runner = try site.start([
        "db_\(operation.rawValue)", "--version", String(version), "--repo_path", repository,
      ])
      try reference.move(other, to: version)
      try runner.outcome(within: .seconds(100)).expectSuccess()
      try expectSame(version, operation)
    }

    /// Expects that both databases are the same, but for where the repository is.
    func expectSame(_ version: Int, _ operation: TroveManage.Operation) throws {
      try site.database.execute(
        "UPDATE foo_version SET repository_path = '\(PythonVersionTests.repository)'")
      let difference = try site.database.image().difference(from: other.image())
      try #require(difference == [], "after the \(operation) to \(version)")
    }

    /// Takes both version by version up, and down again.
    func walk() throws {
      for version in 1...latest { try move(to: version, .upgrade) }
      for version in (0..<latest).reversed() { try move(to: version, .downgrade) }
    }
  }

  @Test(arguments: Engine.allCases)
  func `every Python version leaves what sqlalchemy-migrate leaves, up and down`(
    engine: Engine
  ) throws {
    try Pair(engine).walk()
  }

  @Test(arguments: Engine.allCases)
  func `all Python versions in one run leave the same`(engine: Engine) throws {
    let pair = try Pair(engine)
    try pair.move(to: Self.latest, .upgrade)
    try pair.move(to: 0, .downgrade)
    try pair.move(to: Self.latest, .upgrade)
  }

  /// Both run versions of one database by turns; the other database is sqlalchemy-migrate's alone.
  @Test(arguments: Engine.allCases)
  func `a database goes from sqlalchemy-migrate to the program and back in the middle`(
    engine: Engine
  ) throws {
    let pair = try Pair(engine)
    let (database, reference) = (pair.site.database, pair.reference)
    try reference.move(database, to: 8)
    try pair.move(to: 14, .upgrade)
    try reference.move(database, to: Self.latest)
    try reference.move(pair.other, to: Self.latest)
    try pair.expectSame(Self.latest, .upgrade)
    try pair.move(to: 12, .downgrade)
    try reference.move(database, to: 5)
    try pair.move(to: 3, .downgrade)
    try reference.move(database, to: 0)
    try reference.move(pair.other, to: 0)
    try pair.expectSame(0, .downgrade)
  }

  @Test(arguments: Engine.allCases)
  func `nothing is written into a repository whose versions run`(engine: Engine) throws {
    let site = try TestSite.withPython(engine)
    let manager = FileManager.default
    try manager.copyItem(atPath: Self.modules, toPath: site.folder.path("python"))
    let repository = site.folder.path("python/com/foo/dbaas/db/migrate_repo")
    let before = try manager.subpathsOfDirectory(atPath: site.folder.path("python")).sorted()
    try site.run("db_sync", "--repo_path", repository).expectSuccess()
    try site.run("db_downgrade", "0", "--repo_path", repository).expectSuccess()
    let after = try manager.subpathsOfDirectory(atPath: site.folder.path("python")).sorted()
    #expect(after == before)
  }
}
