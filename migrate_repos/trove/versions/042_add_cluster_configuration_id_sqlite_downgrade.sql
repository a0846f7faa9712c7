-- Drops clusters.configuration_id with its values.

CREATE TABLE new_clusters (
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

INSERT INTO new_clusters (
    id, created, updated, name, task_id, tenant_id, datastore_version_id,
    deleted, deleted_at
)
SELECT
    id, created, updated, name, task_id, tenant_id, datastore_version_id,
    deleted, deleted_at
FROM clusters;

DROP TABLE clusters;

ALTER TABLE new_clusters RENAME TO clusters;

CREATE INDEX clusters_tenant_id ON clusters (tenant_id);
CREATE INDEX clusters_deleted ON clusters (deleted);
