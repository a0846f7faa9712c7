-- Moves manager from datastore_versions back to datastores.
-- A datastore gets the manager of its default version, else the first in
-- alphabetical order among its versions, else ''. Other managers among its
-- versions are lost, as are those of versions without a datastore.

CREATE TABLE new_datastores (
    id VARCHAR(36) NOT NULL,
    name VARCHAR(255),
    manager VARCHAR(255) NOT NULL,
    default_version_id VARCHAR(36),
    PRIMARY KEY (id),
    UNIQUE (name)
);

INSERT INTO new_datastores (
    id, name, manager, default_version_id
)
SELECT
    id, name,
    COALESCE(
        (
            SELECT datastore_versions.manager
            FROM datastore_versions
            WHERE datastore_versions.id = datastores.default_version_id
        ),
        (
            SELECT MIN(datastore_versions.manager)
            FROM datastore_versions
            WHERE datastore_versions.datastore_id = datastores.id
        ),
        ''
    ),
    default_version_id
FROM datastores;

DROP TABLE datastores;

ALTER TABLE new_datastores RENAME TO datastores;

ALTER TABLE datastore_versions DROP COLUMN manager;
