-- instances.flavor_id: INTEGER becomes VARCHAR(255).
-- A number becomes its text.

CREATE TABLE new_instances (
    id VARCHAR(36) NOT NULL,
    created DATETIME,
    updated DATETIME,
    name VARCHAR(255),
    hostname VARCHAR(255),
    compute_instance_id VARCHAR(36),
    task_id INTEGER,
    task_description VARCHAR(255),
    task_start_time DATETIME,
    volume_id VARCHAR(36),
    flavor_id VARCHAR(255),
    volume_size INTEGER,
    tenant_id VARCHAR(36),
    server_status VARCHAR(64),
    deleted BOOLEAN,
    deleted_at DATETIME,
    datastore_version_id VARCHAR(36) NOT NULL,
    configuration_id VARCHAR(36),
    slave_of_id VARCHAR(36),
    cluster_id VARCHAR(36),
    shard_id VARCHAR(36),
    type VARCHAR(64),
    PRIMARY KEY (id),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id),
    FOREIGN KEY (configuration_id) REFERENCES configurations (id),
    FOREIGN KEY (slave_of_id) REFERENCES instances (id),
    FOREIGN KEY (cluster_id) REFERENCES clusters (id)
);

INSERT INTO new_instances (
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, datastore_version_id,
    configuration_id, slave_of_id, cluster_id, shard_id, type
)
SELECT
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, datastore_version_id,
    configuration_id, slave_of_id, cluster_id, shard_id, type
FROM instances;

DROP TABLE instances;

ALTER TABLE new_instances RENAME TO instances;

CREATE INDEX instances_tenant_id ON instances (tenant_id);
CREATE INDEX instances_deleted ON instances (deleted);
CREATE INDEX instances_cluster_id ON instances (cluster_id);
