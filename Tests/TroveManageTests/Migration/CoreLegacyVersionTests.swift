import Testing
import TroveManage

/// Instances without a datastore version: 19 up and 43 down give them one.
@Suite struct CoreLegacyVersionTests {
  private static let query = """
    SELECT i.id, v.id, v.name, v.image_id, v.packages, CASE WHEN v.active THEN 1 ELSE 0 END,
      v.manager, d.id, d.name, d.default_version_id
    FROM instances i
    LEFT JOIN datastore_versions v ON v.id = i.datastore_version_id
    LEFT JOIN datastores d ON d.id = v.datastore_id
    ORDER BY i.id
    """

  /// The row of an instance that got the legacy version.
  private static func legacy(_ instance: String, image: String = Core.noImage) -> [String?] {
    [
      instance, Core.legacyVersion, "Unknown Legacy Version", image, "", "0", "mysql",
      Core.legacyDatastore, "Legacy MySQL", nil,
    ]
  }

  private static let known: [String?] = [
    "i1", "v1", "5.5", "img", nil, "1", "mysql", "d1", "MySQL", nil,
  ]

  /// Rows at the version where instances may have no datastore version, and what becomes of them.
  struct Situation {
    let name: String
    let before: String
    let after: [[String?]]
    let datastores: Int
    let versions: Int
  }

  private static let situations = [
    Situation(
      name: "nothing", before: "DELETE FROM instances", after: [], datastores: 0, versions: 0),
    Situation(
      name: "every instance has a version",
      before: Core.datastore
        + "INSERT INTO instances (id, datastore_version_id) VALUES ('i1', 'v1')",
      after: [known], datastores: 1, versions: 1),
    Situation(
      name: "some instances have none",
      before: Core.datastore + """
        INSERT INTO instances (id, datastore_version_id)
        VALUES ('i1', 'v1'), ('i2', NULL), ('i3', NULL)
        """, after: [known, legacy("i2"), legacy("i3")], datastores: 2, versions: 2),
    Situation(
      name: "an image of mysql",
      before: """
        INSERT INTO instances (id) VALUES ('i1');
        INSERT INTO service_images (id, service_name, image_id)
        VALUES ('si9', 'mysql', 'img9'), ('si1', 'mysql', 'img1'), ('si0', 'redis', 'img0')
        """, after: [legacy("i1", image: "si1")], datastores: 1, versions: 1),
    Situation(
      name: "the legacy rows are there",
      before: """
        INSERT INTO instances (id) VALUES ('i1');
        INSERT INTO datastores (id, name) VALUES ('\(Core.legacyDatastore)', 'Legacy MySQL');
        INSERT INTO datastore_versions (id, datastore_id, name, image_id, packages, active, manager)
        VALUES ('\(Core.legacyVersion)', '\(Core.legacyDatastore)', 'Unknown Legacy Version',
          'keep', '', FALSE, 'mysql')
        """, after: [legacy("i1", image: "keep")], datastores: 1, versions: 1),
    Situation(
      name: "the legacy datastore is there",
      before: """
        INSERT INTO instances (id) VALUES ('i1');
        INSERT INTO datastores (id, name) VALUES ('\(Core.legacyDatastore)', 'Legacy MySQL')
        """, after: [legacy("i1")], datastores: 1, versions: 1),
  ]

  /// The two ways to the column that may not be NULL, and from there.
  struct Way: CustomTestStringConvertible {
    let from: Int
    let to: Target
    let back: Target

    var testDescription: String { "from \(from)" }

    static let all = [
      Self(from: 18, to: .upgrade(to: 19), back: .downgrade(to: 18)),
      Self(from: 43, to: .downgrade(to: 42), back: .upgrade(to: 43)),
    ]
  }

  @Test(arguments: Engine.allCases, Way.all)
  func `an instance without a version gets the legacy one, which is added if need be`(
    engine: Engine, way: Way
  ) throws {
    let database = try TestDatabase.core(engine, at: way.from)
    for situation in Self.situations {
      try database.execute(situation.before)
      try database.migrate(Core.folder, to: way.to)
      #expect(try database.rows(Self.query) == situation.after, "\(situation.name)")
      let counts = try database.rows(Self.counts)
      #expect(
        counts == [["\(situation.datastores)", "\(situation.versions)"]], "\(situation.name)")
      try database.migrate(Core.folder, to: way.back)
      #expect(try database.rows(Self.query) == situation.after, "\(situation.name), and back")
      try database.clear()
    }
  }

  @Test(arguments: Engine.allCases, Way.all)
  func `another datastore with the legacy name stops the run`(engine: Engine, way: Way) throws {
    let database = try TestDatabase.core(
      engine, at: way.from, "INSERT INTO instances (id) VALUES ('i1')",
      "INSERT INTO datastores (id, name) VALUES ('d1', 'Legacy MySQL')")
    let said = try #require(try database.refusal(to: way.to).databaseError)
    #expect(said.code == (engine == .sqlite ? "SQLITE_CONSTRAINT_UNIQUE" : "23505"))
    #expect(said.message.contains(engine == .sqlite ? "datastores.name" : "datastores_name_key"))
  }

  private static let counts =
    "SELECT (SELECT count(*) FROM datastores), (SELECT count(*) FROM datastore_versions)"
}
