-- Adds datastore_versions.version, unique together with datastore and name.
-- Every row gets its name as its version.

ALTER TABLE datastore_versions ADD COLUMN version VARCHAR(255);

UPDATE datastore_versions SET version = name;

ALTER TABLE datastore_versions
    DROP CONSTRAINT ds_versions,
    ADD CONSTRAINT ds_versions UNIQUE (datastore_id, name, version);
