-- Drops datastore_versions.version with its values; the name is unique again,
-- and active is 0 or 1.
-- Two versions of one name stop the downgrade.

CREATE TABLE new_datastore_versions (
    id VARCHAR(36) NOT NULL,
    datastore_id VARCHAR(36),
    name VARCHAR(255),
    image_id VARCHAR(36),
    packages VARCHAR(511),
    active BOOLEAN NOT NULL,
    manager VARCHAR(255),
    image_tags VARCHAR(255),
    PRIMARY KEY (id),
    CONSTRAINT ds_versions UNIQUE (datastore_id, name),
    UNIQUE (name),
    FOREIGN KEY (datastore_id) REFERENCES datastores (id),
    CHECK (active IN (0, 1))
);

INSERT INTO new_datastore_versions (
    id, datastore_id, name, image_id, packages, active, manager, image_tags
)
SELECT
    id, datastore_id, name, image_id, packages, active, manager, image_tags
FROM datastore_versions;

DROP TABLE datastore_versions;

ALTER TABLE new_datastore_versions RENAME TO datastore_versions;
