-- Adds clusters, and instances.cluster_id, instances.shard_id and
-- instances.type.
-- Existing instances get NULL.

CREATE TABLE clusters (
    id VARCHAR(36) NOT NULL,
    created DATETIME NOT NULL,
    updated DATETIME NOT NULL,
    name VARCHAR(255) NOT NULL,
    task_id INTEGER NOT NULL,
    tenant_id VARCHAR(36) NOT NULL,
    datastore_version_id VARCHAR(36) NOT NULL,
    deleted BOOLEAN,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id),
    CHECK (deleted IN (0, 1))
);

CREATE INDEX clusters_tenant_id ON clusters (tenant_id);
CREATE INDEX clusters_deleted ON clusters (deleted);

ALTER TABLE instances
    ADD COLUMN cluster_id VARCHAR(36) REFERENCES clusters (id);
ALTER TABLE instances ADD COLUMN shard_id VARCHAR(36);
ALTER TABLE instances ADD COLUMN type VARCHAR(64);

CREATE INDEX instances_cluster_id ON instances (cluster_id);
