-- Adds configurations, configuration_parameters and instances.configuration_id.
-- Existing instances get NULL.

CREATE TABLE configurations (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(64) NOT NULL,
    description VARCHAR(256),
    tenant_id VARCHAR(36) NOT NULL,
    datastore_version_id VARCHAR(36) NOT NULL,
    deleted BOOLEAN NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (id),
    CHECK (deleted IN (0, 1))
);

CREATE TABLE configuration_parameters (
    configuration_id VARCHAR(36) NOT NULL,
    configuration_key VARCHAR(128) NOT NULL,
    configuration_value VARCHAR(128),
    deleted BOOLEAN NOT NULL,
    deleted_at DATETIME,
    PRIMARY KEY (configuration_id, configuration_key),
    FOREIGN KEY (configuration_id) REFERENCES configurations (id),
    CHECK (deleted IN (0, 1))
);

ALTER TABLE instances
    ADD COLUMN configuration_id VARCHAR(36) REFERENCES configurations (id);
