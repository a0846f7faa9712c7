import Testing
import TroveManage

@Suite struct CoreRowsTests {
  private static let flavors = "SELECT id, flavor_id FROM instances ORDER BY id"

  @Test(arguments: Engine.allCases)
  func `version 14 makes numbers of numeric flavors`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 13,
      """
      INSERT INTO instances (id, flavor_id) VALUES ('i1', '7'), ('i2', NULL), ('i3', '007'),
        ('i4', ' 7 '), ('i5', '-1'), ('i6', '+3'), ('i7', '2147483647')
      """)
    try database.upgradeCore(to: 14)
    #expect(
      try database.rows(Self.flavors) == [
        ["i1", "7"], ["i2", nil], ["i3", "7"], ["i4", "7"], ["i5", "-1"], ["i6", "3"],
        ["i7", "2147483647"],
      ])
    guard engine == .sqlite else { return }
    let types = try database.rows("SELECT DISTINCT typeof(flavor_id) FROM instances ORDER BY 1")
    #expect(types == [["integer"], ["null"]])
  }

  @Test func `version 14 stops on PostgreSQL at the first flavor that is no number, and names it`()
    throws
  {
    let database = try TestDatabase.core(
      .postgresql, at: 13,
      "INSERT INTO instances (id, flavor_id) VALUES ('i3', 'another'), ('i2', ''), ('i1', '7')")
    let invalid = "invalid input syntax for type integer:"
    let cases = [
      ("abc-12", "22P02", "\(invalid) \"abc-12\""), ("", "22P02", "\(invalid) \"\""),
      ("7.5", "22P02", "\(invalid) \"7.5\""), ("50%", "22P02", "\(invalid) \"50%\""),
      ("o''k", "22P02", "\(invalid) \"o'k\""),
      ("99999999999", "22003", "value \"99999999999\" is out of range for type integer"),
    ]
    for (flavor, code, detail) in cases {
      try database.execute("UPDATE instances SET flavor_id = '\(flavor)' WHERE id = 'i2'")
      let error = try database.refusal(to: .upgrade(to: 14))
      let said = try #require(error.databaseError)
      #expect(said.code == code)
      #expect(said.message == "instances.flavor_id of row i2 is not a number: '\(flavor)'")
      #expect(said.detail == detail)
      #expect(said.hint == "Set it to the number of a flavor or to NULL, then upgrade again.")
      let script = "014_update_instance_flavor_id_postgresql_upgrade.sql"
      #expect("\(error)".hasPrefix("\(Core.folder)/versions/\(script):5:1: "), "\(error)")
    }
    try database.execute("UPDATE instances SET flavor_id = '8' WHERE id <> 'i1'")
    try database.upgradeCore(to: 14)
    #expect(try database.rows(Self.flavors) == [["i1", "7"], ["i2", "8"], ["i3", "8"]])
  }

  @Test(arguments: ["abc-12", "", "7.5", "c1-r2", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"])
  func `version 14 keeps a flavor that is no number on SQLite, also on the way back`(
    flavor: String
  ) throws {
    let database = try TestDatabase.core(
      .sqlite, at: 13,
      "INSERT INTO instances (id, flavor_id) VALUES ('i1', '\(flavor)'), ('i2', '8')")
    try database.upgradeCore(to: 14)
    #expect(try database.rows(Self.flavors) == [["i1", flavor], ["i2", "8"]])
    try database.downgradeCore(to: 13)
    #expect(try database.rows(Self.flavors) == [["i1", flavor], ["i2", "8"]])
    #expect(try database.rows("SELECT DISTINCT typeof(flavor_id) FROM instances") == [["text"]])
  }

  @Test(arguments: Engine.allCases)
  func `version 14 goes back to texts`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 14, "INSERT INTO instances (id, flavor_id) VALUES ('i1', 7), ('i2', NULL)")
    try database.downgradeCore(to: 13)
    let rows = try database.rows("SELECT id, flavor_id || 'x' FROM instances ORDER BY id")
    #expect(rows == [["i1", "7x"], ["i2", nil]])
  }

  @Test(arguments: Engine.allCases)
  func `versions 23 to 25 leave indexes that are there already`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 22, "CREATE INDEX instances_tenant_id ON instances (tenant_id)",
      "CREATE INDEX backups_deleted ON backups (deleted)",
      "CREATE INDEX service_statuses_instance_id ON service_statuses (instance_id)")
    try database.upgradeCore(to: 25)
    let expected = try ReferenceSchemas(engine)[25]
    #expect(try database.schema().difference(from: expected) == [])
  }

  @Test(arguments: Engine.allCases)
  func `version 28 keeps all heartbeats on the way back`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 28,
      """
      INSERT INTO agent_heartbeats (id, instance_id, guest_agent_version, deleted, updated_at)
      VALUES ('h1', 'i1', '1.0', FALSE, '2020-01-01 00:00:00'),
        ('h2', 'i2', NULL, TRUE, '2020-01-02 00:00:00')
      """)
    try database.downgradeCore(to: 27)
    #expect(
      try database.rows("SELECT * FROM agent_heartbeats ORDER BY id") == [
        ["h1", "i1", "2020-01-01 00:00:00"], ["h2", "i2", "2020-01-02 00:00:00"],
      ])
  }

  @Test(arguments: Engine.allCases)
  func `version 34 keeps texts of 32 characters on the way back`(engine: Engine) throws {
    let text = String(repeating: "ä", count: 32)
    let database = try TestDatabase.core(
      engine, at: 34, Core.datastore,
      """
      INSERT INTO instances (id, task_description, datastore_version_id)
      VALUES ('i1', '\(text)', 'v1'), ('i2', NULL, 'v1')
      """)
    try database.downgradeCore(to: 33)
    let rows = try database.rows("SELECT id, task_description FROM instances ORDER BY id")
    #expect(rows == [["i1", text], ["i2", nil]])
  }

  @Test(arguments: Engine.allCases)
  func `version 34 cuts no longer text on the way back`(engine: Engine) throws {
    let text = String(repeating: "x", count: 33)
    let database = try TestDatabase.core(
      engine, at: 34, Core.datastore,
      """
      INSERT INTO instances (id, task_description, datastore_version_id)
      VALUES ('i2', '\(text)y', 'v1'), ('i1', '\(text)', 'v1')
      """)
    switch engine {
    case .sqlite: try database.downgradeCore(to: 33)
    case .postgresql:
      let said = try #require(try database.refusal(to: .downgrade(to: 33)).databaseError)
      let sentence = "instances.task_description of row i1 is longer than 32 characters: '\(text)'"
      #expect(said.code == "22001")
      #expect(said.message == sentence)
      #expect(said.hint == "Shorten it, then downgrade again.")
    }
    let rows = try database.rows("SELECT id, task_description FROM instances ORDER BY id")
    #expect(rows == [["i1", text], ["i2", text + "y"]])
  }

  @Test(arguments: Engine.allCases)
  func `version 35 makes texts of flavors, and numbers of them on the way back`(engine: Engine)
    throws
  {
    let database = try TestDatabase.core(
      engine, at: 34, Core.datastore,
      """
      INSERT INTO instances (id, flavor_id, datastore_version_id)
      VALUES ('i1', 7, 'v1'), ('i2', NULL, 'v1')
      """)
    try database.upgradeCore(to: 35)
    let texts = try database.rows("SELECT id, flavor_id || 'x' FROM instances ORDER BY id")
    #expect(texts == [["i1", "7x"], ["i2", nil]])
    try database.downgradeCore(to: 34)
    let numbers = try database.rows("SELECT id, flavor_id + 1 FROM instances ORDER BY id")
    #expect(numbers == [["i1", "8"], ["i2", nil]])
  }

  @Test(arguments: Engine.allCases)
  func `version 35 loses no flavor that is no number on the way back`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 35, Core.datastore,
      """
      INSERT INTO instances (id, flavor_id, datastore_version_id)
      VALUES ('i1', '7', 'v1'), ('i2', 'c1-r2', 'v1')
      """)
    switch engine {
    case .sqlite: try database.downgradeCore(to: 34)
    case .postgresql:
      let said = try #require(try database.refusal(to: .downgrade(to: 34)).databaseError)
      #expect(said.code == "22P02")
      #expect(said.message == "instances.flavor_id of row i2 is not a number: 'c1-r2'")
      #expect(
        said.hint == "Set it to the number of a flavor or to NULL, then downgrade again.")
    }
    #expect(try database.rows(Self.flavors) == [["i1", "7"], ["i2", "c1-r2"]])
  }
}
