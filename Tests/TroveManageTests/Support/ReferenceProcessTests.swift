import Testing
import TroveManage

/// What the tests of Python versions compare with.
@Suite struct ReferenceProcessTests {
  private static let modules = Checkout.fixtures.appending("python").text
  private static let repository = "\(modules)/com/foo/dbaas/db/migrate_repo"

  /// So a difference is the program's.
  @Test(arguments: Engine.allCases)
  func `sqlalchemy-migrate leaves the same each time, in steps and at once`(engine: Engine) throws {
    let reference = try ReferenceProcess(repository: Self.repository, modules: Self.modules)
    let (steps, leaps) = (try TestDatabase(engine), try TestDatabase(engine))
    for stop in [3, 9, 20, 11, 0, 20] {
      let current = try Self.version(steps)
      for version in stride(from: current, to: stop, by: current < stop ? 1 : -1) {
        try reference.move(steps, to: version + (current < stop ? 1 : -1))
      }
      try reference.move(leaps, to: stop)
      #expect(try Self.version(steps) == stop)
      let difference = try steps.image().difference(from: leaps.image())
      try #require(difference == [], "at \(stop)")
    }
    let tables = try steps.tables().filter { $0.hasPrefix("foo") }
    #expect(tables.count == 14, "\(tables)")
  }

  @Test(arguments: Engine.allCases)
  func `an image tells apart what looks the same`(engine: Engine) throws {
    let values =
      engine == .sqlite
      ? ["1", "'1'", "1.0", "X'31'", "NULL", "'\u{e1}'", "'a\u{301}'", "-0.0", "0.0"]
      : ["1", "1.5", "NULL", "0.1", "0.10000000000000002", "-0.0", "0.0"]
    let databases = try values.map { value in
      let database = try TestDatabase(engine)
      let type = engine == .sqlite ? "" : "DOUBLE PRECISION"
      // PostgreSQL's -0.0 would be an exact zero, negated.
      let written = engine == .sqlite ? value : value == "NULL" ? value : "'\(value)'"
      try database.execute("CREATE TABLE t (x \(type))", "INSERT INTO t VALUES (\(written))")
      return database
    }
    let images = try databases.map { try $0.image() }
    for (index, image) in images.enumerated() {
      for (other, second) in images.enumerated() {
        #expect(image.difference(from: second).isEmpty == (index == other))
      }
    }
    try databases[0].execute("INSERT INTO t SELECT * FROM t")
    #expect(try databases[0].image().difference(from: images[0]).count == 1)
  }

  @Test func `what fails in it is told`() throws {
    let reference = try ReferenceProcess(repository: Self.repository, modules: "/nowhere")
    let database = try TestDatabase(.sqlite)
    let failure = #expect(throws: ReferenceProcess.Failed.self) {
      try reference.move(database, to: 1)
    }
    #expect(failure?.description.contains("No module named 'com'") == true, "\(failure as Any)")
  }

  private static func version(_ database: TestDatabase) throws -> Int {
    guard try database.tables().contains("foo_version") else { return 0 }
    return try Int(database.rows("SELECT version FROM foo_version")[0][0] ?? "") ?? 0
  }
}
