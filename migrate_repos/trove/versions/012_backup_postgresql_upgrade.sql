-- Adds backups.

CREATE TABLE backups (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(255) NOT NULL,
    description VARCHAR(512),
    location VARCHAR(1024),
    backup_type VARCHAR(32),
    size DOUBLE PRECISION,
    tenant_id VARCHAR(36),
    state VARCHAR(32) NOT NULL,
    instance_id VARCHAR(36),
    checksum VARCHAR(32),
    backup_timestamp TIMESTAMP,
    deleted BOOLEAN,
    created TIMESTAMP,
    updated TIMESTAMP,
    deleted_at TIMESTAMP,
    PRIMARY KEY (id)
);
