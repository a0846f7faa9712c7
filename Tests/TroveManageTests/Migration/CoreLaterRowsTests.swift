import Testing
import TroveManage

@Suite struct CoreLaterRowsTests {
  @Test(arguments: Engine.allCases)
  func `version 39 gives every instance the region of the conf file`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 38, Core.datastore,
      "INSERT INTO instances (id, datastore_version_id) VALUES ('i1', 'v1'), ('i2', 'v1')")
    let option = ScriptVariable(
      group: "service_credentials", option: "region_name", fallback: "RegionOne")
    for region in [nil, "Zürich-1", "O'Neil", "'); DROP TABLE instances; --", "a\\b", ""] {
      var asked: Set<ScriptVariable> = []
      try database.upgradeCore(to: 39) { variable in
        asked.insert(variable)
        return region
      }
      #expect(asked == [option])
      let expected = region ?? "RegionOne"
      let rows = try database.rows("SELECT id, region_id FROM instances ORDER BY id")
      #expect(rows == [["i1", expected], ["i2", expected]])
      try database.downgradeCore(to: 38)
    }
  }

  private static let modules = """
    SELECT id, CASE WHEN priority_apply THEN 1 WHEN NOT priority_apply THEN 0 END, apply_order,
      CASE WHEN is_admin THEN 1 WHEN NOT is_admin THEN 0 END
    FROM modules ORDER BY id
    """

  @Test(arguments: Engine.allCases)
  func `version 40 makes hidden, automatic and all-tenant modules the administrator's`(
    engine: Engine
  ) throws {
    let database = try TestDatabase.core(
      engine, at: 39, Core.module("hidden", visible: "FALSE") + Core.module("plain"),
      Core.module("everyone", tenant: "NULL") + Core.module("automatic", autoApply: "TRUE"))
    try database.upgradeCore(to: 40)
    #expect(
      try database.rows(Self.modules) == [
        ["automatic", "0", "5", "1"], ["everyone", "0", "5", "1"], ["hidden", "0", "5", "1"],
        ["plain", "0", "5", "0"],
      ])
    try database.downgradeCore(to: 39)
    let rows = try database.rows("SELECT id FROM modules ORDER BY id")
    #expect(rows == [["automatic"], ["everyone"], ["hidden"], ["plain"]])
  }

  @Test
  func `version 40 goes on where the reference stops on PostgreSQL, and keeps what was set since`()
    throws
  {
    let database = try TestDatabase.reference(.postgresql, at: 39, dump: "040-stock-failed")
    let columns = """
      id, name, type, contents, tenant_id, auto_apply, visible, live_update, md5, created, updated,
      deleted, priority_apply, apply_order, is_admin
      """
    let rest = "FALSE, 'x', '2020-01-01 00:00:00', '2020-01-01 00:00:00', FALSE"
    try database.execute(
      """
      INSERT INTO modules (\(columns))
      VALUES ('m1', 'a', 't', 'c', 'ten', FALSE, FALSE, \(rest), TRUE, 9, FALSE),
        ('m2', 'b', 't', 'c', 'ten', FALSE, TRUE, \(rest), FALSE, 0, TRUE),
        ('m3', 'c', 't', 'c', NULL, FALSE, TRUE, \(rest), TRUE, 9, FALSE),
        ('m4', 'd', 't', 'c', 'ten', TRUE, TRUE, \(rest), TRUE, 9, FALSE),
        ('m5', 'e', 't', 'c', 'ten', FALSE, TRUE, \(rest), FALSE, 5, FALSE)
      """)
    try database.migrate(Core.folder)
    #expect(
      try database.rows(Self.modules) == [
        ["m1", "1", "9", "1"], ["m2", "0", "0", "1"], ["m3", "1", "9", "1"],
        ["m4", "1", "9", "1"], ["m5", "0", "5", "0"],
      ])
  }

  @Test(arguments: Engine.allCases)
  func `version 44 marks no parameter as deleted on the way back`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 44, Core.datastore,
      """
      INSERT INTO datastore_configuration_parameters
        (id, name, datastore_version_id, restart_required, data_type)
      VALUES ('c1', 'a', 'v1', FALSE, 'int'), ('c2', 'b', 'v1', TRUE, 'int')
      """)
    try database.downgradeCore(to: 43)
    let rows = try database.rows(
      """
      SELECT id, CASE WHEN restart_required THEN 1 ELSE 0 END,
        CASE WHEN deleted THEN 1 WHEN NOT deleted THEN 0 END, deleted_at
      FROM datastore_configuration_parameters ORDER BY id
      """)
    #expect(rows == [["c1", "0", "0", nil], ["c2", "1", "0", nil]])
  }

  @Test(arguments: Engine.allCases)
  func `version 50 gives every backup the storage driver swift`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 49,
      "INSERT INTO backups (id, name, state) VALUES ('b1', 'n', 'COMPLETED'), ('b2', 'n', 'NEW')")
    try database.upgradeCore(to: 50)
    let rows = try database.rows("SELECT id, name, storage_driver FROM backups ORDER BY id")
    #expect(rows == [["b1", "n", "swift"], ["b2", "n", "swift"]])
  }

  @Test(arguments: Engine.allCases)
  func `versions 51 and 52 leave their new columns empty`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 50, "INSERT INTO instances (id) VALUES ('i1')",
      "INSERT INTO root_enabled_history (id, created) VALUES ('r1', '2020-01-01 00:00:00')")
    try database.upgradeCore(to: 52)
    let roots = try database.rows("SELECT id, created, deleted_at FROM root_enabled_history")
    #expect(roots == [["r1", "2020-01-01 00:00:00", nil]])
    let instances = try database.rows("SELECT id, ssl_mode, ssl_ref FROM instances")
    #expect(instances == [["i1", nil, nil]])
  }
}
