-- Drops datastore_versions.version with its values; the name is unique in its
-- datastore again.
-- Two versions of one datastore and name stop the downgrade.

ALTER TABLE datastore_versions
    DROP CONSTRAINT ds_versions,
    DROP COLUMN version,
    ADD CONSTRAINT ds_versions UNIQUE (datastore_id, name);
