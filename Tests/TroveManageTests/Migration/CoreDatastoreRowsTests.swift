import Testing
import TroveManage

@Suite struct CoreDatastoreRowsTests {
  @Test(arguments: Engine.allCases)
  func `version 16 goes back to the manager of the instance's datastore, or to mysql`(
    engine: Engine
  ) throws {
    let database = try TestDatabase.core(
      engine, at: 16,
      """
      INSERT INTO datastores (id, name, manager)
      VALUES ('d1', 'MySQL', 'mysqlmgr'), ('d2', 'PG', 'pgmgr')
      """,
      """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
      VALUES ('v1', 'd1', '5.5', 'img', TRUE), ('v2', 'd2', '9.1', 'img', FALSE),
        ('v3', NULL, 'x', 'img', FALSE)
      """,
      """
      INSERT INTO instances (id, datastore_version_id)
      VALUES ('i1', 'v1'), ('i2', 'v2'), ('i3', NULL), ('i4', 'v3')
      """)
    try database.downgradeCore(to: 15)
    let rows = try database.rows("SELECT id, service_type FROM instances ORDER BY id")
    #expect(rows == [["i1", "mysqlmgr"], ["i2", "pgmgr"], ["i3", "mysql"], ["i4", "mysql"]])
  }

  @Test(arguments: Engine.allCases)
  func `version 16 cuts no manager on the way back`(engine: Engine) throws {
    let manager = "trove.guestagent.datastore.mysql.manager.Manager"
    let database = try TestDatabase.core(
      engine, at: 16,
      "INSERT INTO datastores (id, name, manager) VALUES ('d1', 'MySQL', '\(manager)')",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
      VALUES ('v1', 'd1', '5.5', 'img', TRUE)
      """, "INSERT INTO instances (id, datastore_version_id) VALUES ('i1', 'v1')")
    switch engine {
    case .sqlite:
      try database.downgradeCore(to: 15)
      #expect(try database.rows("SELECT service_type FROM instances") == [[manager]])
    case .postgresql:
      let error = try database.refusal(to: .downgrade(to: 15))
      #expect(error.databaseError?.code == "22001")
    }
  }

  @Test(arguments: Engine.allCases)
  func `version 17 fills a manager column that an interrupted attempt left`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 16,
      "INSERT INTO datastores (id, name, manager) VALUES ('d1', 'A', 'am'), ('d2', 'B', 'bm')",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, packages, active)
      VALUES ('v1', 'd1', '1', 'img', 'p', TRUE), ('v2', 'd2', '2', 'img', NULL, FALSE),
        ('v3', NULL, '3', 'img', NULL, TRUE)
      """, "ALTER TABLE datastore_versions ADD COLUMN manager VARCHAR(255)")
    try database.upgradeCore(to: 17)
    let rows = try database.rows(
      """
      SELECT id, datastore_id, packages, CASE WHEN active THEN 1 ELSE 0 END, manager
      FROM datastore_versions ORDER BY id
      """)
    #expect(
      rows == [
        ["v1", "d1", "p", "1", "am"], ["v2", "d2", nil, "0", "bm"], ["v3", nil, nil, "1", nil],
      ])
    let expected = try ReferenceSchemas(engine)[17]
    #expect(try database.schema().difference(from: expected) == [])
  }

  @Test(arguments: Engine.allCases)
  func `version 17 keeps datastores without versions`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 16,
      """
      INSERT INTO datastores (id, name, manager, default_version_id)
      VALUES ('d1', 'A', 'am', 'v9'), ('d2', 'B', 'bm', NULL)
      """)
    try database.upgradeCore(to: 17)
    let rows = try database.rows("SELECT id, name, default_version_id FROM datastores ORDER BY id")
    #expect(rows == [["d1", "A", "v9"], ["d2", "B", nil]])
  }

  @Test(arguments: Engine.allCases)
  func `version 17 goes back to the default version's manager, else the first of the datastore's`(
    engine: Engine
  ) throws {
    let database = try TestDatabase.core(
      engine, at: 17,
      """
      INSERT INTO datastores (id, name, default_version_id)
      VALUES ('d1', 'A', 'v2'), ('d2', 'B', NULL), ('d3', 'C', 'v9'), ('d4', 'D', NULL)
      """,
      """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active, manager)
      VALUES ('v1', 'd1', '1', 'img', TRUE, 'aa'), ('v2', 'd1', '2', 'img', TRUE, 'zz'),
        ('v3', 'd2', '3', 'img', TRUE, 'mm'), ('v4', 'd2', '4', 'img', TRUE, 'bb'),
        ('v5', 'd4', '5', 'img', TRUE, NULL), ('v6', NULL, '6', 'img', TRUE, 'q')
      """)
    try database.downgradeCore(to: 16)
    let rows = try database.rows(
      "SELECT id, name, manager, default_version_id FROM datastores ORDER BY id")
    #expect(
      rows == [
        ["d1", "A", "zz", "v2"], ["d2", "B", "bb", nil], ["d3", "C", "", "v9"],
        ["d4", "D", "", nil],
      ])
    let versions = try database.rows("SELECT count(*) FROM datastore_versions")
    #expect(versions == [["6"]])
  }

  @Test(arguments: Engine.allCases)
  func `version 26 lets two datastores have a version of one name on PostgreSQL, 48 on SQLite`(
    engine: Engine
  ) throws {
    let insert = """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
      VALUES ('v1', 'd1', '1', 'img', TRUE), ('v2', 'd2', '1', 'img', TRUE)
      """
    let database = try TestDatabase.core(
      engine, at: 25, "INSERT INTO datastores (id, name) VALUES ('d1', 'A'), ('d2', 'B')")
    #expect(throws: DatabaseError.self) { try database.execute(insert) }
    try database.upgradeCore(to: 26)
    if engine == .sqlite {
      #expect(throws: DatabaseError.self) { try database.execute(insert) }
      try database.upgradeCore(to: 48)
    }
    try database.execute(insert)
    #expect(try database.rows("SELECT count(*) FROM datastore_versions") == [["2"]])
    guard engine == .postgresql else { return }
    let error = try database.refusal(to: .downgrade(to: 25))
    #expect(error.databaseError?.code == "23505")
    #expect("\(error)".contains("datastore_versions_name_key"))
  }

  @Test(arguments: Engine.allCases)
  func `version 47 goes back to the all-zero image where there is none`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 47, "INSERT INTO datastores (id, name) VALUES ('d1', 'A')",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, image_id, image_tags, active)
      VALUES ('v1', 'd1', '1', 'img', NULL, TRUE), ('v2', 'd1', '2', NULL, 'trove,mysql', FALSE)
      """)
    try database.downgradeCore(to: 46)
    let rows = try database.rows(
      """
      SELECT id, datastore_id, name, image_id, CASE WHEN active THEN 1 ELSE 0 END
      FROM datastore_versions ORDER BY id
      """)
    #expect(rows == [["v1", "d1", "1", "img", "1"], ["v2", "d1", "2", Core.noImage, "0"]])
  }
}
