-- Adds modules and instance_modules.

CREATE TABLE modules (
    id VARCHAR(64) NOT NULL,
    name VARCHAR(255) NOT NULL,
    type VARCHAR(255) NOT NULL,
    contents TEXT NOT NULL,
    description VARCHAR(255),
    tenant_id VARCHAR(64),
    datastore_id VARCHAR(64),
    datastore_version_id VARCHAR(64),
    auto_apply BOOLEAN NOT NULL,
    visible BOOLEAN NOT NULL,
    live_update BOOLEAN NOT NULL,
    md5 VARCHAR(32) NOT NULL,
    created TIMESTAMP NOT NULL,
    updated TIMESTAMP NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at TIMESTAMP,
    PRIMARY KEY (id),
    CONSTRAINT "UQ_type_tenant_datastore_datastore_version_name"
        UNIQUE (type, tenant_id, datastore_id, datastore_version_id, name, deleted_at)
);

CREATE TABLE instance_modules (
    id VARCHAR(64) NOT NULL,
    instance_id VARCHAR(64) NOT NULL,
    module_id VARCHAR(64) NOT NULL,
    md5 VARCHAR(32) NOT NULL,
    created TIMESTAMP NOT NULL,
    updated TIMESTAMP NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at TIMESTAMP,
    PRIMARY KEY (id),
    FOREIGN KEY (instance_id) REFERENCES instances (id)
        ON DELETE CASCADE ON UPDATE CASCADE,
    FOREIGN KEY (module_id) REFERENCES modules (id)
        ON DELETE CASCADE ON UPDATE CASCADE
);
