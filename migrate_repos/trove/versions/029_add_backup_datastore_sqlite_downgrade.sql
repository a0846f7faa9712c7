-- Drops backups.datastore_version_id with its values.

CREATE TABLE new_backups (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(255) NOT NULL,
    description VARCHAR(512),
    location VARCHAR(1024),
    backup_type VARCHAR(32),
    size FLOAT,
    tenant_id VARCHAR(36),
    state VARCHAR(32) NOT NULL,
    instance_id VARCHAR(36),
    checksum VARCHAR(32),
    backup_timestamp DATETIME,
    deleted BOOLEAN,
    created DATETIME,
    updated DATETIME,
    deleted_at DATETIME,
    parent_id VARCHAR(36),
    PRIMARY KEY (id),
    CHECK (deleted IN (0, 1))
);

INSERT INTO new_backups (
    id, name, description, location, backup_type, size, tenant_id, state,
    instance_id, checksum, backup_timestamp, deleted, created, updated,
    deleted_at, parent_id
)
SELECT
    id, name, description, location, backup_type, size, tenant_id, state,
    instance_id, checksum, backup_timestamp, deleted, created, updated,
    deleted_at, parent_id
FROM backups;

DROP TABLE backups;

ALTER TABLE new_backups RENAME TO backups;

CREATE INDEX backups_instance_id ON backups (instance_id);
CREATE INDEX backups_deleted ON backups (deleted);
