/// What a datastore version gets that says nothing else: the classes that its manager works with.
///
/// Version 49 of core's schema gives the same to the rows that it finds.
enum ManagerDefaults {
  /// `registry_ext`: the class of the guest agent; empty for a manager that Trove does not know.
  static func registryExtension(of manager: String) -> String {
    guard let path = managerClasses[manager] else { return "" }
    return "trove.guestagent.datastore.\(path)"
  }

  /// `repl_strategy`: the class that sets up replication; empty for a manager without one.
  static func replicationStrategy(of manager: String) -> String {
    guard let path = replicationClasses[manager] else { return "" }
    return "trove.guestagent.strategies.replication.\(path)"
  }

  private static let managerClasses = [
    "mysql": "mysql.manager.Manager",
    "mariadb": "mariadb.manager.Manager",
    "postgresql": "postgres.manager.PostgresManager",
    "percona": "experimental.percona.manager.Manager",
    "pxc": "experimental.pxc.manager.Manager",
    "redis": "experimental.redis.manager.Manager",
    "cassandra": "experimental.cassandra.manager.Manager",
    "couchbase": "experimental.couchbase.manager.Manager",
    "mongodb": "experimental.mongodb.manager.Manager",
    "couchdb": "experimental.couchdb.manager.Manager",
    "vertica": "experimental.vertica.manager.Manager",
    "db2": "experimental.db2.manager.Manager",
  ]

  private static let replicationClasses = [
    "mariadb": "mariadb_gtid.MariaDBGTIDReplication",
    "mongodb": "experimental.mongo_impl.Replication",
    "mysql": "mysql_gtid.MysqlGTIDReplication",
    "percona": "mysql_gtid.MysqlGTIDReplication",
    "pxc": "mysql_gtid.MysqlGTIDReplication",
    "postgresql": "postgresql.PostgresqlReplicationStreaming",
    "redis": "experimental.redis_sync.RedisSyncReplication",
  ]
}
