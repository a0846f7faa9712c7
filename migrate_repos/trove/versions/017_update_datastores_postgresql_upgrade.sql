-- Moves manager from datastores to datastore_versions.
-- Every version gets the manager of its datastore; one without a datastore gets
-- NULL.
-- A manager column that an interrupted earlier attempt left in
-- datastore_versions is filled.

ALTER TABLE datastore_versions ADD COLUMN IF NOT EXISTS manager VARCHAR(255);

UPDATE datastore_versions
SET manager = datastores.manager
FROM datastores
WHERE datastores.id = datastore_versions.datastore_id;

ALTER TABLE datastores DROP COLUMN manager;
