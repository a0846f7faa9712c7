-- Drops datastore_versions.image_tags with its values;
-- datastore_versions.image_id becomes NOT NULL again.
-- A version without an image gets the all-zero UUID.

CREATE TABLE new_datastore_versions (
    id VARCHAR(36) NOT NULL,
    datastore_id VARCHAR(36),
    name VARCHAR(255),
    image_id VARCHAR(36) NOT NULL,
    packages VARCHAR(511),
    active BOOLEAN NOT NULL,
    manager VARCHAR(255),
    PRIMARY KEY (id),
    CONSTRAINT ds_versions UNIQUE (datastore_id, name),
    UNIQUE (name),
    FOREIGN KEY (datastore_id) REFERENCES datastores (id),
    CHECK (active IN (0, 1))
);

INSERT INTO new_datastore_versions (
    id, datastore_id, name, image_id, packages, active, manager
)
SELECT
    id, datastore_id, name,
    COALESCE(image_id, '00000000-0000-0000-0000-000000000000'),
    packages, active, manager
FROM datastore_versions;

DROP TABLE datastore_versions;

ALTER TABLE new_datastore_versions RENAME TO datastore_versions;
