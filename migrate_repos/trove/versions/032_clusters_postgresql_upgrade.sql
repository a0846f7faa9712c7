-- Adds clusters, and instances.cluster_id, instances.shard_id and
-- instances.type.
-- Existing instances get NULL.

CREATE TABLE clusters (
    id VARCHAR(36) NOT NULL,
    created TIMESTAMP NOT NULL,
    updated TIMESTAMP NOT NULL,
    name VARCHAR(255) NOT NULL,
    task_id INTEGER NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    datastore_version_id VARCHAR(36) NOT NULL,
    deleted BOOLEAN,
    deleted_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id)
);

CREATE INDEX clusters_tenant_id ON clusters (tenant_id);
CREATE INDEX clusters_deleted ON clusters (deleted);

ALTER TABLE instances
    ADD COLUMN cluster_id VARCHAR(36) REFERENCES clusters (id),
    ADD COLUMN shard_id VARCHAR(36),
    ADD COLUMN type VARCHAR(64);

CREATE INDEX instances_cluster_id ON instances (cluster_id);
