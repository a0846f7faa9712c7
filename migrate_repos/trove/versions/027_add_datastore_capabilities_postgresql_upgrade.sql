-- Adds capabilities and capability_overrides.

CREATE TABLE capabilities (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(255),
    description VARCHAR(255) NOT NULL,
    enabled BOOLEAN,
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE capability_overrides (
    id VARCHAR(36) NOT NULL,
    datastore_version_id VARCHAR(36),
    capability_id VARCHAR(36),
    enabled BOOLEAN,
    PRIMARY KEY (id),
    CONSTRAINT idx_datastore_capabilities_enabled
        UNIQUE (datastore_version_id, capability_id),
    FOREIGN KEY (datastore_version_id) REFERENCES datastore_versions (id),
    FOREIGN KEY (capability_id) REFERENCES capabilities (id)
);
