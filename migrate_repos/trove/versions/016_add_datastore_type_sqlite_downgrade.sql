-- instances.service_type replaces instances.datastore_version_id; drops
-- datastore_versions and datastores with all their rows.
-- service_type becomes the manager of the instance's datastore, or 'mysql'
-- where it has none.

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
    service_type VARCHAR(36),
    PRIMARY KEY (id)
);

INSERT INTO new_instances (
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at, service_type
)
SELECT
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at,
    COALESCE(
        (
            SELECT datastores.manager
            FROM datastore_versions
            JOIN datastores ON datastores.id = datastore_versions.datastore_id
            WHERE datastore_versions.id = instances.datastore_version_id
        ),
        'mysql'
    )
FROM instances;

DROP TABLE instances;

ALTER TABLE new_instances RENAME TO instances;

DROP TABLE datastore_versions;
DROP TABLE datastores;
