import Testing
import TroveManage

/// Datastore versions from 48 on.
@Suite struct CoreVersionRowsTests {
  private static let versions = """
    INSERT INTO datastores (id, name) VALUES ('d1', 'A');
    INSERT INTO datastore_versions (id, datastore_id, name, image_id, active)
    VALUES ('v1', 'd1', '1.0', 'img', TRUE), ('v2', 'd1', '2.0', NULL, FALSE),
      ('v3', NULL, '3.0', 'img', TRUE), ('v4', 'd1', NULL, 'img', TRUE)
    """

  private static let filled: [[String?]] = [
    ["v1", "d1", "1.0", "1.0", "1"], ["v2", "d1", "2.0", "2.0", "0"],
    ["v3", nil, "3.0", "3.0", "1"], ["v4", "d1", nil, nil, "1"],
  ]

  private static let query = """
    SELECT id, datastore_id, name, version, CASE WHEN active THEN 1 ELSE 0 END
    FROM datastore_versions ORDER BY id
    """

  @Test(arguments: Engine.allCases)
  func `version 48 gives every row its name as its version`(engine: Engine) throws {
    let database = try TestDatabase.core(engine, at: 47, Self.versions)
    try database.upgradeCore(to: 48)
    #expect(try database.rows(Self.query) == Self.filled)
  }

  @Test func `version 48 replaces a version column that an interrupted attempt left on SQLite`()
    throws
  {
    let database = try TestDatabase.core(
      .sqlite, at: 47, Self.versions,
      "ALTER TABLE datastore_versions ADD COLUMN version VARCHAR(255)",
      "UPDATE datastore_versions SET version = 'half' WHERE id = 'v1'")
    try database.upgradeCore(to: 48)
    #expect(try database.rows(Self.query) == Self.filled)
    let expected = try ReferenceSchemas(.sqlite)[48]
    #expect(try database.schema().difference(from: expected) == [])
  }

  @Test(arguments: Engine.allCases)
  func `version 48 goes back when every name is unique`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 48, "INSERT INTO datastores (id, name) VALUES ('d1', 'A')",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, version, active)
      VALUES ('v1', 'd1', 'a', '1', TRUE), ('v2', 'd1', 'b', '1', TRUE)
      """)
    try database.downgradeCore(to: 47)
    let rows = try database.rows("SELECT id, name FROM datastore_versions ORDER BY id")
    #expect(rows == [["v1", "a"], ["v2", "b"]])
  }

  @Test(arguments: Engine.allCases)
  func `two versions of one name stop the way back from 48`(engine: Engine) throws {
    let database = try TestDatabase.core(
      engine, at: 48, "INSERT INTO datastores (id, name) VALUES ('d1', 'A')",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, version, active)
      VALUES ('v1', 'd1', 'a', '1', TRUE), ('v2', 'd1', 'a', '2', TRUE)
      """)
    let said = try #require(try database.refusal(to: .downgrade(to: 47)).databaseError)
    #expect(said.code == (engine == .sqlite ? "SQLITE_CONSTRAINT_UNIQUE" : "23505"))
    #expect(said.message.contains(engine == .sqlite ? "datastore_versions" : "ds_versions"))
  }

  @Test(arguments: Engine.allCases)
  func `one name in two datastores stops the way back from 48 on SQLite, where it was unique`(
    engine: Engine
  ) throws {
    let database = try TestDatabase.core(
      engine, at: 48, "INSERT INTO datastores (id, name) VALUES ('d1', 'A'), ('d2', 'B')",
      """
      INSERT INTO datastore_versions (id, datastore_id, name, version, active)
      VALUES ('v1', 'd1', 'a', '1', TRUE), ('v2', 'd2', 'a', '2', TRUE)
      """)
    switch engine {
    case .sqlite:
      let error = try database.refusal(to: .downgrade(to: 47))
      #expect(error.databaseError?.code == "SQLITE_CONSTRAINT_UNIQUE")
    case .postgresql:
      try database.downgradeCore(to: 47)
      let rows = try database.rows("SELECT id, name FROM datastore_versions ORDER BY id")
      #expect(rows == [["v1", "a"], ["v2", "a"]])
    }
  }

  /// What 49 gives for each manager.
  private static let extensions: [(manager: String, registry: String, strategy: String)] = [
    ("cassandra", experimental("cassandra"), ""), ("couchbase", experimental("couchbase"), ""),
    ("couchdb", experimental("couchdb"), ""), ("custom", "", ""), ("db2", experimental("db2"), ""),
    (
      "mariadb", "trove.guestagent.datastore.mariadb.manager.Manager",
      replication("mariadb_gtid.MariaDBGTIDReplication")
    ),
    (
      "mongodb", experimental("mongodb"), replication("experimental.mongo_impl.Replication")
    ),
    (
      "mysql", "trove.guestagent.datastore.mysql.manager.Manager",
      replication("mysql_gtid.MysqlGTIDReplication")
    ),
    ("percona", experimental("percona"), replication("mysql_gtid.MysqlGTIDReplication")),
    (
      "postgresql", "trove.guestagent.datastore.postgres.manager.PostgresManager",
      replication("postgresql.PostgresqlReplicationStreaming")
    ),
    ("pxc", experimental("pxc"), replication("mysql_gtid.MysqlGTIDReplication")),
    ("redis", experimental("redis"), replication("experimental.redis_sync.RedisSyncReplication")),
    ("vertica", experimental("vertica"), ""),
  ]

  private static func experimental(_ name: String) -> String {
    "trove.guestagent.datastore.experimental.\(name).manager.Manager"
  }

  private static func replication(_ name: String) -> String {
    "trove.guestagent.strategies.replication.\(name)"
  }

  @Test(arguments: Engine.allCases)
  func `version 49 gives every version what goes with its manager`(engine: Engine) throws {
    let managers =
      Self.extensions.map { "('\($0.manager)', '\($0.manager)', '1', TRUE, '\($0.manager)')" }
      + ["('none', 'none', '1', TRUE, NULL)"]
    let database = try TestDatabase.core(
      engine, at: 48,
      "INSERT INTO datastore_versions (id, name, version, active, manager) VALUES "
        + managers.joined(separator: ", "))
    try database.upgradeCore(to: 49)
    let rows = try database.rows(
      "SELECT id, name, version, manager, registry_ext, repl_strategy FROM datastore_versions")
    let expected =
      Self.extensions.map { [$0.manager, $0.manager, "1", $0.manager, $0.registry, $0.strategy] }
      + [["none", "none", "1", nil, "", ""]]
    #expect(Set(rows) == Set(expected))
    #expect(rows.count == 14)

    try database.downgradeCore(to: 48)
    let before = try database.rows("SELECT id, name, version, manager FROM datastore_versions")
    #expect(Set(before) == Set(expected.map { Array($0.prefix(4)) }))
  }
}
