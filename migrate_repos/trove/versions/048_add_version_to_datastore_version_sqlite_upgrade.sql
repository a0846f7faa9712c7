-- Adds datastore_versions.version, unique together with datastore and name.
-- Every row gets its name as its version.
-- UNIQUE (name) and CHECK (active) are dropped. A version column that an
-- interrupted earlier attempt left is replaced.

CREATE TABLE new_datastore_versions (
    id VARCHAR(36) NOT NULL,
    datastore_id VARCHAR(36),
    name VARCHAR(255),
    image_id VARCHAR(36),
    packages VARCHAR(511),
    active BOOLEAN NOT NULL,
    manager VARCHAR(255),
    image_tags VARCHAR(255),
    version VARCHAR(255),
    PRIMARY KEY (id),
    CONSTRAINT ds_versions UNIQUE (datastore_id, name, version),
    FOREIGN KEY (datastore_id) REFERENCES datastores (id)
);

INSERT INTO new_datastore_versions (
    id, datastore_id, name, image_id, packages, active, manager, image_tags,
    version
)
SELECT
    id, datastore_id, name, image_id, packages, active, manager, image_tags,
    name
FROM datastore_versions;

DROP TABLE datastore_versions;

ALTER TABLE new_datastore_versions RENAME TO datastore_versions;
