-- Moves manager from datastore_versions back to datastores.
-- A datastore gets the manager of its default version, else the first in
-- alphabetical order among its versions, else ''. Other managers among its
-- versions are lost, as are those of versions without a datastore.

ALTER TABLE datastores ADD COLUMN manager VARCHAR(255);

UPDATE datastores
SET manager = COALESCE(
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
);

ALTER TABLE datastores ALTER COLUMN manager SET NOT NULL;
ALTER TABLE datastore_versions DROP COLUMN manager;
