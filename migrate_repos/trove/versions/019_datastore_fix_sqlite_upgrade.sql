-- instances.datastore_version_id becomes NOT NULL.
-- Instances without a version get 'Unknown Legacy Version' of the datastore
-- 'Legacy MySQL'.
-- Both are added only if there is such an instance, and left as they are if
-- they exist already.
-- The version's image_id is the id of the first mysql row in service_images,
-- else the all-zero UUID.

INSERT INTO datastores (id, name)
SELECT '10000000-0000-0000-0000-000000000001', 'Legacy MySQL'
WHERE EXISTS (SELECT 1 FROM instances WHERE datastore_version_id IS NULL)
ON CONFLICT (id) DO NOTHING;

INSERT INTO datastore_versions (
    id, datastore_id, name, image_id, packages, active, manager
)
SELECT
    '20000000-0000-0000-0000-000000000002',
    '10000000-0000-0000-0000-000000000001',
    'Unknown Legacy Version',
    COALESCE(
        (SELECT MIN(id) FROM service_images WHERE service_name = 'mysql'),
        '00000000-0000-0000-0000-000000000000'
    ),
    '',
    0,
    'mysql'
WHERE EXISTS (SELECT 1 FROM instances WHERE datastore_version_id IS NULL)
ON CONFLICT (id) DO NOTHING;

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
    tenant_id, server_status, deleted, deleted_at,
    COALESCE(datastore_version_id, '20000000-0000-0000-0000-000000000002')
FROM instances;

DROP TABLE instances;

ALTER TABLE new_instances RENAME TO instances;
