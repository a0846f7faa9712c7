-- Moves manager from datastores to datastore_versions.
-- Every version gets the manager of its datastore; one without a datastore gets
-- NULL.
-- A manager column that an interrupted earlier attempt left in
-- datastore_versions is replaced.

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
    id, datastore_id, name, image_id, packages, active,
    (
        SELECT datastores.manager
        FROM datastores
        WHERE datastores.id = datastore_versions.datastore_id
    )
FROM datastore_versions;

DROP TABLE datastore_versions;

ALTER TABLE new_datastore_versions RENAME TO datastore_versions;

ALTER TABLE datastores DROP COLUMN manager;
