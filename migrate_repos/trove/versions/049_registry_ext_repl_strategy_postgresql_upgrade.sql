-- Adds datastore_versions.registry_ext and datastore_versions.repl_strategy,
-- NOT NULL.
-- Existing rows get the values of their manager. An unknown manager, or none,
-- gives '' in both; upstream's repl_strategy is '.' there.

ALTER TABLE datastore_versions
    ADD COLUMN registry_ext TEXT,
    ADD COLUMN repl_strategy TEXT;

UPDATE datastore_versions
SET
    registry_ext = CASE manager
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
    repl_strategy = CASE manager
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
    END;

ALTER TABLE datastore_versions
    ALTER COLUMN registry_ext SET NOT NULL,
    ALTER COLUMN repl_strategy SET NOT NULL;
