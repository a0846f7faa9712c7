-- Drops instances.cluster_id, instances.shard_id and instances.type with their
-- values, and clusters with all its rows.

CREATE TABLE new_instances (
    id VARCHAR(36) NOT NULL,
    created DATETIME,
    updated DATETIME,
    name VARCHAR(255),
    hostname VARCHAR(255),
    compute_instance_id VARCHAR(36),
    task_id INTEGER,
    task_description VARCHAR(32),
    task_start_time DATETIME,
    volume_id VARCHAR(36),
    flavor_id INTEGER,
    volume_size INTEGER,
    tenant_id VARCHAR(36),
    server_status VARCHAR(64),
    deleted BOOLEAN,
    deleted_at DATETIME,
    datastore_version_id VARCHAR(36) NOT NULL,
    configuration_id VARCHAR(36),
    slave_of_id VARCHAR(36),
    PRIMARY KEY (id),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id),
    FOREIGN KEY (configuration_id) REFERENCES configurations (id),
    FOREIGN KEY (slave_of_id) REFERENCES instances (id)
);

INSERT INTO new_instances (
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, datastore_version_id,
    configuration_id, slave_of_id
)
SELECT
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, datastore_version_id,
    configuration_id, slave_of_id
FROM instances;

DROP TABLE instances;

ALTER TABLE new_instances RENAME TO instances;

CREATE INDEX instances_tenant_id ON instances (tenant_id);
CREATE INDEX instances_deleted ON instances (deleted);

DROP TABLE clusters;
