-- Adds datastore_versions.registry_ext and datastore_versions.repl_strategy,
-- NOT NULL.
-- Existing rows get the values of their manager. An unknown manager, or none,
-- gives '' in both; upstream's repl_strategy is '.' there.

CREATE TABLE new_datastore_versions (
    id VARCHAR(36) NOT NULL,
    datastore_id VARCHAR(36),
    name VARCHAR(255),
    image_id VARCHAR(36),
    packages VARCHAR(511),
    active BOOLEAN NOT NULL,
    manager VARCHAR(255),
    image_tags VARCHAR(255),
    version VARCHAR(255),
    registry_ext TEXT NOT NULL,
    repl_strategy TEXT NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ds_versions UNIQUE (datastore_id, name, version),
    FOREIGN KEY (datastore_id) REFERENCES datastores (id)
);

INSERT INTO new_datastore_versions (
    id, datastore_id, name, image_id, packages, active, manager, image_tags,
    version, registry_ext, repl_strategy
)
SELECT
    id, datastore_id, name, image_id, packages, active, manager, image_tags,
    version,
    CASE manager
        WHEN 'mysql'
            THEN 'trove.guestagent.datastore.mysql.manager.Manager'
        WHEN 'mariadb'
            THEN 'trove.guestagent.datastore.mariadb.manager.Manager'
        WHEN 'postgresql'
            THEN 'trove.guestagent.datastore.postgres.manager.PostgresManager'
        WHEN 'percona'
            THEN 'trove.guestagent.datastore.experimental.percona.manager.Manager'
        WHEN 'pxc'
            THEN 'trove.guestagent.datastore.experimental.pxc.manager.Manager'
        WHEN 'redis'
            THEN 'trove.guestagent.datastore.experimental.redis.manager.Manager'
        WHEN 'cassandra'
            THEN 'trove.guestagent.datastore.experimental.cassandra.manager.Manager'
        WHEN 'couchbase'
            THEN 'trove.guestagent.datastore.experimental.couchbase.manager.Manager'
        WHEN 'mongodb'
            THEN 'trove.guestagent.datastore.experimental.mongodb.manager.Manager'
        WHEN 'couchdb'
            THEN 'trove.guestagent.datastore.experimental.couchdb.manager.Manager'
        WHEN 'vertica'
            THEN 'trove.guestagent.datastore.experimental.vertica.manager.Manager'
        WHEN 'db2'
            THEN 'trove.guestagent.datastore.experimental.db2.manager.Manager'
        ELSE ''
    END,
    CASE manager
        WHEN 'mysql'
            THEN 'trove.guestagent.strategies.replication.mysql_gtid.MysqlGTIDReplication'
        WHEN 'mariadb'
            THEN 'trove.guestagent.strategies.replication.mariadb_gtid.MariaDBGTIDReplication'
        WHEN 'postgresql'
            THEN 'trove.guestagent.strategies.replication.postgresql.PostgresqlReplicationStreaming'
        WHEN 'percona'
            THEN 'trove.guestagent.strategies.replication.mysql_gtid.MysqlGTIDReplication'
        WHEN 'pxc'
            THEN 'trove.guestagent.strategies.replication.mysql_gtid.MysqlGTIDReplication'
        WHEN 'redis'
            THEN 'trove.guestagent.strategies.replication.experimental.redis_sync.RedisSyncReplication'
        WHEN 'mongodb'
            THEN 'trove.guestagent.strategies.replication.experimental.mongo_impl.Replication'
        ELSE ''
    END
FROM datastore_versions;

DROP TABLE datastore_versions;

ALTER TABLE new_datastore_versions RENAME TO datastore_versions;
