-- Drops UNIQUE (name) of datastore_versions: versions of two datastores may
-- have one name.

ALTER TABLE datastore_versions DROP CONSTRAINT datastore_versions_name_key;
