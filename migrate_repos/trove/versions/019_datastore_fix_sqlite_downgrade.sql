-- instances.datastore_version_id becomes nullable again.
-- Instances keep their versions; the legacy datastore and version stay.

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
    datastore_version_id VARCHAR(36),
    PRIMARY KEY (id),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id)
);

INSERT INTO new_instances (
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, datastore_version_id
)
SELECT
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, datastore_version_id
FROM instances;

DROP TABLE instances;

ALTER TABLE new_instances RENAME TO instances;
