-- Adds datastores and datastore_versions; instances.datastore_version_id
-- replaces instances.service_type.
-- The service types are lost; instances.datastore_version_id is NULL in
-- existing rows.

CREATE TABLE datastores (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(255),
    manager VARCHAR(255) NOT NULL,
    default_version_id VARCHAR(36),
    PRIMARY KEY (id),
    UNIQUE (name)
);

CREATE TABLE datastore_versions (
    id VARCHAR(36) NOT NULL,
    datastore_id VARCHAR(36),
    name VARCHAR(255),
    image_id VARCHAR(36) NOT NULL,
    packages VARCHAR(511),
    active BOOLEAN NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT ds_versions UNIQUE (datastore_id, name),
    UNIQUE (name),
    FOREIGN KEY (datastore_id) REFERENCES datastores (id)
);

ALTER TABLE instances
    DROP COLUMN service_type,
    ADD COLUMN datastore_version_id VARCHAR(36) REFERENCES datastore_versions (id);
