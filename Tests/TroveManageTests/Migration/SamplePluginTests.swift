import Testing
import TroveManage

@Suite struct SamplePluginTests {
  private static let folder =
    Checkout.root.appending("migrate_repos/com/foo/dbaas/db/plugin/migrate_repo").text

  private static let persons: [[String?]] = [
    [
      "30000000-0000-0000-0000-000000000001", "Operator on duty; 100% of the time",
      "operator@example.com", nil,
    ],
    ["30000000-0000-0000-0000-000000000002", "Miles O'Brien", nil, nil],
  ]

  private static let query = "SELECT id, name, email, updated FROM person ORDER BY id"
  private static let link = """
    INSERT INTO person_instance (person_id, instance_id)
    VALUES ('30000000-0000-0000-0000-000000000002', 'i1')
    """

  @Test(arguments: Engine.allCases)
  func `core and the plugin go to their latest versions, and the plugin alone goes again`(
    engine: Engine
  ) throws {
    let database = try TestDatabase.core(
      engine, at: Core.latest, "INSERT INTO instances (id) VALUES ('i1')")
    let (schema, records) = (try database.schema(), try database.records())

    let report = try database.migrate(Core.folder, Self.folder)
    #expect(report.applied.map(\.to) == [1, 2, 3, 4])
    #expect(report.after.map(\.version) == [Core.latest, 4])
    let rows = try database.rows("SELECT repository_id, version FROM com_foo_dbaas_migrate_version")
    #expect(rows == [["com.foo.dbaas", "4"]])
    #expect(try database.rows(Self.query) == Self.persons)
    try database.execute(Self.link)

    try database.migrate(Self.folder, to: .downgrade(to: 0))
    #expect(try database.schema().difference(from: schema) == [])
    #expect(try database.records() == records)
    #expect(try database.standings(Core.folder, Self.folder).map(\.version) == [Core.latest, 0])
  }

  @Test(arguments: Engine.allCases)
  func `one run brings an empty database to both latest versions, one script at a time back`(
    engine: Engine
  ) throws {
    let database = try TestDatabase(engine)
    let report = try database.migrate(Core.folder, Self.folder)
    #expect(report.applied.map(\.to) == Array(1...Core.latest) + Array(1...4))

    var schemas = [try database.schema()]
    for version in [3, 2, 1, 0] {
      try database.migrate(Self.folder, to: .downgrade(to: version))
      schemas.append(try database.schema())
    }
    let core = try ReferenceSchemas(engine)[Core.latest]
    #expect(schemas.last?.difference(from: core) == [])
    for version in 1...4 {
      try database.migrate(Self.folder, to: .upgrade(to: version))
      #expect(try database.schema().difference(from: schemas[4 - version]) == [], "\(version)")
    }
    #expect(try database.rows(Self.query) == Self.persons)
  }

  @Test(arguments: Engine.allCases)
  func `the trigger notes in UTC when a person's name or address changed`(engine: Engine) throws {
    let database = try TestDatabase(engine)
    try database.migrate(Core.folder, Self.folder)
    let age =
      engine == .sqlite
      ? "unixepoch('now') - unixepoch(updated)"
      : "extract(epoch FROM now() - updated AT TIME ZONE 'UTC')"
    let rows = try database.withSession { session in
      if engine == .postgresql { try session.execute([Command("SET TimeZone = 'Asia/Tokyo'")]) }
      try session.execute([
        Command("INSERT INTO person (id, name) VALUES ('p3', 'three'), ('p4', 'four')"),
        Command("UPDATE person SET email = 'miles@example.com' WHERE name LIKE 'Miles%'"),
        Command("UPDATE person SET name = 'tres' WHERE id = 'p3'"),
        Command("UPDATE person SET id = 'p5' WHERE id = 'p4'"),
      ])
      return try session.rows("SELECT name, email, abs(\(age)) < 300 FROM person ORDER BY id")
    }
    let yes: Value = engine == .sqlite ? .integer(1) : .text("t")
    #expect(
      rows == [
        [.text("Operator on duty; 100% of the time"), .text("operator@example.com"), .null],
        [.text("Miles O'Brien"), .text("miles@example.com"), yes], [.text("tres"), .null, yes],
        [.text("four"), .null, .null],
      ])
  }

  @Test(arguments: Engine.allCases)
  func `version 4 takes back its own persons with their links, and no others`(engine: Engine) throws
  {
    let database = try TestDatabase.core(
      engine, at: 1, "INSERT INTO instances (id) VALUES ('i1')")
    try database.migrate(Self.folder)
    try database.execute(
      Self.link, "INSERT INTO person (id, name) VALUES ('p3', 'three')",
      "INSERT INTO person_instance (person_id, instance_id) VALUES ('p3', 'i1')")
    try database.migrate(Self.folder, to: .downgrade(to: 3))
    #expect(try database.rows("SELECT id, name FROM person") == [["p3", "three"]])
    #expect(try database.rows("SELECT * FROM person_instance") == [["p3", "i1"]])
  }

  @Test(arguments: Engine.allCases)
  func `links to instances survive core's rebuilds below them`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 18, "INSERT INTO instances (id) VALUES ('i1'), ('i2')")
    try database.migrate(Self.folder)
    try database.execute(Self.link)
    let links = try database.records()["person_instance"]
    let lines = try database.schema().lines.filter { $0.object.hasPrefix("person") }

    let report = try database.migrate(Core.folder, Self.folder)
    #expect(report.applied.map(\.to) == Array(19...Core.latest))
    #expect(links?.count == 1)
    #expect(try database.records()["person_instance"] == links)
    #expect(try database.schema().lines.filter { $0.object.hasPrefix("person") } == lines)

    try database.downgradeCore(to: 18)
    #expect(try database.records()["person_instance"] == links)
    #expect(try database.schema().lines.filter { $0.object.hasPrefix("person") } == lines)

    try database.withSession { session in
      if engine == .sqlite { try session.execute([Command("PRAGMA foreign_keys = ON")]) }
      try session.execute([Command("DELETE FROM instances WHERE id = 'i1'", requiredChanges: 1)])
    }
    #expect(try database.rows("SELECT * FROM person_instance") == [])
  }
}
