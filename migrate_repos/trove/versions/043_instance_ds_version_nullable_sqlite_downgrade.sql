-- instances.datastore_version_id becomes NOT NULL again.
-- Instances without a version get 'Unknown Legacy Version' of the datastore
-- 'Legacy MySQL', as in version 19. That they had none does not come back.

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
    region_id VARCHAR(255),
    encrypted_key VARCHAR(255),
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
    configuration_id, slave_of_id, cluster_id, shard_id, type, region_id,
    encrypted_key
)
SELECT
    id, created, updated, name, hostname, compute_instance_id, task_id,
    task_description, task_start_time, volume_id, flavor_id, volume_size,
    tenant_id, server_status, deleted, deleted_at,
    COALESCE(datastore_version_id, '20000000-0000-0000-0000-000000000002'),
    configuration_id, slave_of_id, cluster_id, shard_id, type, region_id,
    encrypted_key
FROM instances;

DROP TABLE instances;

ALTER TABLE new_instances RENAME TO instances;

CREATE INDEX instances_tenant_id ON instances (tenant_id);
CREATE INDEX instances_deleted ON instances (deleted);
CREATE INDEX instances_cluster_id ON instances (cluster_id);
