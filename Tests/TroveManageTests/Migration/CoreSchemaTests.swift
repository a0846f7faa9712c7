import Testing
import TroveManage

@Suite struct CoreSchemaTests {
  @Test(arguments: Engine.allCases)
  func `every upgrade leaves the schema that the reference leaves`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    let comparison = try Comparison(database, after: .upgrade)
    for version in 1...Core.latest {
      try database.upgradeCore(to: version)
      try comparison.expect(version)
    }
  }

  @Test(arguments: Engine.allCases)
  func `every downgrade leaves the schema of the version before`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: Core.latest)
    let comparison = try Comparison(database, after: .downgrade)
    for version in (0..<Core.latest).reversed() {
      try database.downgradeCore(to: version)
      try comparison.expect(version)
    }
    #expect(try database.tablesButOurs() == ["migrate_version"])
  }

  @Test(arguments: Engine.allCases)
  func `one run to the top and one to the bottom leave what single steps do`(engine: Engine) throws
  {
    let database = try TestDatabase(engine)
    try database.migrate(Core.folder)
    let expected = try ReferenceSchemas(engine)[Core.latest]
    #expect(try database.schema().difference(from: expected) == [])

    try database.downgradeCore(to: 0)
    #expect(try database.schema().difference(from: SchemaSnapshot([])) == [])
    #expect(try database.tablesButOurs() == ["migrate_version"])

    try database.migrate(Core.folder)
    #expect(try database.schema().difference(from: expected) == [])
  }

  /// A dump, and the version that its database stands at.
  struct Start: CustomTestStringConvertible {
    let engine: Engine
    let dump: String
    let version: Int

    var testDescription: String { "\(engine) \(dump)" }

    static let all =
      [1, 13, 16, 30, 39, 47].flatMap { version in
        Engine.allCases.map {
          Self(engine: $0, dump: ReferenceSchemas.dump(version), version: version)
        }
      } + [Self(engine: .postgresql, dump: "040-stock-failed", version: 39)]
  }

  @Test(arguments: Start.all)
  func `a database of the reference is taken over where it stands`(start: Start) throws {
    let database = try TestDatabase.reference(start.engine, at: start.version, dump: start.dump)
    let report = try database.migrate(Core.folder)
    #expect(report.applied.map(\.to) == Array(start.version + 1...Core.latest))
    let expected = try ReferenceSchemas(start.engine)[Core.latest]
    #expect(try database.schema().difference(from: expected) == [])
    let rows = try database.rows("SELECT * FROM migrate_version")
    #expect(rows == [["Trove Migrations", TestDatabase.referencePath, "\(Core.latest)"]])
  }

  @Test(arguments: Engine.allCases)
  func `a database of the reference goes all the way down`(engine: Engine) throws {
    let latest = ReferenceSchemas.latest
    let dump = ReferenceSchemas.dump(latest)
    let database = try TestDatabase.reference(engine, at: latest, dump: dump)
    try database.downgradeCore(to: 0)
    #expect(try database.schema().difference(from: SchemaSnapshot([])) == [])
    #expect(try database.tablesButOurs() == ["migrate_version"])
  }

  @Test func `core ends where these tests do`() throws {
    let core = try Repository(folder: Checkout.core)
    #expect(core.versions == Array(1...Core.latest))
    #expect(core.id == "Trove Migrations")
    #expect(core.versionTable == "migrate_version")
    #expect(core.warnings == [])
  }
}

/// A database beside the reference's, version by version.
private struct Comparison {
  private let database: TestDatabase
  private let operation: TroveManage.Operation
  private let connection: any Connection
  private let reference: ReferenceSchemas
  private let differences: ReferenceDifferences

  init(_ database: TestDatabase, after operation: TroveManage.Operation) throws {
    self.database = database
    self.operation = operation
    connection = try database.connect()
    reference = try ReferenceSchemas(database.engine)
    differences = try ReferenceDifferences()
  }

  /// Expects the reference's schema at `version`, but for what is listed, which must differ.
  func expect(_ version: Int) throws {
    let schema = try SchemaSnapshot(of: connection)
    let reordered = schema.reordered(from: reference[version])
    let entries = differences.entries(.columnOrder, database.engine, operation, version)
    for entry in entries {
      let applies = entry.object == "*" ? !reordered.isEmpty : reordered.contains(entry.object)
      #expect(applies, "\(entry): at \(version) on \(database.engine) nothing differs")
    }
    let allowed = entries.contains { $0.object == "*" } ? reordered : Set(entries.map(\.object))
    let expected = reference[version].withoutOrder(of: allowed)
    let difference = schema.withoutOrder(of: allowed).difference(from: expected)
    #expect(difference == [], "after the \(operation) to \(version)")
    let row = try connection.rows("SELECT version FROM migrate_version")
    #expect(row == [[.integer(Int64(version))]])
  }
}
