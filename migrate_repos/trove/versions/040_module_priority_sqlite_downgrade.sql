-- Drops modules.priority_apply, modules.apply_order and modules.is_admin with
-- their values.

CREATE TABLE new_modules (
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
    created DATETIME NOT NULL,
    updated DATETIME NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    CONSTRAINT "UQ_type_tenant_datastore_datastore_version_name"
        UNIQUE (type, tenant_id, datastore_id, datastore_version_id, name, deleted_at),
    CHECK (auto_apply IN (0, 1)),
    CHECK (visible IN (0, 1)),
    CHECK (live_update IN (0, 1)),
    CHECK (deleted IN (0, 1))
);

INSERT INTO new_modules (
    id, name, type, contents, description, tenant_id, datastore_id,
    datastore_version_id, auto_apply, visible, live_update, md5, created,
    updated, deleted, deleted_at
)
SELECT
    id, name, type, contents, description, tenant_id, datastore_id,
    datastore_version_id, auto_apply, visible, live_update, md5, created,
    updated, deleted, deleted_at
FROM modules;

DROP TABLE modules;

ALTER TABLE new_modules RENAME TO modules;
